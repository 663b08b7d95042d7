/* The page with the contribution form in all its currencies, one a language (DESIGN 1.6): where
 * the call in the masthead leads. There is none while no campaign asks for anything. */
#include "paper/kinds.h"
#include "paper/page_base.h"
#include "theme/strings.h"

/* Old pages lead here too, so the standing campaign's form is shown if none runs. */
static bool begin(PaperPage *page, PressPage *press, const char *language, bool *exists,
                  GError **error)
{
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "support/index.html", NULL);
    for (int standing = 0; standing < 2; standing++) {
        paper_page_clear(page);
        if (!paper_page_begin(page, press, "support", language, path, standing == 1, error)) {
            return false;
        }
        *exists = value_get(page->values, "letter") != NULL;
        if (*exists) {
            return true;
        }
    }
    return true;
}

static bool render(PressPage *press, const char *language, GError **error)
{
    g_auto(PaperPage) page = {0};
    bool exists = false;
    if (!paper_has_language(press, language)) {
        return true;
    }
    if (!begin(&page, press, language, &exists, error)) {
        return false;
    }
    paper_set_head(&page, strings_get(language, "support"), NULL);
    return !exists || paper_page_end(&page, 0, error);
}

const PressKind paper_support = {.name = "support",
                                 .wave = PRESS_WAVE_REST,
                                 .fixed = true,
                                 .keys = paper_keys_languages,
                                 .render = render,
                                 .help = "the page with the contribution form"};
