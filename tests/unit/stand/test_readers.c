/* Which names count as what: no name of a page is ever part of a cell. */
#include "stand/readers.h"

#include <string.h>

static void test_cells(void)
{
    static const struct {
        const char *name, *cell; /* NULL: not counted */
    } rows[] = {
        {"index.html", "-/front"},
        {"ru/index.html", "ru/front"},
        {"2026/11/23/ferry.html", "-/story"},
        {"ru/2026/11/23/parom.html", "ru/story"},
        {"pt-br/2026/11/23/balsa.html", "pt-br/story"},
        {"news/1234/index.html", "-/story"},
        {"2026/11/23/index.html", "-/list"},
        {"2026/index.html", "-/list"},
        {"ru/section/politics/index.html", "ru/list"},
        {"topic/harbour/2026/index.html", "-/list"},
        {"about.html", "-/page"},
        {"support/index.html", "-/page"},
        {"ru/newsletter/weekly/latest.html", "ru/page"},
        {"2026/11/23/ferry.txt", "-/text"},
        {"index.txt", "-/text"},
        {"feed.xml", "-/feed"},
        {"ru/section/politics/feed.json", "ru/feed"},
        {"atom.xml", "-/feed"},
        {"404.html", NULL},
        {"ru/404.html", NULL},
        {"robots.txt", NULL},
        {".well-known/security.txt", NULL},
        {"o/ab/abcdef.jpg", NULL},
        {"o/ab/abcdef.txt", NULL},
        {"MANIFEST", NULL},
        {"EDITION", NULL},
        {"sitemap.xml", NULL},
        {"sw.js", NULL},
        {"search/en/day.json", NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        char cell[TALLY_NAME] = "untouched";
        bool counted = readers_cell(rows[i].name, readers_tongue(rows[i].name) > 0, cell);
        g_assert_cmpint(counted, ==, rows[i].cell != NULL);
        g_assert_cmpstr(cell, ==, counted ? rows[i].cell : "untouched");
    }
}

/* A directory that only looks like a language is the site's own. */
static void test_no_tongue(void)
{
    char cell[TALLY_NAME];
    g_assert_cmpuint(readers_tongue("tag/story.html"), ==, 3);
    g_assert_true(readers_cell("tag/story.html", false, cell));
    g_assert_cmpstr(cell, ==, "-/story");
    g_assert_cmpuint(readers_tongue("index.html"), ==, 0);
    g_assert_cmpuint(readers_tongue("section/x"), ==, 0);
    g_assert_cmpuint(readers_tongue("r/x"), ==, 0);
    g_assert_cmpuint(readers_tongue("ru-/x"), ==, 0);
    g_assert_cmpuint(readers_tongue("ru-abcdefghi/x"), ==, 0);
    g_assert_cmpuint(readers_tongue("RU/x"), ==, 0);
    g_assert_cmpuint(readers_tongue(""), ==, 0);
    g_assert_true(readers_cell("abc-abcdefgh/2026/11/23/x.html", true, cell));
    g_assert_cmpstr(cell, ==, "abc-abcdefgh/story");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/readers/cells", test_cells);
    g_test_add_func("/readers/no-tongue", test_no_tongue);
    return g_test_run();
}
