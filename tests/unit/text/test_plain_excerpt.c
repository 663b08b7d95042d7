/* Excerpts that cut well, and words. */
#include "text/plain.h"

#include <string.h>

static void assert_excerpt(const char *text, size_t limit, const char *expected)
{
    g_autofree char *excerpt = plain_excerpt(text, limit);
    g_assert_cmpstr(excerpt, ==, expected);
    g_assert_cmpint(g_utf8_strlen(excerpt, -1), <=, (glong)limit);
    g_assert_true(g_utf8_validate(excerpt, -1, NULL));
}

static void test_excerpt(void)
{
    assert_excerpt("", 10, "");
    assert_excerpt("short", 5, "short");
    assert_excerpt("  a \n\n b  ", 5, "a b");
    assert_excerpt("One two three four", 14, "One two three…");
    assert_excerpt("One two three four", 13, "One two…");
    assert_excerpt("One, two three", 8, "One…");
    assert_excerpt("Колокол звонит", 10, "Колокол…");
    assert_excerpt("abcdefghij", 5, "abcd…");
    assert_excerpt("abc", 1, "…");
    assert_excerpt("abc", 0, "");
    assert_excerpt("aaae\xCC\x81"
                   "bbb",
                   5, "aaa…"); /* e and its accent are one */
    assert_excerpt("aaa\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80"
                   "bb",
                   5, "aaa…");
}

static void test_words(void)
{
    g_assert_cmpuint(plain_count_words(""), ==, 0);
    g_assert_cmpuint(plain_count_words(" — It's a well-known  fact,\n1991 . "), ==, 5);
    g_assert_cmpuint(plain_count_words("Колокол звонит"), ==, 2);
    g_assert_cmpuint(plain_count_words("新聞 abc 日本"), ==, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plain_excerpt/excerpt", test_excerpt);
    g_test_add_func("/plain_excerpt/words", test_words);
    return g_test_run();
}
