/* `kolokol staff`: who works here (staff/person.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/moment.h"
#include "desk/task.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"
#include "main/staff_token.h"
#include "office/letter.h"
#include "office/people_page.h"
#include "press/setting.h"
#include "seal/password.h"
#include "staff/api_token.h"
#include "staff/person.h"
#include "staff/second.h"
#include "staff/session.h"
#include "text/json.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define FILE_MOST 1024u /* bytes of a file with a password */

/* The first line of the file. Caller frees. */
static char *read_password(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = strcmp(path, "-") == 0 ? NULL : file_read(path, FILE_MOST, error);
    char line[FILE_MOST] = "";
    if (strcmp(path, "-") == 0) {
        if (fgets(line, sizeof line, stdin) == NULL) {
            fail(error, KOLOKOL_ERROR_INVALID, "there is no password on standard input");
            return NULL;
        }
        return g_strndup(line, strcspn(line, "\r\n"));
    }
    if (bytes == NULL) {
        return NULL;
    }
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    return g_strndup(text, strcspn(text, "\r\n"));
}

typedef struct {
    const Newsroom *newsroom;
    const char *name, *email, *hash;
    Role role;
    int64_t now, id;
    char *link; /* of the invitation */
} Adding;

static bool invite(Store *store, Adding *adding, GError **error)
{
    g_auto(GStrv) languages = setting_languages(store, error);
    g_autoptr(Person) person = languages == NULL ? NULL : person_read(store, adding->id, error);
    g_clear_pointer(&adding->link, g_free);
    return person != NULL &&
           office_letter(store, LINK_INVITE, person, adding->newsroom->values[INI_SITE_OFFICE_URL],
                         languages[0], adding->now, &adding->link, error);
}

/* The person with a password or an invitation, or nobody. */
static bool add_body(Store *store, void *data, GError **error)
{
    Adding *adding = data;
    return person_add(store, adding->name, adding->email, adding->role, 0, adding->now, &adding->id,
                      error) &&
           (adding->hash != NULL
                ? person_set_hash(store, adding->id, adding->hash, 0, adding->now, error)
                : invite(store, adding, error));
}

static void say_link(FILE *out, const char *link, const char *within)
{
    fprintf(out, "a letter with this link is on its way; it works once, within %s:\n%s\n", within,
            link);
}

static bool add(CommandContext *context, GError **error)
{
    const char *role = command_option(context, "role");
    const char *file = command_option(context, "password-file");
    Adding adding = {.newsroom = context->newsroom,
                     .name = context->arguments[0],
                     .email = context->arguments[1],
                     .now = clock_now()};
    if (role == NULL || !role_parse(role, &adding.role)) {
        return command_usage(error,
                             "give --role: reporter, editor, chief, fundraiser or administrator");
    }
    g_autofree char *password = file == NULL ? NULL : read_password(file, error);
    if (file != NULL && password == NULL) {
        return false;
    }
    g_autofree char *hash = password == NULL ? NULL : password_hash(password, error);
    if (password != NULL && hash == NULL) {
        return false;
    }
    adding.hash = hash;
    g_auto(NewsroomDesk) desk = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error) ||
        !store_transact(desk.store, add_body, &adding, error)) {
        g_free(adding.link);
        return false;
    }
    fprintf(context->out, "%s is on the staff: %s, %s\n", adding.name, adding.email, role);
    if (adding.link != NULL) {
        say_link(context->out, adding.link, "seven days");
        g_free(adding.link);
    }
    return true;
}

/* Another letter for somebody who has lost theirs: an invitation, or a way to a new password. */
static bool link_again(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    g_autofree char *link = NULL;
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Person) person = person_by_email(desk.store, context->arguments[0], error);
    if (person == NULL) {
        return false;
    }
    if (person->state == PERSON_DISABLED || person->demo) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s is %s", person->email,
                    person->demo ? "of the demo; `serve` prints a link" : "disabled");
    }
    LinkPurpose purpose = person->state == PERSON_INVITED ? LINK_INVITE : LINK_RESET;
    if (!office_letter(desk.store, purpose, person, context->newsroom->values[INI_SITE_OFFICE_URL],
                       desk.languages[0], clock_now(), &link, error)) {
        return false;
    }
    say_link(context->out, link, purpose == LINK_INVITE ? "seven days" : "an hour");
    return true;
}

