/* `kolokol subscriber`: who gets the newsletters (mail/subscriber.h). */
#include "base/error.h"
#include "base/file.h"
#include "base/moment.h"
#include "mail/address.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"
#include "main/newsroom_mail.h"
#include "text/json.h"
#include "text/mail_address.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#define ROWS_AT_ONCE 500u

/* Which rows: a newsletter's, an address's, or all. */
typedef struct {
    int64_t newsletter;
    char *mark;
    int64_t state; /* 0: all */
} Choice;

static void choice_clear(Choice *choice)
{
    g_clear_pointer(&choice->mark, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Choice, choice_clear)

static bool choose_state(const char *given, Choice *choice, GError **error)
{
    for (int64_t state = 1; given != NULL && state <= 3; state++) {
        if (strcmp(given, subscriber_state_name((SubscriberState)state)) == 0) {
            choice->state = state;
            return true;
        }
    }
    return given == NULL ||
           command_usage(error, "states are pending, confirmed and unsubscribed, not \"%s\"",
                         given);
}

static bool choose(CommandContext *context, Store *store, const char *address, Choice *choice,
                   GError **error)
{
    const char *name = command_option(context, "newsletter");
    if (!choose_state(command_option(context, "state"), choice, error)) {
        return false;
    }
    if (address != NULL) {
        g_autofree char *parsed = mail_address_parse(address, error);
        g_autoptr(Mailroom) room =
            parsed == NULL ? NULL : newsroom_mailroom(context->newsroom, error);
        if (room == NULL) {
            return false;
        }
        choice->mark = address_mark(&room->secret, parsed);
    }
    if (name != NULL) {
        g_autoptr(Newsletter) newsletter = newsletter_read(store, name, error);
        if (newsletter == NULL) {
            return false;
        }
        choice->newsletter = newsletter->id;
    }
    return true;
}

static void write_moment(JsonWriter *json, const char *key, int64_t moment)
{
    g_autofree char *text = moment == 0 ? NULL : moment_rfc3339(moment);
    json_writer_text_member(json, key, text);
}

static bool print_json(FILE *out, const Subscriber *subscriber, GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, line, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "address", subscriber->address);
    json_writer_text_member(&json, "newsletter", subscriber->newsletter_name);
    json_writer_text_member(&json, "state", subscriber_state_name(subscriber->state));
    json_writer_text_member(&json, "source", subscriber->source);
    json_writer_text_member(&json, "consent", subscriber->consent);
    json_writer_text_member(&json, "policy", subscriber->policy);
    write_moment(&json, "requested", subscriber->requested);
    write_moment(&json, "confirmed", subscriber->confirmed);
    write_moment(&json, "ended", subscriber->ended);
    json_writer_close(&json);
    return command_print_json(out, &json, line, error);
}

static bool print_one(FILE *out, const Subscriber *subscriber, bool json, GError **error)
{
    if (json) {
        return print_json(out, subscriber, error);
    }
    fprintf(out, "%-12s %-20s %s\n", subscriber_state_name(subscriber->state),
            subscriber->newsletter_name,
            *subscriber->address == '\0' ? "(erased)" : subscriber->address);
    return true;
}

/* All chosen rows, in parts: there may be hundreds of thousands. */
static bool print_all(FILE *out, Store *store, const Choice *choice, bool json, int64_t *count,
                      GError **error)
{
    for (int64_t after = 0;;) {
        g_autoptr(GPtrArray) rows =
            subscriber_list(store, choice->newsletter, choice->mark, after, ROWS_AT_ONCE, error);
        if (rows == NULL) {
            return false;
        }
        for (guint i = 0; i < rows->len; i++) {
            const Subscriber *row = rows->pdata[i];
            bool fits = (choice->state == 0 || choice->state == (int64_t)row->state) &&
                        (choice->newsletter == 0 || choice->newsletter == row->newsletter);
            after = row->id;
            if (fits && !print_one(out, row, json, error)) {
                return false;
            }
            *count += fits;
        }
        if (rows->len < ROWS_AT_ONCE) {
            return true;
        }
    }
}

static bool list(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    g_auto(Choice) choice = {0};
    int64_t count = 0;
    return newsroom_desk_open(&desk, context->newsroom, error) &&
           choose(context, desk.store, command_option(context, "address"), &choice, error) &&
           print_all(context->out, desk.store, &choice, context->json, &count, error);
}

