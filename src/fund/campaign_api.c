/* Campaigns by the API: campaign_api.h. What one may say is campaign.c's: what is sent goes over
 * what is there. */
#include "fund/campaign_api.h"

#include "base/error.h"
#include "base/moment.h"
#include "fund/campaign_letter.h"
#include "press/setting.h"

#include <string.h>

#define BODY_MOST (512u * 1024) /* bytes */

#define TEXT(called, needed, most_bytes, about)                                                    \
    {                                                                                              \
        .name = called, .type = API_TEXT, .required = needed, .most = most_bytes, .help = about    \
    }
#define WHO                                                                                        \
    TEXT("name", true, CAMPAIGN_NAME_MAX, "tells it from the others of its language"),             \
        TEXT("language", true, CAMPAIGN_LANGUAGE_MAX, "as \"en\"")
/* In an answer they are what they are. */
#define WORDS(needed, sent)                                                                        \
    TEXT("heading", needed, (sent)*CAMPAIGN_TEXT_MAX, "above the letter"),                         \
        TEXT("call", needed, (sent)*CAMPAIGN_LINE_MAX, "a few words in the masthead"),             \
        TEXT("amounts", false, (sent)*CAMPAIGN_TEXT_MAX, "that the form offers, by currency"),     \
        TEXT("minimum", false, (sent)*CAMPAIGN_LINE_MAX, "the least that is taken"),               \
        TEXT("danger", false, (sent)*CAMPAIGN_LETTER_MAX, "who must not give, and why"),           \
        TEXT("share", false, (sent)*CAMPAIGN_TEXT_MAX, "other ways to help"),                      \
        TEXT("letter", false, (sent)*CAMPAIGN_LETTER_MAX, "Markdown")

static const ApiField row_fields[] = {
    WHO,
    TEXT("heading", true, 0, "above the letter"),
    {.name = "starts", .type = API_MOMENT, .required = true, .help = "when it begins"},
    {.name = "ends", .type = API_MOMENT, .help = "when it ends; missing: never"},
    {.name = "standing", .type = API_TRUTH, .required = true, .help = "old pages carry it"},
    {.name = NULL},
};
static const ApiSchema row_schema = {"CampaignRow", "a campaign without its letter", row_fields};
static const ApiField list_fields[] = {
    {.name = "campaigns", .type = API_OBJECTS, .required = true, .of = &row_schema, .help = "all"},
    {.name = NULL},
};
static const ApiSchema list_schema = {"CampaignList", "campaigns", list_fields};
static const ApiField whole_fields[] = {
    WHO,
    WORDS(true, 0),
    {.name = "starts", .type = API_MOMENT, .required = true, .help = "when it begins"},
    {.name = "ends", .type = API_MOMENT, .help = "when it ends; missing: never"},
    {.name = "standing", .type = API_TRUTH, .required = true, .help = "old pages carry it"},
    {.name = NULL},
};
static const ApiSchema whole_schema = {"Campaign", "what the paper asks its readers for",
                                       whole_fields};
static const ApiField who_query[] = {WHO, {.name = NULL}};
static const ApiField set_fields[] = {
    WHO,
    WORDS(false, 1),
    {.name = "starts", .type = API_MOMENT, .most = 40, .help = "a new one begins at once"},
    {.name = "ends", .type = API_MOMENT, .most = 40, .help = "empty: never"},
    {.name = "standing", .type = API_TRUTH, .help = "old pages carry it, until another is marked"},
    {.name = NULL},
};
static const ApiSchema set_schema = {
    "NewCampaign", "what a campaign is to be; what is not named stays", set_fields};

/* ---- Reading -------------------------------------------------------------------------------- */

static void write_dates(JsonWriter *json, const Campaign *campaign)
{
    api_write_moment(json, "starts", campaign->starts);
    api_write_moment(json, "ends", campaign->ends == INT64_MAX ? 0 : campaign->ends);
    json_writer_bool_member(json, "standing", campaign->standing);
}

static bool write_row(const Campaign *campaign, void *data, GError **error)
{
    JsonWriter *json = data;
    json_writer_open_object(json);
    json_writer_text_member(json, "name", campaign->name);
    json_writer_text_member(json, "language", campaign->language);
    json_writer_text_member(json, "heading", campaign->heading);
    write_dates(json, campaign);
    json_writer_close(json);
    return true;
}