static bool print_json(FILE *out, const Person *person, GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *created = moment_rfc3339(person->created);
    JsonWriter json;
    json_writer_init(&json, line, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", person->id);
    json_writer_text_member(&json, "email", person->email);
    json_writer_text_member(&json, "name", person->name);
    json_writer_text_member(&json, "role", role_name(person->role));
    json_writer_text_member(&json, "state", person_state_name(person->state));
    json_writer_text_member(&json, "created", created);
    json_writer_close(&json);
    return command_print_json(out, &json, line, error);
}

static bool list(CommandContext *context, GError **error)
{
    g_autoptr(Store) store = newsroom_store(context->newsroom, error);
    g_autoptr(GPtrArray) people = store == NULL ? NULL : person_list(store, error);
    for (guint i = 0; people != NULL && i < people->len; i++) {
        const Person *person = people->pdata[i];
        if (!context->json) {
            fprintf(context->out, "%-8s  %-13s  %s <%s>\n", person_state_name(person->state),
                    role_name(person->role), person->name, person->email);
        } else if (!print_json(context->out, person, error)) {
            return false;
        }
    }
    return people != NULL;
}

typedef struct {
    int64_t person, to, now, moved;
    char *left; /* numbers of drafts that nobody has now */
} Leaving;

static bool disable_body(Store *store, void *data, GError **error)
{
    Leaving *leaving = data;
    g_clear_pointer(&leaving->left, g_free);
    return person_disable(store, leaving->person, 0, leaving->now, error) &&
           task_reassign(store, leaving->person, leaving->to, &leaving->moved, &leaving->left,
                         error);
}

static void say_left(FILE *out, const Person *person, const Person *heir, const Leaving *leaving)
{
    fprintf(out, "%s is disabled; all sessions, links and tokens are ended\n", person->email);
    if (leaving->moved > 0 && heir == NULL) {
        fprintf(out, "tasks that are nobody's now: %" PRId64 "\n", leaving->moved);
    } else if (leaving->moved > 0) {
        fprintf(out, "tasks and drafts that are %s's now: %" PRId64 "\n", heir->name,
                leaving->moved);
    }
    if (*leaving->left != '\0') {
        fprintf(out,
                "drafts that %s began and nobody has: %s\n"
                "`kolokol staff disable %s --to EMAIL` gives them to somebody\n",
                person->name, leaving->left, person->email);
    }
    fprintf(out, "if this person had the machine in hand, or knew these, change:\n");
    for (unsigned i = 0; people_keys[i] != NULL; i++) {
        fprintf(out, "- %s\n", strings_get("en", people_keys[i]));
    }
}

static bool disable(CommandContext *context, GError **error)
{
    const char *to = command_option(context, "to");
    Leaving leaving = {.now = clock_now()};
    g_autoptr(Store) store = newsroom_store(context->newsroom, error);
    g_autoptr(Person) person =
        store == NULL ? NULL : person_by_email(store, context->arguments[0], error);
    g_autoptr(Person) heir =
        person == NULL || to == NULL ? NULL : person_by_email(store, to, error);
    if (person == NULL || (to != NULL && heir == NULL)) {
        return false;
    }
    if (heir != NULL && (heir->state != PERSON_ACTIVE || heir->id == person->id ||
                         !role_may(heir->role, PERMISSION_WRITE))) {
        return fail(error, KOLOKOL_ERROR_INVALID, "--to: %s cannot take over the work", to);
    }
    leaving.person = person->id;
    leaving.to = heir == NULL ? 0 : heir->id;
    if (!store_transact(store, disable_body, &leaving, error)) {
        g_free(leaving.left);
        return false;
    }
    say_left(context->out, person, heir, &leaving);
    g_free(leaving.left);
    return true;
}

/* Whoever has that phone may be signed in somewhere. */
static bool second_off_body(Store *store, void *data, GError **error)
{
    const Person *person = data;
    return second_remove(store, person->id, 0, clock_now(), error) &&
           session_end_of(store, person->id, error);
}

/* For who has lost phone and codes, and for all when keys/secret.key is another. */
static bool second_off(CommandContext *context, GError **error)
{
    g_autoptr(Store) store = newsroom_store(context->newsroom, error);
    g_autoptr(Person) person =
        store == NULL ? NULL : person_by_email(store, context->arguments[0], error);
    if (person == NULL || !store_transact(store, second_off_body, person, error)) {
        return false;
    }
    fprintf(context->out, "%s has no second factor now, and all sessions are ended\n",
            person->email);
    return true;
}

static const CommandVerb verbs[] = {
    {"add", "NAME EMAIL --role R", "takes somebody onto the staff, with a letter of invitation", 2,
     2, add},
    {"list", "", "everybody, with role and state", 0, 0, list},
    {"link", "EMAIL", "another letter with a link, to the first or a new password", 1, 1,
     link_again},
    {"disable", "EMAIL", "somebody leaves: ends sessions, links and tokens, forgets the password",
     1, 1, disable},
    {"second-off", "EMAIL", "takes a second factor off that is lost; the next sign-in sets one up",
     1, 1, second_off},
    {"token", "EMAIL --scope S", "makes a token of the API for somebody, and shows it this once", 1,
     1, staff_token},
    {"tokens", "[EMAIL]", "somebody's tokens of the API, or everybody's", 0, 1, staff_tokens},
    {"revoke", "TOKEN", "ends a token of the API, by its number", 1, 1, staff_revoke},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_staff = {
    .name = "staff",
    .usage = "add NAME EMAIL --role R | list | link EMAIL | disable EMAIL | second-off EMAIL "
             "| token EMAIL --scope S | tokens [EMAIL] | "
             "revoke TOKEN",
    .summary = "who works in the office",
    .help = "Roles: reporter (writes), editor (publishes), chief (takes down, settings), "
            "fundraiser (campaigns, gifts),\nadministrator (staff, machine). People are disabled, "
            "never deleted.\nA token lets a script in by the API (docs/api.md): its scopes, parted "
            "by commas, are\n" API_SCOPES
            ", of which its owner's role must allow each. A machine gets a person of its own.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options = {{"role", OPTION_VALUE, "R", "reporter, editor, chief, fundraiser or administrator",
                 "add"},
                {"password-file", OPTION_VALUE, "FILE",
                 "sets the password in place of an invitation: the file's first line, - for "
                 "standard input",
                 "add"},
                {"to", OPTION_VALUE, "EMAIL",
                 "who takes over the tasks on stories, and the drafts begun that nobody has",
                 "disable"},
                {"scope", OPTION_VALUE, "S", "what the token may, as read,write", "token"},
                {"name", OPTION_VALUE, "TEXT", "what the token is for", "token"},
                {"days", OPTION_VALUE, "N", "how long it is good, 90 unless said", "token"},
                {"json", OPTION_FLAG, NULL, "a JSON object a line", "list token tokens"}},
};
