/* Fonts of a newsroom: what is one, and how styles name them. */
#include "theme/font.h"

#include "base/error.h"

#include <stdint.h>
#include <string.h>

#define RULE(src) "@font-face{font-family:S;src:" src "}"

static void test_check(void)
{
    char font[64] = "wOF2";
    g_autoptr(GError) error = NULL;
    font[11] = 64;
    g_assert_true(font_check(font, sizeof font, &error));
    g_assert_no_error(error);
    g_assert_false(font_check(font, sizeof font - 1, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(font_check(font, 11, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    font[3] = 'F';
    g_assert_false(font_check(font, sizeof font, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
}

static void names(const char *css, const char *expected)
{
    g_autoptr(FontStyle) style = font_style_new(css);
    g_ptr_array_add(style->named, NULL);
    g_autofree char *found = g_strjoinv(" ", (char **)style->named->pdata);
    g_assert_cmpstr(found, ==, expected);
    g_assert_cmpuint(style->pieces->len, ==, style->named->len);
}

static void test_mentions(void)
{
    names("", "");
    names("p{color:red}", "");
    names(RULE("url(a-1.woff2)"), "a-1.woff2");
    names(RULE("url(\"a.woff2\") format(\"woff2\"),url('b.woff2')"), "a.woff2 b.woff2");
    names("url(a.woff2)url(a.woff2)", "a.woff2 a.woff2");
    static const char *const others[] = {
        "url(",          "url(a.woff2",          "url(\"a.woff2)",  "url(.woff2)",
        "url(A.woff2)",  "url(a.woff)",          "url(../a.woff2)", "url(/a.woff2)",
        "url(a.woff22)", "url(https://a.woff2)", "url('a.woff2\")", "url( a.woff2)",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        names(others[i], "");
    }
}

static GHashTable *two_files(void)
{
    GHashTable *files =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
    g_hash_table_insert(files, (gpointer)(uintptr_t) "a.woff2", g_bytes_new_static("abc", 3));
    g_hash_table_insert(files, (gpointer)(uintptr_t) "b.woff2", g_bytes_new_static("b", 1));
    return files;
}

#define ABC "o/ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.woff2"

static void test_addresses(void)
{
    g_autoptr(GHashTable) files = two_files();
    g_autoptr(FontStyle) style = font_style_new("x{}" RULE("url('a.woff2')") "y{}");
    g_autofree char *at = font_style_at(style, files, "../");
    g_assert_cmpstr(at, ==, "x{}" RULE("url(../" ABC ")") "y{}");
    g_assert_null(font_style_missing(style, files));
    g_autoptr(FontStyle) twice =
        font_style_new(RULE("url(b.woff2)") RULE("url(a.woff2)") RULE("url(b.woff2)"));
    g_autoptr(GPtrArray) fonts = font_style_fonts(twice, files);
    g_assert_cmpuint(fonts->len, ==, 2);
    g_assert_cmpstr(((ThemeFont *)fonts->pdata[1])->path, ==, ABC);
    g_autoptr(FontStyle) gone = font_style_new("url(a.woff2)url(c.woff2)");
    g_assert_cmpstr(font_style_missing(gone, files), ==, "c.woff2");
}

static void bare(const char *css, const char *expected)
{
    g_autoptr(FontStyle) style = font_style_new(css);
    g_autofree char *text = font_style_bare(style);
    g_assert_cmpstr(text, ==, expected);
}

static void test_bare(void)
{
    bare("x{}", "x{}");
    bare("x{}" RULE("url(a.woff2)") "y{}", "x{}y{}");
    bare(RULE("url(a.woff2)") RULE("url(b.woff2)"), "");
    bare(RULE("url(a.woff2),url(b.woff2);font-display:optional") "y{}", "y{}");
    bare(RULE("local(S)") "p{background:url(a.woff2)}", RULE("local(S)") "p{background:}");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/font/check", test_check);
    g_test_add_func("/font/mentions", test_mentions);
    g_test_add_func("/font/addresses", test_addresses);
    g_test_add_func("/font/bare", test_bare);
    return g_test_run();
}
