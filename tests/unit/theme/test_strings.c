#include "theme/strings.h"

#include "theme/strings_table.h"

#include <string.h>

static void test_get(void)
{
    g_assert_cmpstr(strings_get("en", "latest"), ==, "Latest");
    g_assert_cmpstr(strings_get("ru", "latest"), ==, "Последние новости");
    g_assert_cmpstr(strings_get("ru-RU", "latest"), ==, "Последние новости");
    g_assert_cmpstr(strings_get("fi", "latest"), ==, "Latest");
    g_assert_cmpstr(strings_get("", "latest"), ==, "Latest");
    g_assert_cmpstr(strings_get("en", "no_such_text"), ==, "no_such_text");
}

static void check_plural(const char *language, int64_t number, const char *expected)
{
    g_autofree char *text = strings_plural(language, "stories", number);
    g_assert_cmpstr(text, ==, expected);
}

static void test_plural(void)
{
    check_plural("en", 1, "1 story");
    check_plural("en", 0, "0 stories");
    check_plural("en", 12345, "12,345 stories");
    check_plural("ru", 1, "1 материал");
    check_plural("ru", 3, "3 материала");
    check_plural("ru", 11, "11 материалов");
    check_plural("ru", 21, "21 материал");
    check_plural("ru", 112, "112 материалов");
    check_plural("ar", 2, "مقالتان");
    check_plural("xx", 2, "2 stories");
    g_autofree char *unknown = strings_plural("en", "no_such_text", 2);
    g_assert_cmpstr(unknown, ==, "no_such_text");
}

static void test_fill(void)
{
    g_autofree char *by = strings_fill("en", "by", "names", "A {names} & B", NULL);
    g_assert_cmpstr(by, ==, "By A {names} & B");
    g_autofree char *none = strings_fill("en", "by", "other", "x", NULL);
    g_assert_cmpstr(none, ==, "By {names}");
    g_autofree char *empty = strings_fill("en", "by", "names", NULL, NULL);
    g_assert_cmpstr(empty, ==, "By ");
    g_autofree char *call = strings_fill("ru", "support_name", "name", "Маяк", NULL);
    g_assert_cmpstr(call, ==, "Поддержите «Маяк»!");
}

static void check_join(const char *language, const char *const *items, size_t count,
                       const char *expected)
{
    g_autofree char *text = strings_join(language, items, count);
    g_assert_cmpstr(text, ==, expected);
}

static void test_join(void)
{
    const char *names[] = {"Ann Reed", "Bo Lund", "Cy Marsh"};
    check_join("en", names, 0, "");
    check_join("en", names, 1, "Ann Reed");
    check_join("en", names, 2, "Ann Reed and Bo Lund");
    check_join("ru", names, 2, "Ann Reed и Bo Lund");
    check_join("ru", names, 3, "Ann Reed, Bo Lund и Cy Marsh");
    check_join("en", (const char *[]){"a", "\xff", "c"}, 3, "a, \xff, c");
    g_autofree char *long_name = g_strnfill(6000, 'x');
    g_autofree char *expected = g_strconcat(long_name, ", b", NULL);
    check_join("en", (const char *[]){long_name, "b"}, 2, expected);
}

static void test_value(void)
{
    size_t length;
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *texts = strings_value(arena, "ru");
    g_assert_cmpstr(value_string(value_get(texts, "read_more"), &length), ==, "Читайте также");
    g_assert_null(value_get(texts, "stories")); /* a plural is no plain text */
    Value *finnish = strings_value(arena, "fi");
    g_assert_cmpstr(value_string(value_get(finnish, "read_more"), &length), ==, "Read more");
    g_assert_true(value_arena_ok(arena, NULL));
}

/* Every language that has a file has every text: translators see at once what is missing. */
static void test_complete(void)
{
    for (size_t i = 1; i < strings_table_count; i++) {
        g_assert_cmpuint(strings_tables[i].count, ==, strings_tables[0].count);
    }
    g_assert_cmpuint(strlen(strings_version()), ==, 32);
}

static void test_languages(void)
{
    g_assert_cmpstr(language_direction("en"), ==, "ltr");
    g_assert_cmpstr(language_direction("ru"), ==, "ltr");
    g_assert_cmpstr(language_direction("ar"), ==, "rtl");
    g_assert_cmpstr(language_direction("fa"), ==, "rtl");
    g_autofree char *russian = language_name("ru");
    g_assert_cmpstr(russian, ==, "Русский");
    g_autofree char *english = language_name("en");
    g_assert_cmpstr(english, ==, "English");
    g_autofree char *odd = language_name("qqq");
    g_assert_cmpstr(odd, ==, "qqq");
    g_autofree char *number = strings_number("ar", 1234); /* Latin digits in every language */
    g_assert_cmpstr(number, ==, "1,234");
    char locale[LANGUAGE_LOCALE];
    language_locale("ar", locale);
    g_assert_cmpstr(locale, ==, "ar@numbers=latn");
    g_assert_true(language_known("en"));
    g_assert_true(language_known("zh-Hans"));
    g_assert_true(language_known("be"));
    g_assert_false(language_known(""));
    g_assert_false(language_known("english please"));
    g_assert_false(language_known("../en"));
    g_assert_false(language_known("qqz"));
}

static void decimal_is(const char *language, double number, const char *expected)
{
    g_autofree char *text = strings_decimal(language, number);
    g_assert_cmpstr(text, ==, expected);
}

static void test_decimal(void)
{
    decimal_is("en", 9.74, "9.7");
    decimal_is("ru", 9.74, "9,7");
    decimal_is("ar", 9.74, "9.7");
    decimal_is("en", 10, "10");
    decimal_is("xx", 0.04, "0");
    g_autofree char *whole = strings_number("en", 1234);
    g_assert_cmpstr(whole, ==, "1,234");
    g_assert_null(strings_own("ru", "no such id"));
    g_assert_nonnull(strings_own("ru", "latest"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/strings/decimal", test_decimal);
    g_test_add_func("/strings/get", test_get);
    g_test_add_func("/strings/plural", test_plural);
    g_test_add_func("/strings/fill", test_fill);
    g_test_add_func("/strings/join", test_join);
    g_test_add_func("/strings/value", test_value);
    g_test_add_func("/strings/complete", test_complete);
    g_test_add_func("/strings/languages", test_languages);
    return g_test_run();
}
