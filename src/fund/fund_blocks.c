/* What a campaign puts on pages: fund_blocks.h. Which campaign is shown is campaign.c. */
#include "fund/fund_blocks.h"

#include "fund/campaign.h"
#include "fund/campaign_letter.h"
#include "fund/form_block.h"
#include "seal/hash.h"

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
    SafeHtml html = {0};
    if (support == NULL || !campaign_letter(campaign, &html, error)) {
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
