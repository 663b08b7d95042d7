#include "edition/status.h"

#include "base/error.h"
#include "base/limits.h"
#include "fixture.h"

#include <string.h>

static void test_round(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_assert_true(status_write(text, 301, "a/old.html", "a/new.html", NULL));
    g_assert_true(status_write(text, 301, "b.html", "https://elsewhere.example/x?y=1", NULL));
    g_assert_true(status_write(text, 410, "c.html", NULL, NULL));
    g_assert_cmpstr(text->str, ==,
                    "301 a/old.html a/new.html\n301 b.html https://elsewhere.example/x?y=1\n"
                    "410 c.html\n");
    g_autoptr(GArray) lines = status_parse(text->str, text->len, NULL);
    g_assert_cmpuint(lines->len, ==, 3);
    g_autoptr(StatusTable) table = status_table_new();
    g_assert_true(status_table_add(table, text->str, text->len, NULL));
    const StatusLine *moved = status_table_find(table, "a/old.html");
    g_assert_cmpuint(moved->code, ==, 301);
    g_assert_cmpstr(moved->target, ==, "a/new.html");
    g_assert_cmpuint(status_table_find(table, "c.html")->code, ==, 410);
    g_assert_null(status_table_find(table, "d.html"));
    static const char later[] = "410 a/old.html\n";
    g_assert_true(status_table_add(table, later, strlen(later), NULL));
    g_assert_cmpuint(status_table_find(table, "a/old.html")->code, ==, 410);
    g_assert_cmpuint(status_table_count(table), ==, 3);
}

static void test_refused(void)
{
    static const char *const bad[] = {
        "301 a.html\n",
        "410 a.html b.html\n",
        "302 a.html b.html\n",
        "410 a.html",
        "\n",
        "410  a.html\n",
        "301 a.html  b.html\n",
        "301 a.html b.html c\n",
        "410 ../a.html\n",
        "301 a.html ../b.html\n",
        "301 a.html javascript:alert(1)\n",
        "301 a.html //evil.example\n",
        "410 a.html\r\n",
        "410 MANIFEST\n",
        "410\n",
        "301 a.html https://x\xff/\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) lines = status_parse(bad[i], strlen(bad[i]), &error);
        if (lines != NULL) {
            g_error("taken: %s", bad[i]);
        }
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    }
    static const char with_nul[] = "410 a.html\0b\n";
    g_assert_null(status_parse(with_nul, sizeof with_nul - 1, NULL));
    g_autoptr(GString) text = g_string_new(NULL);
    g_assert_false(status_write(text, 301, "a.html", NULL, NULL));
    g_assert_false(status_write(text, 410, "a.html", "b.html", NULL));
    g_assert_false(status_write(text, 301, "a b.html", "b.html", NULL));
    g_assert_false(status_write(text, 301, "a.html", "b html", NULL));
    g_assert_cmpuint(text->len, ==, 0);
}

static void test_of_edition(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "index.html", "front");
    fixture_press(fixture);
    {
        g_autoptr(EditionReader) reader = edition_reader_open(fixture->descriptor, 0, NULL);
        g_autoptr(StatusTable) table = status_table_read(reader, NULL);
        g_assert_cmpuint(status_table_count(table), ==, 0);
    }
    fixture_page(fixture, "STATUS/2026-10", "410 a.html\n410 b.html\n");
    fixture_page(fixture, "STATUS/2026-11", "301 a.html b.html\n");
    fixture_page(fixture, "STATUS/2026-11.1", "410 z.html\n");
    fixture_page(fixture, "STATUS/2026-11.x", "410 no-part.html\n");
    fixture_press(fixture);
    g_autoptr(EditionReader) reader = edition_reader_open(fixture->descriptor, 0, NULL);
    g_autoptr(StatusTable) table = status_table_read(reader, NULL);
    g_assert_cmpuint(status_table_count(table), ==, 3);
    g_assert_cmpuint(status_table_find(table, "z.html")->code, ==, 410);
    g_assert_cmpuint(status_table_find(table, "a.html")->code, ==, 301);
    fixture_free(fixture);
}

static void text_free(gpointer text)
{
    g_string_free(text, TRUE);
}

/* A month goes on in further files; each is within the ceiling, and the table reads them all. */
static void test_files(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(text_free);
    g_autoptr(StatusTable) table = status_table_new();
    g_assert_false(status_add(files, 100, 301, "a.html", "no word", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_cmpuint(files->len, ==, 0);
    for (unsigned i = 0; i < 50; i++) {
        g_autofree char *path = g_strdup_printf("2026/%u.html", i);
        g_assert_true(status_add(files, 100, 410, path, NULL, &error));
    }
    g_assert_cmpuint(files->len, >, 8);
    for (guint i = 0; i < files->len; i++) {
        const GString *text = files->pdata[i];
        g_assert_cmpuint(text->len, <=, 100);
        g_assert_true(status_table_add(table, text->str, text->len, &error));
    }
    g_assert_cmpuint(status_table_count(table), ==, 50);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/status/round", test_round);
    g_test_add_func("/status/refused", test_refused);
    g_test_add_func("/status/of_edition", test_of_edition);
    g_test_add_func("/status/files", test_files);
    return g_test_run();
}
