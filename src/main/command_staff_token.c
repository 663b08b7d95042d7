/* Tokens of the API from the command line: staff_token.h. What they are is staff/api_token.h. */
#include "base/clock.h"
#include "base/moment.h"
#include "main/newsroom_desk.h"
#include "main/staff_token.h"
#include "staff/api_token.h"
#include "staff/person.h"
#include "text/json.h"

#include <inttypes.h>

/* The token stands alone on a line, so that a script can take it. */
static bool say(CommandContext *context, const char *text, int64_t id, const ApiTokenWish *wish,
                int64_t ends, GError **error)
{
    g_autofree char *scopes = api_scopes_text(wish->scopes);
    g_autofree char *until = moment_rfc3339(ends);
    if (!context->json) {
        fprintf(context->out,
                "token %" PRId64 ", \"%s\", may %s, until %s; it is shown this once:\n%s\n", id,
                wish->name, scopes, until, text);
        return true;
    }
    g_autoptr(GString) line = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, line, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", id);
    json_writer_text_member(&json, "name", wish->name);
    json_writer_text_member(&json, "scopes", scopes);
    json_writer_text_member(&json, "ends", until);
    json_writer_text_member(&json, "token", text);
    json_writer_close(&json);
    return command_print_json(context->out, &json, line, error);
}

bool staff_token(CommandContext *context, GError **error)
{
    const char *scope = command_option(context, "scope");
    const char *name = command_option(context, "name");
    const char *days = command_option(context, "days");
    ApiTokenWish wish = {.name = name == NULL ? "command line" : name, .days = API_DAYS};
    char text[API_TOKEN];
    int64_t id = 0, wanted = API_DAYS, now = clock_now();
    if (scope == NULL) {
        return command_usage(error, "give --scope: " API_SCOPES ", parted by commas");
    }
    if (days != NULL && !command_number(days, "the number of days", &wanted, error)) {
        return false;
    }
    wish.days = (unsigned)MIN(wanted, INT64_C(10000));
    g_autoptr(Store) store = api_scopes_parse(scope, &wish.scopes, error)
                                 ? newsroom_store(context->newsroom, error)
                                 : NULL;
    g_autoptr(Person) person =
        store == NULL ? NULL : person_by_email(store, context->arguments[0], error);
    if (person == NULL) {
        return false;
    }
    wish.person = person->id;
    return api_token_make(store, &wish, 0, now, text, &id, error) &&
           say(context, text, id, &wish, now + wish.days * CLOCK_DAY, error);
}

static bool print_json(FILE *out, const ApiToken *token, const char *scopes, GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *created = moment_rfc3339(token->created);
    g_autofree char *ends = moment_rfc3339(token->ends);
    g_autofree char *used = token->used == 0 ? NULL : moment_rfc3339(token->used);
    JsonWriter json;
    json_writer_init(&json, line, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", token->id);
    json_writer_text_member(&json, "email", token->email);
    json_writer_text_member(&json, "name", token->name);
    json_writer_text_member(&json, "scopes", scopes);
    json_writer_text_member(&json, "created", created);
    json_writer_text_member(&json, "ends", ends);
    json_writer_text_member(&json, "used", used);
    json_writer_close(&json);
    return command_print_json(out, &json, line, error);
}

bool staff_tokens(CommandContext *context, GError **error)
{
    g_autoptr(Store) store = newsroom_store(context->newsroom, error);
    bool all = context->count == 0;
    g_autoptr(Person) person =
        store == NULL || all ? NULL : person_by_email(store, context->arguments[0], error);
    if (store == NULL || (person == NULL && !all)) {
        return false;
    }
    g_autoptr(GPtrArray) tokens = api_token_list(store, all ? 0 : person->id, error);
    for (guint i = 0; tokens != NULL && i < tokens->len; i++) {
        const ApiToken *token = tokens->pdata[i];
        g_autofree char *scopes = api_scopes_text(token->scopes);
        g_autofree char *ends = moment_rfc3339(token->ends);
        if (!context->json) {
            fprintf(context->out, "%3" PRId64 "  until %.10s  %-28s  %s, \"%s\"\n", token->id, ends,
                    scopes, token->email, token->name);
        } else if (!print_json(context->out, token, scopes, error)) {
            return false;
        }
    }
    return tokens != NULL;
}

bool staff_revoke(CommandContext *context, GError **error)
{
    int64_t id = 0;
    g_autoptr(Store) store = command_number(context->arguments[0], "the token's number", &id, error)
                                 ? newsroom_store(context->newsroom, error)
                                 : NULL;
    if (store == NULL || !api_token_revoke(store, 0, id, 0, clock_now(), error)) {
        return false;
    }
    fprintf(context->out, "token %" PRId64 " is revoked\n", id);
    return true;
}
