/* Sections, topics and authors as text, beside the pages of shelf.c: the newest stories and below
 * them the years, a month's stories, a year's months. Each leads to texts. */
#include "paper/shelf_private.h"

#include "paper/text_page.h"
#include "theme/strings.h"

/* Begins the text `rest`index.txt of a shelf with its heading. */
static bool begin(ShelfPage *at, PressPage *press, const char *rest, const char *heading,
                  const char *about, GError **error)
{
    g_autofree char *path = g_strconcat(at->dir, rest, "index.txt", NULL);
    if (!paper_text_begin(&at->page, press, at->parts[0], path, error)) {
        return false;
    }
    paper_text_heading(&at->page, heading, about);
    return true;
}

bool paper_shelf_text_render(const PaperShelf *shelf, PressPage *press, const char *key,
                             GError **error)
{
    g_auto(ShelfPage) at = {0};
    g_autoptr(GPtrArray) cards = NULL;
    bool read = shelf_newest(&at, shelf, press, key, &cards, error);
    if (!read || cards == NULL) {
        return read;
    }
    g_autoptr(GArray) years = shelf_years(shelf, press, key, error);
    if (years == NULL || !begin(&at, press, "", at.name, at.about, error)) {
        return false;
    }
    paper_text_cards(&at.page, cards);
    if (years->len > 0) {
        paper_text_heading(&at.page, strings_get(at.parts[0], "archive"), NULL);
        paper_text_dates(&at.page, years, at.dir, true);
    }
    return paper_text_end(&at.page, ((const StoryCard *)cards->pdata[0])->published, error);
}

bool paper_shelf_text_month_render(const PaperShelf *shelf, PressPage *press, const char *key,
                                   GError **error)
{
    g_auto(ShelfPage) at = {0};
    g_autoptr(GPtrArray) cards = NULL;
    bool read = shelf_month(&at, shelf, press, key, &cards, error);
    if (!read || cards == NULL) {
        return read;
    }
    const char *month = at.parts[2];
    g_autofree char *rest = g_strdup_printf("%.4s/%s/", month, month + 5);
    g_autofree char *heading = shelf_heading(&at, press_page_run(press));
    if (!begin(&at, press, rest, heading, NULL, error)) {
        return false;
    }
    paper_text_cards(&at.page, cards);
    return paper_text_end(&at.page, ((const StoryCard *)cards->pdata[0])->published, error);
}

bool paper_shelf_text_year_render(const PaperShelf *shelf, PressPage *press, const char *key,
                                  GError **error)
{
    g_auto(ShelfPage) at = {0};
    g_autoptr(GArray) months = NULL;
    bool read = shelf_year(&at, shelf, press, key, &months, error);
    if (!read || months == NULL) {
        return read;
    }
    g_autofree char *rest = g_strconcat(at.parts[2], "/", NULL);
    g_autofree char *heading = shelf_heading(&at, press_page_run(press));
    if (!begin(&at, press, rest, heading, NULL, error)) {
        return false;
    }
    paper_text_dates(&at.page, months, at.dir, false);
    return paper_text_end(&at.page, g_ascii_strtoll(at.parts[2], NULL, 10), error);
}
