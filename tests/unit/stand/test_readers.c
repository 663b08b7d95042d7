/* Which names count as what, and which requests count: no name of a page is ever part of a cell. */
#include "stand/readers.h"

#include "base/clock.h"
#include "fixture.h"
#include "stand/site.h"

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
        {"404.txt", NULL},
        {"ru/404.txt", NULL},
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

#define STORY "/2026/11/23/ferry.html"

static bool take_count(const TallyCount *count, void *data, GError **error)
{
    g_string_append_printf(data, "%s %" G_GINT64_FORMAT "\n", count->name, count->count);
    return true;
}

static Fixture *pressed(void)
{
    static const char status[] = "301 2026/11/20/old.html 2026/11/23/ferry.html\n"
                                 "410 2026/11/21/gone.html\n";
    static const char *const names[] = {"index.html",
                                        "2026/11/23/ferry.html",
                                        "section/politics/index.html",
                                        "404.html",
                                        "ru/index.html",
                                        "sw.js",
                                        "2026/11/20/old.html",
                                        "2026/11/21/gone.html"};
    Fixture *fixture = fixture_new();
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        fixture_put(fixture, names[i], names[i]);
    }
    fixture_put_plain(fixture, "STATUS/2026-11", status, strlen(status));
    return fixture;
}

static void ask_times(Site *site, const char *method, const char *path, unsigned times)
{
    HttpRequest request;
    for (unsigned i = 0; i < times; i++) {
        http_request_init(&request, method, path);
        http_reply_unref(site_answer(&request, site));
    }
}

/* Asked again by one who has it: 304 each time. */
static void ask_again(Site *site, const char *path, unsigned times)
{
    HttpRequest request;
    http_request_init(&request, "GET", path);
    http_request_add(&request, "If-None-Match", "*");
    for (unsigned i = 0; i < times; i++) {
        g_autoptr(HttpReply) reply = site_answer(&request, site);
        g_assert_cmpuint(http_reply_status(reply), ==, 304);
    }
}

/* Whole answers and 304 to GET; not HEAD, what is missing, gone or elsewhere, pictures, scripts. */
static void test_counted(void)
{
    Fixture *fixture = pressed();
    g_autofree char *object = fixture_object(fixture, "jpg", "0123456789", 10);
    g_autofree char *picture = g_strconcat("/", object, NULL);
    g_autofree void *room = g_malloc0(tally_room());
    g_autoptr(Tally) tally = tally_new(room);
    SiteOptions options = {.directory = fixture->directory, .tally = tally};
    fixture_press(fixture);
    Site *site = site_new(&options, NULL);
    ask_times(site, "GET", STORY, TALLY_STEP);
    ask_again(site, STORY, TALLY_STEP);
    ask_times(site, "GET", "/", TALLY_STEP);
    ask_times(site, "GET", "/ru/", 2 * TALLY_STEP - 1);
    ask_times(site, "HEAD", STORY, 100);
    ask_times(site, "POST", STORY, 100);
    ask_times(site, "GET", "/no/such.html", 100);
    ask_times(site, "GET", "/2026/11/20/old.html", 100);
    ask_times(site, "GET", "/2026/11/21/gone.html", 100);
    ask_times(site, "GET", "/section/politics", 100);
    ask_times(site, "GET", "/sw.js", 100);
    ask_times(site, "GET", picture, 100);
    tally_publish(tally, clock_now());
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(room, tally_room());
    g_assert_true(tally_read(bytes, clock_now(), take_count, seen, NULL));
    g_assert_cmpstr(seen->str, ==, "-/story 10\n-/front 5\nru/front 5\n");
    site_free(site);
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/readers/cells", test_cells);
    g_test_add_func("/readers/no-tongue", test_no_tongue);
    g_test_add_func("/readers/counted", test_counted);
    return g_test_run();
}
