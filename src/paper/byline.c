/* Bylines: byline.h. The order of words is the language's (theme/strings.h); so a line is first put
 * together with marks in the places of the names, and these are then replaced. */
#include "paper/byline.h"

#include "text/html.h"
#include "theme/strings.h"

#include <string.h>

#define MARK "\x01" /* in no name: texts from outside have no control characters */

/* The names as the language joins them, or for each a mark with its place in the card. */
static char *join_names(const char *language, const StoryCard *card, bool reporting, bool marked)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < card->bylines->len; i++) {
        const StoryByline *byline = card->bylines->pdata[i];
        if (byline->reporting == reporting) {
            g_ptr_array_add(names,
                            marked ? g_strdup_printf(MARK "%u" MARK, i) : g_strdup(byline->name));
        }
    }
    if (card->withheld && !reporting) {
        g_ptr_array_add(names, g_strdup(strings_get(language, "withheld")));
    }
    return names->len == 0 ? NULL
                           : strings_join(language, (const char *const *)names->pdata, names->len);
}

static void append_part(GString *line, const char *part)
{
    g_string_append_printf(line, "%s%s", line->len == 0 ? "" : " · ", part);
}

static void read_authors(PressPage *press, const StoryCard *card)
{
    for (guint i = 0; i < card->bylines->len; i++) {
        const StoryByline *byline = card->bylines->pdata[i];
        g_autofree char *input = g_strdup_printf("author:%s/%s", card->language, byline->slug);
        press_page_read(press, input);
    }
}

/* Empty if there is nobody to name. Caller frees. */
static GString *compose(PressPage *press, const char *language, const StoryCard *card, bool marked)
{
    GString *line = g_string_new(NULL);
    read_authors(press, card);
    for (unsigned reporting = 0; reporting < 2; reporting++) {
        g_autofree char *names = join_names(language, card, reporting == 1, marked);
        if (names != NULL) {
            g_autofree char *part = strings_fill(language, reporting == 1 ? "reporting_by" : "by",
                                                 "names", names, NULL);
            append_part(line, part);
        }
    }
    if (*card->agency != '\0') {
        append_part(line, card->agency);
    }
    return line;
}

char *paper_byline_text(PressPage *press, const char *language, const StoryCard *card)
{
    GString *line = compose(press, language, card, false);
    return g_string_free(line, line->len == 0);
}

char **paper_byline_names(PressPage *press, const StoryCard *card)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    read_authors(press, card);
    for (guint i = 0; i < card->bylines->len; i++) {
        const StoryByline *byline = card->bylines->pdata[i];
        g_strv_builder_add(names, byline->name);
    }
    if (card->bylines->len == 0 && *card->agency != '\0') {
        g_strv_builder_add(names, card->agency);
    }
    return g_strv_builder_end(names);
}

static void append_link(GString *out, const PaperPage *page, const StoryByline *byline)
{
    g_autofree char *url = g_strdup_printf("%s%sauthor/%s/index.html", page->root,
                                           paper_prefix(page->run, page->language), byline->slug);
    g_string_append(out, "<a rel=\"author\" href=\"");
    html_escape_url(out, url, strlen(url));
    g_string_append(out, "\">");
    html_escape_text(out, byline->name, strlen(byline->name));
    g_string_append(out, "</a>");
}

void paper_fill_byline(PaperPage *page, Value *map, const char *key, const StoryCard *card)
{
    GString *line = compose(page->press, page->language, card, true);
    g_auto(GStrv) parts = g_strsplit(line->str, MARK, -1); /* text, place, text, place, text */
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; parts[i] != NULL; i++) {
        if (i % 2 == 1) {
            guint64 place = g_ascii_strtoull(parts[i], NULL, 10);
            append_link(out, page, card->bylines->pdata[place]);
        } else {
            html_escape_text(out, parts[i], strlen(parts[i]));
        }
    }
    g_string_free(line, TRUE);
    g_auto(SafeHtml) html = safe_html_from_already_safe_markup(g_string_free(out, FALSE));
    if (!safe_html_is_empty(&html)) {
        value_set_html(map, key, &html);
    }
}
