/* Tags and delimiters: what is refused, and with which words. */
#include "templates.h"

static void test_syntax_errors(void)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"a\n{{#bar}}\nb\n{{/foo}}", "main:4: {{/foo}} closes {{#bar}} opened at line 2"},
        {"\n\n{{^bar}}", "main:3: {{^bar}} is never closed"},
        {"{{<p}}{{$b}}", "main:1: {{$b}} is never closed"},
        {"{{/x}}", "main:1: {{/x}} closes nothing"},
        {"a\nb {{name", "main:2: the tag that begins with \"{{name\" is never closed"},
        {"{{{name}}", "is never closed"},
        {"{{! for ever", "is never closed"},
        {"{{}}", "a tag without a name"},
        {"{{#}}{{/}}", "a tag without a name"},
        {"{{a b}}", "\"a b\" is no name"},
        {"{{a..b}}", "is no name"},
        {"{{.a}}", "is no name"},
        {"{{=<% %> x=}}", "delimiters are changed as in"},
        {"{{=a=b c=}}", "delimiters are changed as in"},
        {"{{==}}", "delimiters are changed as in"},
        {"{{= only =}}", "delimiters are changed as in"},
        {"{{=01234567890123456 x=}}", "delimiters are changed as in"},
        {"{{", "is never closed"},
        {"{{{", "is never closed"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_fails(MUSTACHE_STANDARD, json_pack("{ss}", "main", cases[i].text),
                     KOLOKOL_ERROR_INVALID, cases[i].message);
    }
}

static void test_hostile_bytes(void)
{
    assert_fails(MUSTACHE_STRICT, json_pack("{ss%}", "main", "a\0b", (size_t)3),
                 KOLOKOL_ERROR_INVALID, "not UTF-8 text");
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *page = value_map(arena);
    value_set_text(page, "x", "a\xff\xfe\x01z");
    assert_renders(MUSTACHE_STRICT, "{{x}}", page, "a\xEF\xBF\xBD\xEF\xBF\xBDz");
    /* Many tags on one line: the time must not grow with the square. */
    g_autofree char *tags = repeated("", "{{y}}", 200000, "");
    assert_renders(MUSTACHE_STRICT, tags, page, "");
    g_autofree char *opens = repeated("", "{{#y}}{{/y}}", 80000, "\n");
    assert_renders(MUSTACHE_STRICT, opens, page, "\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/mustache_scan/syntax_errors", test_syntax_errors);
    g_test_add_func("/text/mustache_scan/hostile_bytes", test_hostile_bytes);
    return g_test_run();
}