/* To a file that only its owner reads, in one piece: a failed one leaves nothing. */
static bool export_to(CommandContext *context, Store *store, const Choice *choice, GError **error)
{
    const char *path = context->arguments[0];
    char *text = NULL;
    size_t length = 0;
    int64_t count = 0;
    FILE *memory = open_memstream(&text, &length);
    bool done = memory != NULL && print_all(memory, store, choice, true, &count, error);
    if (memory != NULL) {
        fclose(memory);
    }
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    FILE_AUTO directory = done ? directory_open(folder, false, error) : -1;
    done = directory >= 0 && file_replace(directory, name, text, length, 0600, error);
    free(text);
    if (done) {
        fprintf(context->out,
                context->json ? "{\"subscribers\":%" PRId64 "}\n" : "%" PRId64 " subscribers\n",
                count);
    }
    return done;
}

static bool export(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    g_auto(Choice) choice = {0};
    return newsroom_desk_open(&desk, context->newsroom, error) &&
           choose(context, desk.store, command_option(context, "address"), &choice, error) &&
           export_to(context, desk.store, &choice, error);
}

static bool add(CommandContext *context, GError **error)
{
    const char *source = command_option(context, "source");
    g_auto(NewsroomDesk) desk = {0};
    bool added = false;
    if (source == NULL) {
        return command_usage(error, "say with --source where the address comes from and why it may "
                                    "be used; it is kept with it");
    }
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Mailroom) room = newsroom_mailroom(context->newsroom, error);
    if (room == NULL || !subscriber_add(desk.store, room, context->arguments[0],
                                        context->arguments[1], source, &added, error)) {
        return false;
    }
    fprintf(context->out, context->json ? "{\"added\":%s}\n" : "%s\n",
            context->json ? (added ? "true" : "false")
                          : (added ? "added" : "is subscribed already"));
    return true;
}

static bool erase(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t count = 0;
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Mailroom) room = newsroom_mailroom(context->newsroom, error);
    if (room == NULL || !subscriber_erase(desk.store, room, context->arguments[0], &count, error)) {
        return false;
    }
    fprintf(context->out,
            context->json ? "{\"erased\":%" PRId64 "}\n"
                          : "erased from %" PRId64 " newsletters and from the journal\n",
            count);
    return true;
}

/* Each of an address's rows that still gets mail, of one newsletter or of all. */
static bool end_rows(Store *store, const Choice *choice, int64_t *count, GError **error)
{
    g_autoptr(GPtrArray) rows =
        subscriber_list(store, choice->newsletter, choice->mark, 0, ROWS_AT_ONCE, error);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const Subscriber *row = rows->pdata[i];
        bool ends = row->state != SUBSCRIBER_STATE_UNSUBSCRIBED &&
                    (choice->newsletter == 0 || choice->newsletter == row->newsletter);
        if (ends && !subscriber_unsubscribe(store, row->id, error)) {
            return false;
        }
        *count += ends;
    }
    return rows != NULL;
}

/* For who writes to the address of the setting unsubscribe-mail: what the button does. */
static bool unsubscribe(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    g_auto(Choice) choice = {0};
    int64_t count = 0;
    if (!newsroom_desk_open(&desk, context->newsroom, error) ||
        !choose(context, desk.store, context->arguments[0], &choice, error) ||
        !end_rows(desk.store, &choice, &count, error)) {
        return false;
    }
    fprintf(context->out,
            context->json ? "{\"unsubscribed\":%" PRId64 "}\n"
                          : "unsubscribed from %" PRId64 " newsletters\n",
            count);
    return true;
}

static const CommandVerb verbs[] = {
    {"add", "NEWSLETTER ADDRESS", "by hand, with the source of the address", 2, 2, add},
    {"list", "", "who gets what", 0, 0, list},
    {"unsubscribe", "ADDRESS", "who asked for it by mail: from all newsletters, or from one", 1, 1,
     unsubscribe},
    {"erase", "ADDRESS", "from everything; only the mark that no mail goes there stays", 1, 1,
     erase},
    {"export", "FILE", "all that is known, a JSON object a line", 1, 1, export},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_subscriber = {
    .name = "subscriber",
    .usage = "add NEWSLETTER ADDRESS | list | unsubscribe ADDRESS | erase ADDRESS | export FILE",
    .summary = "who gets the newsletters",
    .help =
        "Readers subscribe by the form on the pages and a confirmation mail; what the staff adds "
        "needs a source.\nWho has unsubscribed cannot be added again, only by the form. "
        "See docs/mail.md.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {{"newsletter", OPTION_VALUE, "NAME", "only of this newsletter", "list unsubscribe export"},
         {"address", OPTION_VALUE, "ADDRESS", "only this address", "list export"},
         {"state", OPTION_VALUE, "STATE", "only pending, confirmed or unsubscribed", "list export"},
         {"source", OPTION_VALUE, "TEXT", "where it comes from and why it may be used", "add"},
         {"json", OPTION_FLAG, NULL, "as JSON", NULL}},
};
