/* The page on copies of the paper, one a language (DESIGN 1.8): where else it is found, and how
 * anybody checks a copy by the signature of its edition; and the same as text. Carrying editions
 * to mirrors is not here: this page only tells of them. */
#include "paper/kinds.h"
#include "paper/page_base.h"
#include "paper/text_page.h"
#include "press/setting.h"
#include "theme/strings.h"

#include <string.h>

#define KEY_UNKNOWN "KEY" /* stands in the command where the newsroom has not said its key */

/* Reads a setting and names it as an input. Caller frees. */
static char *read_setting(PressPage *press, const char *name, GError **error)
{
    g_autofree char *input = g_strconcat("setting:", name, NULL);
    press_page_read(press, input);
    return setting_get(press_page_store(press), name, error);
}

static bool fill_mirrors(PaperPage *page, GError **error)
{
    g_autofree char *setting = read_setting(page->press, "mirrors", error);
    g_auto(GStrv) urls = setting == NULL ? NULL : g_strsplit(setting, ",", -1);
    Value *list = value_set_list(page->values, "mirrors");
    if (urls == NULL) {
        return false;
    }
    for (char **url = urls; *url != NULL; url++) {
        if (*g_strstrip(*url) != '\0') {
            value_set_text(value_append_map(list), "url", *url);
        }
    }
    value_set_bool(page->values, "has_mirrors", urls[0] != NULL);
    return true;
}

/* check {key, lines [{text}], edition, signature}: what a reader types in the copy's folder. */
static bool fill_check(PaperPage *page, GError **error)
{
    g_autofree char *key = read_setting(page->press, "publish-key", error);
    if (key == NULL) {
        return false;
    }
    g_autofree char *signature = g_strdup_printf("minisign -Vm EDITION -x EDITION.sig -P %s",
                                                 *key == '\0' ? KEY_UNKNOWN : key);
    const char *const lines[] = {signature, "sha256sum -c EDITION"};
    Value *check = value_set_map(page->values, "check");
    Value *list = value_set_list(check, "lines");
    value_set_text(check, "key", key);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        value_set_text(value_append_map(list), "text", lines[i]);
    }
    paper_set_url(page, check, "edition", "EDITION");
    paper_set_url(page, check, "signature", "EDITION.sig");
    return true;
}

static bool begin(PaperPage *page, PressPage *press, const char *template, const char *language,
                  const char *name, GError **error)
{
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "mirrors/", name, NULL);
    return paper_page_begin(page, press, template, language, path, false, error) &&
           fill_mirrors(page, error) && fill_check(page, error);
}

static bool render(PressPage *press, const char *language, GError **error)
{
    g_auto(PaperPage) page = {0};
    if (!paper_has_language(press, language)) {
        return true;
    }
    if (!begin(&page, press, "mirrors", language, "index.html", error)) {
        return false;
    }
    g_autofree char *text = paper_text_path(page.path);
    paper_set_url(&page, page.values, "text_url", text);
    paper_set_head(&page, strings_get(language, "mirrors"), strings_get(language, "mirrors_text"));
    return paper_page_end(&page, 0, error);
}

/* The items of a list, a line each. */
static void add_lines(GString *out, const Value *list, const char *key)
{
    size_t count = 0;
    const Value *const *items = value_items(list, &count);
    g_string_append_c(out, '\n');
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out, "%s\n", value_string(value_get(items[i], key), NULL));
    }
}

static void add_string(GString *out, const PaperPage *page, const char *name)
{
    g_string_append_printf(out, "\n%s\n", strings_get(page->language, name));
}

static void add_check(GString *out, const PaperPage *page)
{
    const Value *check = value_get(page->values, "check");
    const char *key = value_string(value_get(check, "key"), NULL);
    bool known = key != NULL && *key != '\0';
    add_string(out, page, "check_copy");
    add_string(out, page, "check_text");
    add_lines(out, value_get(check, "lines"), "text");
    add_string(out, page, "check_means");
    if (known) {
        g_string_append_printf(out, "\n%s: %s\n", strings_get(page->language, "check_key"), key);
    }
    add_string(out, page, known ? "check_compare" : "check_ask");
}

static bool render_text(PressPage *press, const char *language, GError **error)
{
    g_auto(PaperPage) page = {0};
    if (!paper_has_language(press, language)) {
        return true;
    }
    /* The template is not used, but the frame is. */
    if (!begin(&page, press, "moved", language, "index.txt", error)) {
        return false;
    }
    GString *out = page.run->out;
    const Value *mirrors = value_get(page.values, "mirrors");
    g_autofree char *beside =
        g_strconcat(paper_prefix(page.run, language), "mirrors/index.html", NULL);
    g_string_truncate(out, 0);
    g_string_append_printf(out, "%s\n", strings_get(language, "mirrors"));
    add_string(out, &page, "mirrors_text");
    g_string_append_printf(out, "\n%s: %s\n", strings_get(language, "mirrors_main"), page.run->url);
    add_lines(out, mirrors, "url");
    add_check(out, &page);
    paper_text_source(&page, beside);
    return paper_text_end(&page, 0, error);
}

const PressKind paper_mirrors = {.name = "mirrors",
                                 .wave = PRESS_WAVE_REST,
                                 .fixed = true,
                                 .keys = paper_keys_languages,
                                 .render = render,
                                 .help = "where else the paper is, and how to check a copy"};
const PressKind paper_text_mirrors = {.name = "text-mirrors",
                                      .wave = PRESS_WAVE_REST,
                                      .fixed = true,
                                      .keys = paper_keys_languages,
                                      .render = render_text,
                                      .help = "the page on mirrors as plain text"};
