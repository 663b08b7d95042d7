/* Totals of gifts by the API: gift_api.h. */
#include "fund/gift_api.h"

#include "fund/ledger.h"

static const ApiField total_fields[] = {
    {.name = "currency", .type = API_TEXT, .required = true, .help = "as \"EUR\""},
    {.name = "frequency", .type = API_TEXT, .required = true, .help = "once, monthly, annual"},
    {.name = "gifts", .type = API_NUMBER, .required = true, .help = "how many charges"},
    {.name = "charged",
     .type = API_NUMBER,
     .required = true,
     .help = "their sum, in the currency's smallest unit"},
    {.name = "taken_off",
     .type = API_NUMBER,
     .required = true,
     .help = "refunds, disputes and fees, in the same unit"},
    {.name = NULL},
};
static const ApiSchema total_schema = {"GiftTotal", "what was given in a currency", total_fields};
static const ApiField totals_fields[] = {
    {.name = "totals",
     .type = API_OBJECTS,
     .required = true,
     .of = &total_schema,
     .help = "by currency and frequency"},
    {.name = NULL},
};
static const ApiSchema totals_schema = {"GiftTotals", "what was given, of settled gifts",
                                        totals_fields};

static HttpReply *answer_totals(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    g_autoptr(GArray) all = ledger_totals(call->store, &reason);
    if (all == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "totals");
    json_writer_open_array(json);
    for (guint i = 0; i < all->len; i++) {
        const LedgerTotal *total = &g_array_index(all, LedgerTotal, i);
        json_writer_open_object(json);
        json_writer_text_member(json, "currency", total->currency);
        json_writer_text_member(json, "frequency", total->frequency);
        json_writer_number_member(json, "gifts", total->gifts);
        json_writer_number_member(json, "charged", total->charged);
        json_writer_number_member(json, "taken_off", MAX(-total->other, 0));
        json_writer_close(json);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

const ApiRoute gift_api[] = {
    {.name = "gift-totals",
     .method = HTTP_GET,
     .path = API_ROOT "/gifts/totals",
     .permission = PERMISSION_FUND,
     .scopes = API_SCOPE_GIFTS,
     .answer = answer_totals,
     .gives = &totals_schema,
     .help = "what was given, by currency and frequency"},
    {.name = NULL},
};
