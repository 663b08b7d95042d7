/* The page with the contribution form in all its currencies, one a language (DESIGN 1.6): where
 * the call in the masthead leads; and the same as text, which says what the form asks and where it
 * is. There is none while no campaign asks for anything. */
#include "paper/kinds.h"
#include "paper/page_base.h"
#include "paper/text_page.h"
#include "text/plain.h"
#include "theme/strings.h"

#include <string.h>

/* Old pages lead here too, so the standing campaign's form is shown if none runs. */
static bool begin(PaperPage *page, PressPage *press, const char *template, const char *language,
                  const char *name, bool *exists, GError **error)
{
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "support/", name, NULL);
    for (int standing = 0; standing < 2; standing++) {
        paper_page_clear(page);
        if (!paper_page_begin(page, press, template, language, path, standing == 1, error)) {
            return false;
        }
        *exists = value_get(page->values, "letter") != NULL;
        if (*exists) {
            return true;
        }
    }
    return true;
}

/* The languages in which a campaign asks: a page that is not there would be looked for, and
 * rendered to nothing, in each run. */
static bool keys(Store *store, void *data_of_run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error)
{
    PaperRun *run = data_of_run;
    for (char **language = run->languages; *language != NULL; language++) {
        bool asks = false;
        for (int standing = 0; standing < 2; standing++) {
            PaperFrame *frame = paper_run_frame(run, *language, standing == 1);
            asks |= value_get(paper_frame_values(run, frame, "../"), "letter") != NULL;
        }
        if (asks && !take(*language, as_of, data, error)) {
            return false;
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
    if (!begin(&page, press, "support", language, "index.html", &exists, error)) {
        return false;
    }
    g_autofree char *text = paper_text_path(page.path);
    paper_set_url(&page, page.values, "text_url", text);
    paper_set_head(&page, strings_get(language, "support"), NULL);
    return !exists || paper_page_end(&page, 0, error);
}

/* A paragraph of a text that the frame has. */
static void add(GString *out, const Value *map, const char *key)
{
    const Value *value = value_get(map, key);
    size_t length = 0;
    const char *text = value == NULL ? NULL : value_string(value, &length);
    if (text != NULL && length > 0) {
        g_string_append_printf(out, "\n%s\n", text);
    }
}

static void add_letter(GString *out, const Value *letter)
{
    const char *markup = value_string(value_get(letter, "html"), NULL);
    add(out, letter, "heading");
    if (markup != NULL) {
        /* The block's own, safe since it was rendered. */
        g_auto(SafeHtml) html = safe_html_from_already_safe_markup(g_strdup(markup));
        g_autofree char *text = plain_from_html(&html, PLAIN_EDITION);
        g_string_append_printf(out, "\n%s\n", text);
    }
}

/* "Monthly: €2.00 · €5.00": a line each. */
static void add_amounts(GString *out, const Value *currency)
{
    size_t frequencies = 0, amounts = 0;
    const Value *const *rows = value_items(value_get(currency, "frequencies"), &frequencies);
    g_string_append_c(out, '\n');
    for (size_t f = 0; f < frequencies; f++) {
        const Value *const *sums = value_items(value_get(rows[f], "amounts"), &amounts);
        g_string_append_printf(out, "%s:", value_string(value_get(rows[f], "label"), NULL));
        for (size_t i = 0; i < amounts; i++) {
            g_string_append_printf(out, "%s %s", i == 0 ? "" : " ·",
                                   value_string(value_get(sums[i], "text"), NULL));
        }
        g_string_append_c(out, '\n');
    }
    g_string_append_printf(out, "%s\n", value_string(value_get(currency, "minimum"), NULL));
}

static void add_form(GString *out, const char *language, const Value *form)
{
    size_t count = 0;
    const Value *const *others = value_items(value_get(form, "others"), &count);
    add(out, form, "danger");
    add(out, form, "share");
    add_amounts(out, form);
    for (size_t i = 0; i < count; i++) {
        add_amounts(out, others[i]);
    }
    g_string_append_printf(out, "\n%s: %s\n", strings_get(language, "form_methods"),
                           value_string(value_get(form, "methods"), NULL));
}

static bool render_text(PressPage *press, const char *language, GError **error)
{
    g_auto(PaperPage) page = {0};
    bool exists = false;
    if (!paper_has_language(press, language)) {
        return true;
    }
    /* The template is not used, but the frame is. */
    bool begun = begin(&page, press, "moved", language, "index.txt", &exists, error);
    if (!begun || !exists) {
        return begun;
    }
    GString *out = page.run->out;
    const Value *form = value_get(page.values, "form");
    g_autofree char *beside =
        g_strconcat(paper_prefix(page.run, language), "support/index.html", NULL);
    g_string_truncate(out, 0);
    g_string_append_printf(out, "%s\n", strings_get(language, "support"));
    add_letter(out, value_get(page.values, "letter"));
    if (form != NULL) {
        add_form(out, language, form);
    }
    paper_text_source(&page, beside);
    return paper_text_end(&page, 0, error);
}

const PressKind paper_support = {.name = "support",
                                 .wave = PRESS_WAVE_REST,
                                 .fixed = true,
                                 .keys = keys,
                                 .render = render,
                                 .help = "the page with the contribution form"};
const PressKind paper_text_support = {.name = "text-support",
                                      .wave = PRESS_WAVE_REST,
                                      .fixed = true,
                                      .keys = keys,
                                      .render = render_text,
                                      .help = "what the contribution form asks, as plain text"};