static HttpReply *answer_list(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    json_writer_open_object(&call->json);
    json_writer_key(&call->json, "campaigns");
    json_writer_open_array(&call->json);
    if (!campaign_each(call->store, write_row, &call->json, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_close(&call->json);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

/* Of the campaign, or of none. Caller frees. */
static char *etag_of(const Campaign *campaign)
{
    g_autofree char *mark = campaign_mark(campaign);
    return api_etag(mark);
}

static HttpReply *show(ApiCall *call, const char *name, const char *language)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    g_autoptr(Campaign) campaign = campaign_named(call->store, name, language, &reason);
    if (campaign == NULL) {
        return reason == NULL ? api_not_found(call) : api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_text_member(json, "name", campaign->name);
    json_writer_text_member(json, "language", campaign->language);
    json_writer_text_member(json, "heading", campaign->heading);
    json_writer_text_member(json, "call", campaign->call);
    json_writer_text_member(json, "amounts", campaign->amounts);
    json_writer_text_member(json, "minimum", campaign->minimum);
    json_writer_text_member(json, "danger", campaign->danger);
    json_writer_text_member(json, "share", campaign->share);
    json_writer_text_member(json, "letter", campaign->letter);
    write_dates(json, campaign);
    json_writer_close(json);
    call->etag = etag_of(campaign);
    return api_done(call, 200);
}

static HttpReply *answer_read(ApiCall *call)
{
    return show(call, api_asked(call, "name"), api_asked(call, "language"));
}

/* ---- Setting one ---------------------------------------------------------------------------- */

/* What is sent over what is there. A moment of the beginning that is not sent stays, too. */
static Campaign *parse(const ApiCall *call, const Campaign *known, GTimeZone *zone, GError **error)
{
    static const Campaign nothing;
    const json_t *standing = json_object_get(call->given, "standing");
    const Campaign *stored = known == NULL ? &nothing : known;
    g_autofree char *ends =
        known == NULL || known->ends == INT64_MAX ? NULL : moment_rfc3339(known->ends);
    const CampaignTexts texts = {
        .name = api_text(call, "name"),
        .language = api_text(call, "language"),
        .heading = api_text_over(call, "heading", stored->heading),
        .call = api_text_over(call, "call", stored->call),
        .amounts = api_text_over(call, "amounts", stored->amounts),
        .minimum = api_text_over(call, "minimum", stored->minimum),
        .danger = api_text_over(call, "danger", stored->danger),
        .share = api_text_over(call, "share", stored->share),
        .letter = api_text_over(call, "letter", stored->letter),
        .starts = api_text(call, "starts"),
        .ends = api_text_over(call, "ends", ends),
        .standing = standing == NULL ? stored->standing : json_is_true(standing),
    };
    return campaign_of(&texts, zone, known == NULL ? call->now : known->starts, error);
}

/* So that the field is named. */
static bool dates_good(ApiCall *call, GTimeZone *zone, GError **error)
{
    static const char *const names[][2] = {{"starts", "/starts"}, {"ends", "/ends"}};
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *sent = api_text(call, names[i][0]);
        int64_t moment = 0;
        call->pointer = names[i][1];
        if (sent != NULL && *sent != '\0' && !moment_parse(sent, zone, &moment, error)) {
            return false;
        }
    }
    call->pointer = NULL;
    return true;
}

/* The one that old pages carry gives that up to another only. */
static bool standing_good(const ApiCall *call, const Campaign *known, GError **error)
{
    const json_t *standing = json_object_get(call->given, "standing");
    return known == NULL || !known->standing || standing == NULL || json_is_true(standing) ||
           fail(error, KOLOKOL_ERROR_INVALID,
                "standing: old pages need a campaign; mark another one in its place");
}

static bool find(Store *store, const ApiCall *call, Campaign **known, GError **error)
{
    g_autoptr(GError) reason = NULL;
    *known = campaign_named(store, api_text(call, "name"), api_text(call, "language"), &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}

static bool set_body(Store *store, void *data, GError **error)
{
    ApiCall *call = data;
    bool changed = false;
    g_autoptr(Campaign) known = NULL;
    g_autoptr(GTimeZone) zone = setting_timezone(store, error);
    if (zone == NULL || !find(store, call, &known, error)) {
        return false;
    }
    g_autofree char *etag = etag_of(known);
    if (!api_match(call, etag, error) || !dates_good(call, zone, error) ||
        !standing_good(call, known, error)) {
        return false;
    }
    g_autoptr(Campaign) campaign = parse(call, known, zone, error);
    if (campaign == NULL || !campaign_fits(store, campaign, error)) {
        return false;
    }
    g_autofree char *subject = g_strdup_printf("%s (%s)", campaign->name, campaign->language);
    return campaign_set(store, campaign, call->now, &changed, error) &&
           (!changed || api_audit(call, "campaign.set", subject, "", error));
}

static HttpReply *answer_set(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    return store_transact(call->store, set_body, call, &reason)
               ? show(call, api_text(call, "name"), api_text(call, "language"))
               : api_failed(call, reason);
}

#define ROW(row, does, where, handler, out, what)                                                  \
    .name = row, .method = does, .path = API_ROOT where, .permission = PERMISSION_FUND,            \
    .scopes = API_SCOPE_CAMPAIGNS, .answer = handler, .gives = out, .help = what

const ApiRoute campaign_api[] = {
    {ROW("campaign-list", HTTP_GET, "/campaigns", answer_list, &list_schema,
         "what the paper asks its readers for")},
    {ROW("campaign-read", HTTP_GET, "/campaigns/one", answer_read, &whole_schema,
         "one campaign, with its letter"),
     .query = who_query, .tagged = true},
    {ROW("campaign-set", HTTP_POST, "/campaigns", answer_set, &whole_schema,
         "sets one, a new one with the ETag \"-\"; changes every page that carries it"),
     .takes = &set_schema, .match = API_MATCH_MUST, .tagged = true, .body_most = BODY_MOST},
    {.name = NULL},
};
