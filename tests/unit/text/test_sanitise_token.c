/* The tokenizer: where text, tags and attributes begin and end. */
#include "text/sanitise_token.h"

#include <string.h>

/* "T(text)", "S(name a=b c=)", "E(name)", in a row. */
static char *tokens(const char *html)
{
    GString *out = g_string_new(NULL);
    HtmlReader reader = {html, html + strlen(html)};
    HtmlToken token;
    while (html_reader_next(&reader, &token)) {
        g_string_append_printf(out, "%c(%.*s", "TSE"[token.type], (int)token.length, token.text);
        for (unsigned i = 0; token.type != HTML_TOKEN_TEXT && i < token.attribute_count; i++) {
            const HtmlAttribute *attribute = &token.attributes[i];
            g_string_append_printf(out, " %.*s=%.*s", (int)attribute->name_length, attribute->name,
                                   (int)attribute->value_length, attribute->value);
        }
        g_string_append(out, token.type != HTML_TOKEN_TEXT && token.self_closing ? "/)" : ")");
    }
    return g_string_free(out, FALSE);
}

static void assert_tokens(const char *html, const char *expected)
{
    g_autofree char *found = tokens(html);
    g_assert_cmpstr(found, ==, expected);
}

static void test_tags(void)
{
    assert_tokens("a<b>c</b >d", "T(a)S(b)T(c)E(b)T(d)");
    assert_tokens("<p/><br / ><x-y:z>", "S(p/)S(br)S(x-y:z)");
    assert_tokens("1<2 a< b<", "T(1)T(<2 a)T(< b)T(<)");
    assert_tokens("a<b", "T(a)");
    assert_tokens("</>a</ b>c</1>d", "T(a)T(c)T(d)");
    assert_tokens("<<b>", "T(<)S(b)");
}

static void test_attributes(void)
{
    assert_tokens("<a b=c d='e f' g=\"h>i\" j k = l>", "S(a b=c d=e f g=h>i j= k=l)");
    assert_tokens("<a b=c/d e=><f>", "S(a b=c/d e=)S(f)");
    assert_tokens("<a =b=c \"d\"'e'=f>", "S(a =b=c \"d\"'e'=f)");
    assert_tokens("<a b=\"c>d", "");
    assert_tokens("<a b='c'd=e/f/g>", "S(a b=c d=e/f/g)");
    assert_tokens("<a/b/c=d/>", "S(a b= c=d/)");
}

static void test_comments(void)
{
    assert_tokens("a<!-- <b> -- > -->c<!-->d<!--->e<!-- --!>f", "T(a)T(c)T(d)T(e)T(f)");
    assert_tokens("a<!doctype html>b<?xml ?>c<![CDATA[d]]>e", "T(a)T(b)T(c)T(e)");
    assert_tokens("a<!-- b", "T(a)");
    assert_tokens("a<!-", "T(a)");
}

static void assert_raw(const char *html, const char *rest)
{
    HtmlReader reader = {html, html + strlen(html)};
    html_reader_skip_raw(&reader, "script", 6);
    g_assert_cmpstr(reader.at, ==, rest);
}

static void test_raw(void)
{
    assert_raw("a<b></scriptx></SCRIPT >c", "c");
    assert_raw("</script/x='>'>c", "c");
    assert_raw("no end </script", "");
    assert_raw("</script x", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_token/tags", test_tags);
    g_test_add_func("/sanitise_token/attributes", test_attributes);
    g_test_add_func("/sanitise_token/comments", test_comments);
    g_test_add_func("/sanitise_token/raw", test_raw);
    return g_test_run();
}
