/* A name out of newsletters: newsletter_withhold.h. A newsletter's name is an identifier and stays;
 * so does the sender's address. */
#include "mail/newsletter_withhold.h"

#include "mail/newsletter.h"
#include "text/replace.h"
#include "theme/strings.h"

#include <string.h>

typedef struct {
    const GPtrArray *names;
    const char *instead;
} Work;

static bool replace(char **text, const Work *work, const char *instead)
{
    char *replaced = text_replace_words(*text, work->names, instead, NULL);
    if (replaced != NULL) {
        g_free(*text);
        *text = replaced;
    }
    return replaced != NULL;
}

/* "Anna <letters@bell.example>": what stands before the address. */
static bool replace_sender(char **from, const Work *work, const char *instead)
{
    size_t length = strcspn(*from, "<");
    g_autofree char *name = g_strndup(*from, length);
    g_autofree char *address = g_strdup(*from + length);
    if (*address == '\0' || !replace(&name, work, instead)) {
        return false;
    }
    g_free(*from);
    *from = g_strconcat(name, address, NULL);
    return true;
}

static bool body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    g_autoptr(GPtrArray) all = newsletter_list(store, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        Newsletter *newsletter = all->pdata[i];
        const char *instead =
            *work->instead != '\0' ? work->instead : strings_get(newsletter->language, "withheld");
        bool any = replace(&newsletter->heading, work, instead), changed = false;
        any |= replace(&newsletter->description, work, instead);
        any |= replace_sender(&newsletter->from, work, instead);
        if (any && !newsletter_set(store, newsletter, &changed, error)) {
            return false;
        }
    }
    return all != NULL;
}

bool newsletter_withhold(Store *store, const GPtrArray *names, const char *instead, GError **error)
{
    Work work = {names, instead};
    return names->len == 0 || store_transact(store, body, &work, error);
}
