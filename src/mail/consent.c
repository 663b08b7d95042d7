/* What subscribers agree to: consent.h. */
#include "mail/consent.h"

#include "base/clock.h"
#include "base/moment.h"
#include "desk/story_list.h"
#include "mail_sql.h"
#include "seal/hash.h"
#include "theme/strings.h"

#include <string.h>

#define PAGES_MOST 20u

char *consent_wording(const char *language)
{
    return g_strdup_printf("%s %s", strings_get(language, "newsletter_agree"),
                           strings_get(language, "privacy"));
}

void consent_hash(const char *language, char hash[CONSENT_HASH])
{
    g_autofree char *wording = consent_wording(language);
    Hash whole = hash_of(wording, strlen(wording));
    char hex[HASH_HEX];
    hash_hex(&whole, hex);
    g_strlcpy(hash, hex, CONSENT_HASH);
}

bool consent_note(Store *store, const char *language, const char *hash, GError **error)
{
    char now[CONSENT_HASH];
    consent_hash(language, now);
    if (strcmp(now, hash) != 0) {
        return true;
    }
    g_autofree char *wording = consent_wording(language);
    return mail_consent_put(store, hash, language, wording, clock_now(), error);
}

/* The page whose file is privacy.html. */
static bool policy_card(Store *store, const char *language, int64_t as_of, GPtrArray **pages,
                        const StoryCard **policy, GError **error)
{
    g_autofree char *list = g_strconcat("list:pages/", language, NULL);
    if (!story_list_read(store, list, as_of, PAGES_MOST, pages, error)) {
        return false;
    }
    for (guint i = 0; i < (*pages)->len; i++) {
        const StoryCard *card = (*pages)->pdata[i];
        const char *slash = strrchr(card->path, '/');
        if (strcmp(slash == NULL ? card->path : slash + 1, "privacy.html") == 0) {
            *policy = card;
        }
    }
    return true;
}

char *consent_policy_version(Store *store, const char *language, GError **error)
{
    g_autoptr(GPtrArray) pages = NULL;
    const StoryCard *policy = NULL;
    if (!policy_card(store, language, clock_now(), &pages, &policy, error)) {
        return NULL;
    }
    return policy == NULL ? g_strdup("") : moment_rfc3339(MAX(policy->published, policy->updated));
}

bool consent_policy_path(Store *store, const char *language, int64_t as_of, char **path,
                         GError **error)
{
    g_autoptr(GPtrArray) pages = NULL;
    const StoryCard *policy = NULL;
    if (!policy_card(store, language, as_of, &pages, &policy, error)) {
        return false;
    }
    *path = policy == NULL ? NULL : g_strdup(policy->path);
    return true;
}
