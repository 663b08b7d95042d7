/* Campaigns: campaign.h. Their blocks on pages are fund_blocks.c, the command is
 * main/command_campaign.c. */
#include "fund/campaign.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "fund_sql.h"
#include "press/press.h"
#include "seal/hash.h"
#include "text/front_matter.h"

#include <inttypes.h>
#include <string.h>

void campaign_free(Campaign *campaign)
{
    if (campaign == NULL) {
        return;
    }
    char *texts[] = {campaign->name,   campaign->language, campaign->heading,
                     campaign->call,   campaign->amounts,  campaign->minimum,
                     campaign->danger, campaign->share,    campaign->letter};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(texts[i]);
    }
    g_free(campaign);
}

typedef struct {
    const char *key;
    size_t offset;
    const char *fallback; /* NULL: the key is needed */
    size_t most;
} Key;

static const Key keys[] = {
    {"name", offsetof(Campaign, name), NULL, CAMPAIGN_NAME_MAX},
    {"language", offsetof(Campaign, language), NULL, CAMPAIGN_LANGUAGE_MAX},
    {"heading", offsetof(Campaign, heading), NULL, CAMPAIGN_TEXT_MAX},
    {"call", offsetof(Campaign, call), NULL, CAMPAIGN_LINE_MAX},
    {"amounts", offsetof(Campaign, amounts), "", CAMPAIGN_TEXT_MAX},
    {"minimum", offsetof(Campaign, minimum), "2.00", CAMPAIGN_LINE_MAX},
    {"danger", offsetof(Campaign, danger), "", CAMPAIGN_LETTER_MAX},
    {"share", offsetof(Campaign, share), "", CAMPAIGN_TEXT_MAX},
};

static bool take_texts(Campaign *campaign, const FrontMatter *front, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *value = front_matter_text(front, keys[i].key);
        value = value != NULL ? value : keys[i].fallback;
        if (value == NULL || (keys[i].fallback == NULL && *value == '\0')) {
            return fail(error, KOLOKOL_ERROR_INVALID, "a campaign needs `%s:`", keys[i].key);
        }
        if (strlen(value) > keys[i].most) {
            return fail(error, KOLOKOL_ERROR_LIMIT, "`%s:` has %zu bytes; the limit is %zu",
                        keys[i].key, strlen(value), keys[i].most);
        }
        char **slot = (char **)(void *)((char *)campaign + keys[i].offset);
        *slot = g_strdup(value);
    }
    Amounts table;
    return amounts_parse(campaign->amounts, campaign->minimum, &table, error);
}

static bool take_moments(Campaign *campaign, const FrontMatter *front, GTimeZone *zone, int64_t now,
                         GError **error)
{
    const char *starts = front_matter_text(front, "starts"),
               *ends = front_matter_text(front, "ends");
    const char *standing = front_matter_text(front, "standing");
    campaign->starts = now;
    campaign->ends = INT64_MAX;
    campaign->standing = g_strcmp0(standing, "yes") == 0 || g_strcmp0(standing, "true") == 0;
    if ((starts != NULL && !moment_parse(starts, zone, &campaign->starts, error)) ||
        (ends != NULL && !moment_parse(ends, zone, &campaign->ends, error))) {
        return false;
    }
    return campaign->ends > campaign->starts ||
           fail(error, KOLOKOL_ERROR_INVALID, "`ends:` must be later than `starts:`");
}

Campaign *campaign_parse(const char *text, size_t length, GTimeZone *zone, int64_t now,
                         GError **error)
{
    g_autoptr(FrontMatter) front = front_matter_parse(text, length, error);
    g_autoptr(Campaign) campaign = g_new0(Campaign, 1);
    if (front == NULL || !take_texts(campaign, front, error) ||
        !take_moments(campaign, front, zone, now, error)) {
        return NULL;
    }
    size_t body_length = 0;
    const char *body = front_matter_body(front, &body_length);
    if (body_length > CAMPAIGN_LETTER_MAX) {
        fail(error, KOLOKOL_ERROR_LIMIT, "the letter has %zu bytes; the limit is %u", body_length,
             CAMPAIGN_LETTER_MAX);
        return NULL;
    }
    campaign->letter = g_strndup(body, body_length);
    return g_steal_pointer(&campaign);
}

