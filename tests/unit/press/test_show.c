/* A page in memory: its bytes, what it uses, and that nothing is written. */
#include "press/show.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "press_sql.h"

#include <glib/gstdio.h>
#include <string.h>

#define FONT      "o/ab/ab00000000000000000000000000000000000000000000000000000000000000.woff2"
#define FILE_NAME "o/cd/cd00000000000000000000000000000000000000000000000000000000000000.jpg"

static char *picture; /* a file */

static bool render(PressPage *page, const char *key, GError **error)
{
    g_autofree char *script = NULL;
    if (strcmp(key, "none") == 0) {
        return true;
    }
    if (strcmp(key, "bad") == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a story without an end");
    }
    g_autoptr(GError) missing = NULL;
    g_assert_false(press_page_object_file(page, FILE_NAME, "/nowhere.jpg", 3, &missing));
    g_assert_error(missing, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    return press_page_object_named(page, FONT, "font", 4, error) &&
           press_page_object_file(page, FILE_NAME, picture, 3, error) &&
           press_page_object_bytes(page, "js", "1;", 2, &script, error) &&
           press_page_set(page, "2026/a.html", "<p>text", 7, 40, error);
}

static const PressKind draft = {.name = "draft", .wave = 1, .render = render};
static const PressKind *const kinds[] = {&draft, NULL};
static const PressGlobal globals[] = {{NULL, NULL}};
static const PressRecipes recipes = {.kinds = kinds, .globals = globals};

static void test_shown(Store *store, const char *url)
{
    g_auto(PressShown) shown = {0};
    g_autoptr(GError) error = NULL;
    int file = g_file_open_tmp("kolokol-show-XXXXXX", &picture, NULL);
    g_assert_cmpint(file, >=, 0);
    g_close(file, NULL);
    g_assert_true(press_show(store, &recipes, 100, "draft:1", &shown, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(shown.path, ==, "2026/a.html");
    g_assert_cmpstr(g_bytes_get_data(shown.html, NULL), ==, "<p>text");
    g_assert_cmpuint(g_bytes_get_size(shown.html), ==, 7);
    g_assert_cmpuint(shown.objects->len, ==, 3);
    g_assert_cmpstr(press_shown_object(&shown, FILE_NAME)->source, ==, picture);
    g_assert_cmpuint(g_bytes_get_size(press_shown_object(&shown, FONT)->bytes), ==, 4);
    g_assert_null(press_shown_object(&shown, "o/ee/ee.jpg"));
    g_autoptr(StoreRows) rows = press_page_names(store, NULL);
    g_assert_cmpint(store_rows_next(rows, NULL), ==, STORE_END); /* no book knows of it */
    g_remove(picture);
    g_clear_pointer(&picture, g_free);
}

static void test_none(Store *store, const char *url)
{
    static const struct {
        const char *name;
        int code;
    } cases[] = {{"draft:none", KOLOKOL_ERROR_NOT_FOUND},
                 {"other:1", KOLOKOL_ERROR_NOT_FOUND},
                 {"draft:bad", KOLOKOL_ERROR_INVALID}};

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PressShown) shown = {0};
        g_autoptr(GError) error = NULL;
        g_assert_false(press_show(store, &recipes, 100, cases[i].name, &shown, &error));
        g_assert_error(error, KOLOKOL_ERROR, cases[i].code);
        g_assert_null(shown.html);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/show/page", test_shown);
    stores_test_add("/show/none", test_none);
    return g_test_run();
}
