/* The kind "example": example.h. Key "LANGUAGE/TEMPLATE" or "LANGUAGE/TEMPLATE.CASE". What stands
 * in one is example_letter.c, example_answer.c and, for both, example_value.c. */
#include "paper/example.h"

#include "paper/newsletter_read.h"

#include <string.h>

static void example_clear(PaperExample *example)
{
    mail_site_clear(&example->site);
    g_clear_pointer(&example->newsletter, newsletter_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PaperExample, example_clear)

static bool example_read(PaperExample *example, GError **error)
{
    g_autoptr(GPtrArray) all = paper_newsletters_of(example->press, example->language, error);
    if (all == NULL) {
        return false;
    }
    example->newsletter = all->len == 0 ? NULL : g_ptr_array_steal_index(all, 0);
    return mail_site_read(press_page_store(example->press), example->language, &example->site,
                          error);
}

/* A letter or an answer is no page of the edition: the path only says where it is shown. */
static bool make(const PaperExample *example, const char *kind, GError **error)
{
    bool letter = g_str_has_prefix(example->template, "mail-"), made = false;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *path = g_strdup_printf("example/%s.html", kind);
    return (letter ? paper_example_letter(example, out, &made, error)
                   : paper_example_answer(example, out, &made, error)) &&
           (!made || press_page_set(example->press, path, out->str, out->len, 0, error));
}

static bool render(PressPage *press, const char *key, GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    if (parts == NULL || !paper_has_language(press, parts[0])) {
        return true;
    }
    g_auto(GStrv) names = g_strsplit(parts[1], ".", 2);
    g_auto(PaperExample) example = {.press = press,
                                    .run = press_page_run(press),
                                    .language = parts[0],
                                    .template = names[0] == NULL ? "" : names[0],
                                    .which = names[0] == NULL || names[1] == NULL ? "" : names[1]};
    if (!example_read(&example, error)) {
        return false;
    }
    bool stub = strcmp(example.template, "moved") == 0 || strcmp(example.template, "gone") == 0;
    return stub ? paper_example_stub(&example, error)
           : g_str_has_prefix(example.template, "newsletter-")
               ? paper_example_newsletter(&example, error)
               : make(&example, parts[1], error);
}

static bool keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error)
{
    return true; /* no edition has one */
}

const PressKind paper_example = {.name = "example",
                                 .wave = PRESS_WAVE_REST,
                                 .keys = keys,
                                 .render = render,
                                 .help = "a template filled with an example, for the office"};