/* What is not said is a key left out. */
static void put(FrontMatter *file, const char *key, const char *value)
{
    if (value != NULL && *value != '\0') {
        front_matter_set(file, key, value);
    }
}

Campaign *campaign_of(const CampaignTexts *texts, GTimeZone *zone, int64_t now, GError **error)
{
    g_autoptr(FrontMatter) file = front_matter_new();
    const char *const values[] = {texts->name,    texts->language, texts->heading, texts->call,
                                  texts->amounts, texts->minimum,  texts->danger,  texts->share};
    const char *letter = texts->letter == NULL ? "" : texts->letter;
    G_STATIC_ASSERT(G_N_ELEMENTS(values) == G_N_ELEMENTS(keys));
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        put(file, keys[i].key, values[i]);
    }
    put(file, "starts", texts->starts);
    put(file, "ends", texts->ends);
    put(file, "standing", texts->standing ? "yes" : NULL);
    g_autofree char *text = front_matter_write(file, letter, strlen(letter));
    return campaign_parse(text, strlen(text), zone, now, error);
}

char *campaign_mark(const Campaign *campaign)
{
    if (campaign == NULL) {
        return hash_mark(NULL);
    }
    g_autofree char *dates = g_strdup_printf("%" PRId64 " %" PRId64 " %d", campaign->starts,
                                             campaign->ends, campaign->standing);
    const char *const texts[] = {campaign->heading,
                                 campaign->call,
                                 campaign->amounts,
                                 campaign->minimum,
                                 campaign->danger,
                                 campaign->share,
                                 campaign->letter,
                                 dates,
                                 NULL};
    return hash_mark(texts);
}

/* Columns from `first`: heading … standing. */
static Campaign *campaign_of_row(StoreRows *rows, const char *name, const char *language, int first)
{
    Campaign *campaign = g_new0(Campaign, 1);
    campaign->name = g_strdup(name);
    campaign->language = g_strdup(language);
    campaign->heading = store_text_copy(rows, first);
    campaign->call = store_text_copy(rows, first + 1);
    campaign->amounts = store_text_copy(rows, first + 2);
    campaign->minimum = store_text_copy(rows, first + 3);
    campaign->danger = store_text_copy(rows, first + 4);
    campaign->share = store_text_copy(rows, first + 5);
    campaign->letter = store_text_copy(rows, first + 6);
    campaign->starts = store_number(rows, first + 7);
    campaign->ends = store_number(rows, first + 8);
    campaign->ends = campaign->ends == 0 ? INT64_MAX : campaign->ends;
    campaign->standing = store_number(rows, first + 9) != 0;
    return campaign;
}

static bool same(const Campaign *a, const Campaign *b)
{
    return strcmp(a->heading, b->heading) == 0 && strcmp(a->call, b->call) == 0 &&
           strcmp(a->amounts, b->amounts) == 0 && strcmp(a->minimum, b->minimum) == 0 &&
           strcmp(a->danger, b->danger) == 0 && strcmp(a->share, b->share) == 0 &&
           strcmp(a->letter, b->letter) == 0 && a->ends == b->ends && a->standing == b->standing;
}

typedef struct {
    const Campaign *campaign;
    int64_t now;
    bool changed;
} Set;

/* A campaign that comes or goes later is a moment at which the frame changes. */
static bool touch(Store *store, const Set *set, GError **error)
{
    const Campaign *campaign = set->campaign;
    g_autofree char *recent = g_strdup_printf("frame:%s/recent", campaign->language);
    if (campaign->starts > set->now &&
        !press_touch_due(store, campaign->starts, recent, 0, 0, error)) {
        return false;
    }
    if (campaign->ends != INT64_MAX &&
        !press_touch_due(store, campaign->ends, recent, 0, 0, error)) {
        return false;
    }
    return press_touch(store, recent, error);
}

