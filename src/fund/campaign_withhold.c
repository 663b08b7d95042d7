/* A name out of campaigns: campaign_withhold.h. A campaign's name is an identifier and stays. */
#include "fund/campaign_withhold.h"

#include "fund/campaign.h"
#include "text/replace.h"
#include "theme/strings.h"

typedef struct {
    Store *store;
    const GPtrArray *names;
    const char *instead;
    int64_t now;
} Work;

/* "name", "language", "name" … */
static bool gather(const Campaign *campaign, void *data, GError **error)
{
    g_ptr_array_add(data, g_strdup(campaign->name));
    g_ptr_array_add(data, g_strdup(campaign->language));
    return true;
}

static bool replace(char **text, const Work *work, const char *instead)
{
    char *replaced = text_replace_words(*text, work->names, instead, NULL);
    if (replaced != NULL) {
        g_free(*text);
        *text = replaced;
    }
    return replaced != NULL;
}

static bool replace_in(const Work *work, const char *name, const char *language, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Campaign) campaign = campaign_named(work->store, name, language, &reason);
    if (campaign == NULL) {
        bool absent = reason == NULL;
        if (!absent) {
            g_propagate_error(error, g_steal_pointer(&reason));
        }
        return absent;
    }
    const char *instead =
        *work->instead != '\0' ? work->instead : strings_get(language, "withheld");
    char **const texts[] = {&campaign->heading, &campaign->call, &campaign->danger,
                            &campaign->share, &campaign->letter};
    bool any = false, changed = false;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        any |= replace(texts[i], work, instead);
    }
    return !any || campaign_set(work->store, campaign, work->now, &changed, error);
}

static bool body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    if (!campaign_each(store, gather, all, error)) {
        return false;
    }
    for (guint i = 0; i < all->len; i += 2) {
        if (!replace_in(work, all->pdata[i], all->pdata[i + 1], error)) {
            return false;
        }
    }
    return true;
}

bool campaign_withhold(Store *store, const GPtrArray *names, const char *instead, int64_t now,
                       GError **error)
{
    Work work = {store, names, instead, now};
    return names->len == 0 || store_transact(store, body, &work, error);
}
