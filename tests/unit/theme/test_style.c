#include "theme/style.h"

#include "base/error.h"

#include <string.h>

static void check(const char *css, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *small = style_minify(css, strlen(css), &error);
    g_assert_no_error(error);
    g_assert_cmpstr(small, ==, expected);
    g_autofree char *again = style_minify(small, strlen(small), &error);
    g_assert_cmpstr(again, ==, expected);
}

static void test_small(void)
{
    check("", "");
    check(" a { color : red ; }\n\nb{}", "a{color :red}b{}");
    check("/* c */a /* x */ b{/**/}", "a b{}");
    check("a > b , c{margin:0 1px 2px}", "a>b,c{margin:0 1px 2px}");
    check("a :hover{x:y}", "a :hover{x:y}");
    check("a{width:calc(1px + 2px) }", "a{width:calc(1px + 2px)}");
    check("a{margin: max( 1rem , 50% - 2px ) 0}", "a{margin:max(1rem,50% - 2px) 0}");
    check("@media (min-width: 50em) and (x) { a {b:c} }",
          "@media (min-width:50em) and (x){a{b:c}}");
    check("a [b] c{d:e}", "a [b] c{d:e}");
    check("a{content:\"  /* ; */ \\\" \"; b: c}", "a{content:\"  /* ; */ \\\" \";b:c}");
    check("a{font:1px/2 \"A B\", serif}", "a{font:1px/2 \"A B\",serif}");
    check(".a\\:b{c:d}", ".a\\:b{c:d}");
    check(".a\\{ b{c:d;;;}", ".a\\{ b{c:d}"); /* the blank after an escape is a combinator */
    check(".a{c:\\;}", ".a{c:\\;}");
}

static void check_refused(const char *css, size_t length, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(style_minify(css, length, &error));
    g_assert_nonnull(error);
    g_assert_cmpstr(error->message, ==, message);
}

static void test_refused(void)
{
    check_refused("a{}\n\n/* x", 9, "3: the comment has no end");
    check_refused("a{b:\"c\n\"}", 9, "1: the string has no end");
    check_refused("a{b:'", 5, "1: the string has no end");
    check_refused("a{\n", 3, "2: { is never closed");
    check_refused("a}", 2, "1: } closes nothing");
    check_refused("a(}", 3, "1: } closes nothing");
    check_refused("a{}</style>", 11, "1: a style may not hold “</”");
    check_refused("a{b:'</style>'}", 15, "1: a style may not hold “</” or “<!”, nor in a string");
    check_refused("a\0b", 3, "1: not UTF-8, or a NUL byte inside");
    check_refused("a\xff", 2, "1: not UTF-8, or a NUL byte inside");
}

static void test_limits(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *large = g_strnfill(LIMIT_STYLE + 1, ' ');
    g_assert_null(style_minify(large, LIMIT_STYLE + 1, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_autofree char *deep = g_strnfill(1000, '(');
    check_refused(deep, 1000, "1: more than 32 brackets inside each other");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/style/small", test_small);
    g_test_add_func("/style/refused", test_refused);
    g_test_add_func("/style/limits", test_limits);
    return g_test_run();
}
