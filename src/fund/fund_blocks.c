/* What a campaign puts on pages: fund_blocks.h. Which campaign is shown is campaign.c. */
#include "fund/fund_blocks.h"

#include "fund/campaign.h"
#include "fund/form_block.h"
#include "seal/hash.h"
#include "text/markdown.h"
#include "text/mustache.h"

#include <string.h>

typedef struct {
    char *call, *heading;
    char *support; /* the path of the page with the form */
    SafeHtml letter;
} Content;

static void content_free(void *data)
{
    Content *content = data;
    g_free(content->call);
    g_free(content->heading);
    g_free(content->support);
    safe_html_clear(&content->letter);
    g_free(content);
}

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

static char *version_of(const Content *content)
{
    g_autofree char *all = g_strjoin("\f", content->call, content->heading, content->support,
                                     safe_html_markup(&content->letter), NULL);
    Hash hash = hash_of(all, strlen(all));
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    return g_strndup(hex, 16);
}

static bool load(Store *store, const char *language, bool standing, int64_t as_of, void **content,
                 char **version, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Campaign) campaign = campaign_shown(store, language, standing, as_of, &reason);
    if (campaign == NULL) {
        if (reason != NULL) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        return true;
    }
    g_autofree char *support = support_path(store, language, error);
    g_autofree char *letter = support == NULL ? NULL : fill_in(campaign, error);
    MarkdownOptions options = {.language = language};
    SafeHtml html = {0};
    if (letter == NULL || !markdown_render(letter, strlen(letter), &options, &html, error)) {
        g_prefix_error(error, "the letter of the campaign \"%s\": ", campaign->name);
        return false;
    }
    Content *made = g_new0(Content, 1);
    made->support = g_steal_pointer(&support);
    made->call = g_strdup(campaign->call);
    made->heading = g_strdup(campaign->heading);
    made->letter = html;
    *content = made;
    *version = version_of(made);
    return true;
}

static void fill_letter(const void *data, Value *page, const char *root)
{
    const Content *content = data;
    Value *letter = value_set_map(page, "letter");
    value_set_text(letter, "heading", content->heading);
    value_set_html(letter, "html", &content->letter);
}

/* The call leads to the page with the form (DESIGN 1.1). */
static void fill_call(const void *data, Value *page, const char *root)
{
    const Content *content = data;
    Value *call = value_set_map(page, "call");
    g_autofree char *url = g_strconcat(root, content->support, NULL);
    value_set_text(call, "text", content->call);
    value_set_text(call, "url", url);
}

const PressBlock fund_call_block = {.name = "call",
                                    .load = load,
                                    .fill = fill_call,
                                    .free = content_free,
                                    .help = "the call to support, in the masthead"};
const PressBlock fund_letter_block = {.name = "letter",
                                      .load = load,
                                      .fill = fill_letter,
                                      .free = content_free,
                                      .help = "the campaign's letter to readers"};
