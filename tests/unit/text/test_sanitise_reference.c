/* Character references: numbers, names, and what is none. */
#include "text/sanitise_token.h"

#include <string.h>

static void assert_value(const char *value, const char *expected)
{
    HtmlAttribute attribute = {.value = value, .value_length = (guint32)strlen(value)};
    g_autoptr(GString) out = g_string_new("old");
    html_attribute_value(&attribute, out);
    g_assert_cmpstr(out->str, ==, expected);
}

static void test_value(void)
{
    assert_value("", "");
    assert_value("a&amp;b&lt;c", "a&b<c");
    assert_value("&#65;&#x42;&#X43", "ABC");
    assert_value("&#150;&#0;&#xD800;&#x110000;&#99999999999999999999;",
                 "–\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_value("?a=1&copy=2&nbsp;&nbsp", "?a=1&copy=2\xC2\xA0&nbsp");
    assert_value("&CounterClockwiseContourIntegral;&NotEqualTilde;", "∳≂̸");
    assert_value("& &; &# &#x; &unknown; &", "& &; &# &#x; &unknown; &");
    assert_value("a\xC2\x85"
                 "b\xEF\xB7\x90"
                 "c\xF0\x9F\xBF\xBF"
                 "d«",
                 "abcd«");
}

static void test_text(void)
{
    char utf8[12];
    size_t length = 0;
    const char *old = "&copyright";
    g_assert_cmpuint(html_reference_decode(old, old + strlen(old), false, utf8, &length), ==, 5);
    g_assert_cmpuint(length, ==, 2);
    g_assert_cmpuint(html_reference_decode(old, old + strlen(old), true, utf8, &length), ==, 0);
    const char *longer = "&notin;";
    g_assert_cmpuint(html_reference_decode(longer, longer + 7, false, utf8, &length), ==, 7);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_reference/value", test_value);
    g_test_add_func("/sanitise_reference/text", test_text);
    return g_test_run();
}