static bool write_campaign(Store *store, const Campaign *c, int64_t id, bool standing,
                           GError **error)
{
    const int64_t *ends = c->ends == INT64_MAX ? NULL : &c->ends;
    if (standing && !fund_campaign_unmark_standing(store, c->language, error)) {
        return false;
    }
    if (id != 0) {
        return fund_campaign_update(store, id, c->heading, c->call, c->amounts, c->minimum,
                                    c->danger, c->share, c->letter, c->starts, ends, standing,
                                    error);
    }
    return store_next_id(store, "fund_campaign", &id, error) &&
           fund_campaign_insert(store, id, c->name, c->language, c->heading, c->call, c->amounts,
                                c->minimum, c->danger, c->share, c->letter, c->starts, ends,
                                standing, error);
}

/* The campaign as it stands and its id, or none; and whether its language has any. */
static bool look_up(Store *store, const Campaign *c, Campaign **known, int64_t *id, bool *first,
                    GError **error)
{
    g_autoptr(StoreRows) rows = fund_campaign_by_name(store, c->name, c->language, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        *id = store_number(rows, 0);
        *known = campaign_of_row(rows, c->name, c->language, 1);
    }
    if (step == STORE_FAILED) {
        return false;
    }
    g_autoptr(StoreRows) others = fund_campaign_any(store, c->language, error);
    step = others == NULL ? STORE_FAILED : store_rows_next(others, error);
    *first = step == STORE_END;
    return step != STORE_FAILED;
}

static bool set_body(Store *store, void *data, GError **error)
{
    Set *set = data;
    g_autoptr(Campaign) known = NULL;
    int64_t id = 0;
    bool first = false;
    if (!look_up(store, set->campaign, &known, &id, &first, error)) {
        return false;
    }
    bool standing = set->campaign->standing || first || (known != NULL && known->standing);
    Campaign wanted = *set->campaign;
    wanted.standing = standing;
    wanted.starts =
        known != NULL && set->campaign->starts == set->now ? known->starts : wanted.starts;
    set->changed = known == NULL || !same(known, &wanted) || known->starts != wanted.starts;
    return !set->changed ||
           (write_campaign(store, &wanted, id, standing, error) && touch(store, set, error));
}

bool campaign_set(Store *store, const Campaign *campaign, int64_t now, bool *changed,
                  GError **error)
{
    Set set = {campaign, now, false};
    if (!store_transact(store, set_body, &set, error)) {
        return false;
    }
    *changed = set.changed;
    return true;
}

Campaign *campaign_shown(Store *store, const char *language, bool standing, int64_t as_of,
                         GError **error)
{
    g_autoptr(StoreRows) rows = standing ? fund_campaign_standing(store, language, as_of, error)
                                         : fund_campaign_running(store, language, as_of, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return NULL;
    }
    g_autofree char *name = store_text_copy(rows, 0);
    return campaign_of_row(rows, name, language, 1);
}

Campaign *campaign_named(Store *store, const char *name, const char *language, GError **error)
{
    g_autoptr(StoreRows) rows = fund_campaign_by_name(store, name, language, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return NULL;
    }
    return campaign_of_row(rows, name, language, 1);
}

bool campaign_each(Store *store, CampaignTaker take, void *data, GError **error)
{
    g_autoptr(StoreRows) rows = fund_campaigns(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_autoptr(Campaign) campaign = g_new0(Campaign, 1);
        campaign->name = store_text_copy(rows, 0);
        campaign->language = store_text_copy(rows, 1);
        campaign->heading = store_text_copy(rows, 2);
        campaign->starts = store_number(rows, 3);
        campaign->ends = store_number(rows, 4) == 0 ? INT64_MAX : store_number(rows, 4);
        campaign->standing = store_number(rows, 5) != 0;
        if (!take(campaign, data, error)) {
            return false;
        }
    }
    return step == STORE_END;
}
