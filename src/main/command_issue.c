/* `kolokol newsletter compose|preview|send|status`: issues (mail/issue.h). Settling what is
 * uncertain is command_settle.c. */
#include "main/command_issue.h"

#include "base/error.h"
#include "base/moment.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/issue_text.h"
#include "mail/newsletter.h"
#include "mail/uncertain.h"
#include "main/newsroom_desk.h"
#include "main/newsroom_mail.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

#define ISSUES_SHOWN 30u
#define ROWS_AT_ONCE 500u

static bool finish(CommandContext *context, JsonWriter *json, GString *out, GError **error)
{
    return command_print_json(context->out, json, out, error);
}

bool newsletter_verb_compose(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t id = 0;
    if (!newsroom_desk_open(&desk, context->newsroom, error) ||
        !issue_compose(desk.store, context->arguments[0], &id, error)) {
        return false;
    }
    g_autoptr(Issue) issue = issue_read(desk.store, id, error);
    if (issue == NULL) {
        return false;
    }
    if (context->json) {
        g_autoptr(GString) out = g_string_new(NULL);
        JsonWriter json;
        json_writer_init(&json, out, 0);
        json_writer_open_object(&json);
        json_writer_number_member(&json, "issue", id);
        json_writer_text_member(&json, "subject", issue->subject);
        json_writer_close(&json);
        return finish(context, &json, out, error);
    }
    fprintf(context->out,
            "issue %" PRId64 ": %s\nLook at it with `kolokol newsletter preview %" PRId64
            "`, let it go with `kolokol newsletter send %" PRId64 "`.\n",
            id, issue->subject, id, id);
    return true;
}

static Issue *named(CommandContext *context, Store *store, GError **error)
{
    int64_t id = 0;
    return command_number(context->arguments[0], "issue", &id, error) ? issue_read(store, id, error)
                                                                      : NULL;
}

bool newsletter_verb_preview(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Issue) issue = named(context, desk.store, error);
    g_autoptr(Mailroom) room = issue == NULL ? NULL : newsroom_mailroom(context->newsroom, error);
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) plain = g_string_new(NULL);
    if (room == NULL || !issue_text_render(desk.store, room, issue, html, plain, error)) {
        return false;
    }
    bool as_html = command_option(context, "html") != NULL;
    if (!as_html) {
        fprintf(context->out, "Subject: %s\n\n", issue->subject);
    }
    fprintf(context->out, "%s", as_html ? html->str : plain->str);
    return true;
}

bool newsletter_verb_send(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Issue) issue = named(context, desk.store, error);
    g_autoptr(Mailroom) room = issue == NULL ? NULL : newsroom_mailroom(context->newsroom, error);
    if (room == NULL || !issue_send(desk.store, room, issue->id, error)) {
        return false;
    }
    if (context->json) {
        fprintf(context->out, "{\"issue\":%" PRId64 "}\n", issue->id);
    } else {
        fprintf(context->out,
                "issue %" PRId64 " is on its way; `kolokol newsletter status %" PRId64
                "` tells who has it\n",
                issue->id, issue->id);
    }
    return true;
}

/* ---- Status -----------------------------------------------------------------------------------
 */

static void write_counts(JsonWriter *json, const int64_t counts[DELIVERY_STATES])
{
    json_writer_key(json, "counts");
    json_writer_open_object(json);
    for (int state = 1; state < DELIVERY_STATES; state++) {
        json_writer_number_member(json, delivery_state_name((DeliveryState)state), counts[state]);
    }
    json_writer_close(json);
}

static void print_counts(FILE *out, const int64_t counts[DELIVERY_STATES])
{
    for (int state = 1; state < DELIVERY_STATES; state++) {
        if (counts[state] > 0) {
            fprintf(out, "  %-10s %" PRId64 "\n", delivery_state_name((DeliveryState)state),
                    counts[state]);
        }
    }
}

static void write_issue(JsonWriter *json, const Issue *issue)
{
    g_autofree char *frozen = issue->frozen == 0 ? NULL : moment_rfc3339(issue->frozen);
    g_autofree char *finished = issue->finished == 0 ? NULL : moment_rfc3339(issue->finished);
    json_writer_number_member(json, "issue", issue->id);
    json_writer_text_member(json, "newsletter", issue->name);
    json_writer_number_member(json, "number", issue->number);
    json_writer_text_member(json, "state", issue_state_name(issue->state));
    json_writer_text_member(json, "subject", issue->subject);
    json_writer_text_member(json, "frozen", frozen);
    json_writer_text_member(json, "sent", finished);
}

