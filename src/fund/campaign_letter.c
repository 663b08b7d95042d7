/* A campaign's letter as HTML: campaign_letter.h. */
#include "fund/campaign_letter.h"

#include "press/setting.h"
#include "text/markdown.h"
#include "text/mustache.h"

#include <string.h>

static bool no_partials(gpointer data, const char *name, char **text, size_t *length,
                        GError **error)
{
    if (strcmp(name, "letter") != 0) {
        return false;
    }
    *text = g_strdup(data);
    *length = strlen(data);
    return true;
}

/* The letter with {{minimum_monthly}} filled in, as Markdown. */
static char *fill_in(const Campaign *campaign, GError **error)
{
    g_autoptr(MustacheSet) set = mustache_set_new(MUSTACHE_PLAIN, no_partials, campaign->letter);
    const MustacheTemplate *letter = mustache_set_get(set, "letter", error);
    if (letter == NULL) {
        return NULL;
    }
    Amounts table;
    if (!amounts_parse(campaign->amounts, campaign->minimum, &table, error)) {
        return NULL;
    }
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *values = value_map(arena);
    const AmountsCurrency *main = &table.currencies[0];
    g_autofree char *minimum = money_text(campaign->language, main->minimum, main->currency);
    value_set_text(values, "minimum_monthly", minimum);
    GString *out = g_string_new(NULL);
    bool done = mustache_render(letter, values, 0, out, error);
    char *text = g_string_free(out, FALSE);
    if (!done) {
        g_clear_pointer(&text, g_free);
    }
    return text;
}

bool campaign_letter(const Campaign *campaign, SafeHtml *html, GError **error)
{
    g_autofree char *letter = fill_in(campaign, error);
    MarkdownOptions options = {.language = campaign->language};
    if (letter == NULL || !markdown_render(letter, strlen(letter), &options, html, error)) {
        g_prefix_error(error, "the letter of the campaign \"%s\": ", campaign->name);
        return false;
    }
    return true;
}

bool campaign_fits(Store *store, const Campaign *campaign, GError **error)
{
    g_auto(SafeHtml) letter = {0};
    return setting_has_language(store, campaign->language, error) &&
           campaign_letter(campaign, &letter, error);
}
