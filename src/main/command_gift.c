/* `kolokol gift`: what readers gave (fund/gift.h, fund/ledger.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "fund/ledger.h"
#include "fund/request.h"
#include "fund/subscription.h"
#include "fund/sweep.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

static bool print_gift(CommandContext *context, const Gift *gift, GError **error)
{
    g_autofree char *date = moment_rfc3339(gift->created);
    g_autofree char *amount = money_plain(gift->amount.minor, gift->amount.currency);
    if (!context->json) {
        fprintf(context->out, "%" PRId64 " %s %s %s %s %s%s%s\n", gift->id, date,
                gift_state_name(gift->state), frequency_name(gift->frequency), amount,
                gift->amount.currency, *gift->address == '\0' ? "" : " ", gift->address);
        return true;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", gift->id);
    json_writer_text_member(&json, "created", date);
    json_writer_text_member(&json, "state", gift_state_name(gift->state));
    json_writer_text_member(&json, "frequency", frequency_name(gift->frequency));
    json_writer_text_member(&json, "amount", amount);
    json_writer_text_member(&json, "currency", gift->amount.currency);
    json_writer_text_member(&json, "provider", gift->provider);
    json_writer_text_member(&json, "campaign", gift->campaign);
    json_writer_text_member(&json, "language", gift->language);
    json_writer_text_member(&json, "address", gift->address);
    json_writer_bool_member(&json, "renewal", gift->subscription != 0);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static bool print_all(CommandContext *context, const GPtrArray *gifts, GError **error)
{
    for (guint i = 0; gifts != NULL && i < gifts->len; i++) {
        if (!print_gift(context, gifts->pdata[i], error)) {
            return false;
        }
    }
    return gifts != NULL;
}

static bool list(CommandContext *context, GError **error)
{
    const char *wanted = command_option(context, "state");
    GiftState state = GIFT_STATES;
    for (unsigned i = 0; wanted != NULL && i < GIFT_STATES; i++) {
        state = strcmp(gift_state_name((GiftState)i), wanted) == 0 ? (GiftState)i : state;
    }
    if (wanted != NULL && state == GIFT_STATES) {
        return command_usage(error, "a state is intended, pending, settled, failed or expired");
    }
    g_auto(NewsroomDesk) desk = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(GPtrArray) gifts = gift_list(desk.store, NULL, state, error);
    return print_all(context, gifts, error);
}

static bool find(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autofree char *address = g_ascii_strdown(context->arguments[0], -1);
    g_autoptr(GPtrArray) gifts = gift_list(desk.store, address, GIFT_STATES, error);
    return print_all(context, gifts, error);
}

typedef bool (*Ask)(Store *store, const Gift *gift, int64_t now, GError **error);

/* Asks the provider; what comes of it is in the totals when the provider says so. */
static bool ask(CommandContext *context, Ask request, const char *said, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t id = 0;
    if (!command_number(context->arguments[0], "a gift", &id, error) ||
        !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Gift) gift = gift_by_id(desk.store, id, error);
    if (gift == NULL || !request(desk.store, gift, clock_now(), error)) {
        return false;
    }
    fprintf(context->out, "%" PRId64 ": %s asked for at %s\n", id, said, gift->provider);
    return true;
}

static bool refund(CommandContext *context, GError **error)
{
    return ask(context, request_refund, "a refund", error);
}

static bool cancel(CommandContext *context, GError **error)
{
    return ask(context, request_cancel, "the end", error);
}

static void print_total(CommandContext *context, const LedgerTotal *total)
{
    g_autofree char *charged = money_plain(total->charged, total->currency);
    g_autofree char *other = money_plain(total->other, total->currency);
    g_autofree char *net = money_plain(total->charged + total->other, total->currency);
    if (context->json) {
        fprintf(context->out,
                "{\"currency\":\"%s\",\"frequency\":\"%s\",\"gifts\":%" PRId64
                ",\"given\":\"%s\",\"taken_back\":\"%s\",\"net\":\"%s\"}\n",
                total->currency, total->frequency, total->gifts, charged, other, net);
    } else {
        fprintf(context->out, "%s %s: %" PRId64 " gifts, %s given, %s taken back, %s net\n",
                total->currency, total->frequency, total->gifts, charged, other, net);
    }
}

static bool totals(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t counts[SUBSCRIPTION_STATUSES] = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error) ||
        !subscription_counts_by_status(desk.store, counts, error)) {
        return false;
    }
    g_autoptr(GArray) all = ledger_totals(desk.store, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        print_total(context, &g_array_index(all, LedgerTotal, i));
    }
    int64_t supporters = 0;
    for (unsigned i = 0; i < SUBSCRIPTION_STATUSES; i++) {
        supporters += subscription_counts((SubscriptionStatus)i) ? counts[i] : 0;
    }
    fprintf(context->out,
            context->json ? "{\"supporters\":%" PRId64 "}\n"
                          : "%" PRId64 " give monthly or annually\n",
            supporters);
    return all != NULL;
}

static bool sweep(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    SweepReport report = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error) ||
        !fund_sweep(desk.store, clock_now(), &report, error)) {
        return false;
    }
    fprintf(context->out,
            context->json ? "{\"calls\":%" PRId64 ",\"requests\":%" PRId64 ",\"asked\":%" PRId64
                            ",\"booked\":%" PRId64 ",\"expired\":%" PRId64 "}\n"
                          : "%" PRId64 " calls and %" PRId64 " requests taken up again, %" PRId64
                            " open gifts asked for: %" PRId64 " had been paid, %" PRId64
                            " expired\n",
            report.waiting, report.requests, report.asked, report.booked, report.expired);
    return true;
}

static const CommandVerb verbs[] = {
    {"list", "", "the newest thousand", 0, 0, list},
    {"find", "ADDRESS", "those of a payer", 1, 1, find},
    {"refund", "ID", "asks the provider to give the money back", 1, 1, refund},
    {"cancel", "ID", "asks the provider to end a monthly or annual gift", 1, 1, cancel},
    {"totals", "", "what is settled, by currency and frequency", 0, 0, totals},
    {"sweep", "", "takes up what waits, asks what open gifts have become", 0, 0, sweep},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_gift = {
    .name = "gift",
    .usage = "list [--state S] | find ADDRESS | refund ID | cancel ID | totals | sweep [--json]",
    .summary = "what readers gave",
    .help =
        "A gift is intended, then pending at the payment provider, then settled, failed or "
        "expired. Totals count\nsettled gifts only. `refund` and `cancel` ask the provider; the "
        "books change when it confirms. More: docs/fund.md.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"state", OPTION_VALUE, "STATE", "only those", "list"},
            {"json", OPTION_FLAG, NULL, "as JSON, a line each", NULL},
        },
};