/* Those that a person may have to look at, one line each. */
static bool each_row(CommandContext *context, Store *store, int64_t issue, DeliveryState state,
                     JsonWriter *json, GError **error)
{
    int64_t after = 0;
    for (;;) {
        g_autoptr(GPtrArray) rows = delivery_list(store, issue, state, after, ROWS_AT_ONCE, error);
        if (rows == NULL) {
            return false;
        }
        for (guint i = 0; i < rows->len; i++) {
            const Delivery *row = rows->pdata[i];
            after = row->id;
            if (json == NULL) {
                fprintf(context->out, "  %s %s: %s <%s>\n", delivery_state_name(state),
                        *row->address == '\0' ? "(erased)" : row->address, row->status,
                        row->message_id);
                continue;
            }
            json_writer_open_object(json);
            json_writer_text_member(json, "address", row->address);
            json_writer_text_member(json, "state", delivery_state_name(state));
            json_writer_text_member(json, "status", row->status);
            json_writer_number_member(json, "attempts", row->attempts);
            json_writer_text_member(json, "message_id", row->message_id);
            json_writer_close(json);
        }
        if (rows->len < ROWS_AT_ONCE) {
            return true;
        }
    }
}

static bool list_one(CommandContext *context, Store *store, const Issue *issue, GError **error)
{
    int64_t uncertain = 0;
    if (!uncertain_count(store, issue->id, &uncertain, error)) {
        return false;
    }
    if (context->json) {
        g_autoptr(GString) out = g_string_new(NULL);
        JsonWriter json;
        json_writer_init(&json, out, 0);
        json_writer_open_object(&json);
        write_issue(&json, issue);
        json_writer_number_member(&json, "uncertain", uncertain);
        json_writer_close(&json);
        return finish(context, &json, out, error);
    }
    fprintf(context->out, "%5" PRId64 "  %-8s %s %" PRId64 ": %s\n", issue->id,
            issue_state_name(issue->state), issue->name, issue->number, issue->subject);
    if (uncertain > 0) {
        fprintf(context->out,
                "       %" PRId64 " uncertain: `kolokol newsletter status %" PRId64 "`\n",
                uncertain, issue->id);
    }
    return true;
}

/* What to do with mails of which nobody knows; nothing where there are none. */
static void print_uncertain(CommandContext *context, int64_t count, const char *whose)
{
    if (count > 0) {
        fprintf(context->out,
                "%" PRId64 " may or may not have arrived, and are not sent again by themselves. "
                "Look for their Message-IDs in\nthe mail server's log, then: `kolokol newsletter "
                "settle %s accepted|rejected|again`\n",
                count, whose);
    }
}

static bool list_issues(CommandContext *context, Store *store, GError **error)
{
    g_autoptr(GPtrArray) all = issue_list(store, 0, ISSUES_SHOWN, error);
    int64_t letters = 0;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        if (!list_one(context, store, all->pdata[i], error)) {
            return false;
        }
    }
    if (all == NULL || !uncertain_count(store, 0, &letters, error)) {
        return false;
    }
    if (letters > 0 && context->json) {
        fprintf(context->out, "{\"issue\":null,\"uncertain\":%" PRId64 "}\n", letters);
        return true;
    }
    if (letters > 0) {
        fprintf(context->out, "letters that are no issue's:\n");
        print_uncertain(context, letters, "letters");
        return each_row(context, store, 0, DELIVERY_UNCERTAIN, NULL, error);
    }
    return true;
}

static const DeliveryState to_look_at[] = {DELIVERY_REJECTED, DELIVERY_DEFERRED, DELIVERY_UNCERTAIN,
                                           DELIVERY_EXCLUDED};

static bool print_json(CommandContext *context, Store *store, const Issue *issue,
                       const int64_t counts[DELIVERY_STATES], GError **error)
{
    static const DeliveryState every[] = {
        DELIVERY_READY,    DELIVERY_ATTEMPTING, DELIVERY_ACCEPTED, DELIVERY_REJECTED,
        DELIVERY_DEFERRED, DELIVERY_UNCERTAIN,  DELIVERY_EXCLUDED};
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    write_issue(&json, issue);
    write_counts(&json, counts);
    json_writer_key(&json, "recipients");
    json_writer_open_array(&json);
    for (size_t i = 0; i < G_N_ELEMENTS(every); i++) {
        if (!each_row(context, store, issue->id, every[i], &json, error)) {
            return false;
        }
    }
    json_writer_close(&json);
    json_writer_close(&json);
    return finish(context, &json, out, error);
}

bool newsletter_verb_status(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t counts[DELIVERY_STATES];
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    if (context->count == 0) {
        return list_issues(context, desk.store, error);
    }
    g_autoptr(Issue) issue = named(context, desk.store, error);
    if (issue == NULL || !delivery_count(desk.store, issue->id, counts, error)) {
        return false;
    }
    if (context->json) {
        return print_json(context, desk.store, issue, counts, error);
    }
    fprintf(context->out, "%s %" PRId64 ", %s: %s\n", issue->name, issue->number,
            issue_state_name(issue->state), issue->subject);
    print_counts(context->out, counts);
    for (size_t i = 0; i < G_N_ELEMENTS(to_look_at); i++) {
        if (!each_row(context, desk.store, issue->id, to_look_at[i], NULL, error)) {
            return false;
        }
    }
    print_uncertain(context, counts[DELIVERY_UNCERTAIN], context->arguments[0]);
    return true;
}
