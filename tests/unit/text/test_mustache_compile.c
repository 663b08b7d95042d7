/* Where a value begins a URL. */
#include "templates.h"

static void test_strict_urls(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *page = value_map(arena);
    value_set_text(page, "bad", " JavaScript:alert(1)");
    value_set_text(page, "good", "/a?b=1&c=\"");
    value_set_static(page, "word", "javascript:x");
    assert_renders(MUSTACHE_STRICT, "<a href=\"{{bad}}\">", page, "<a href=\"#\">");
    assert_renders(MUSTACHE_STRICT, "<a HREF = '{{{bad}}}'>", page, "<a HREF = '#'>");
    assert_renders(MUSTACHE_STRICT, "<a href={{bad}}>", page, "<a href=#>");
    assert_renders(MUSTACHE_STRICT, "<img src=\"{{#x}}{{/x}}{{bad}}\">", page, "<img src=\"#\">");
    assert_renders(MUSTACHE_STRICT, "<a href=\"{{good}}\">", page,
                   "<a href=\"/a?b=1&amp;c=&quot;\">");
    assert_renders(MUSTACHE_STRICT, "<a title=\"{{word}}\" data-src=\"{{word}}\">{{word}}", page,
                   "<a title=\"javascript:x\" data-src=\"javascript:x\">javascript:x");
    assert_renders(MUSTACHE_STANDARD, "<a href=\"{{word}}\">", page, "<a href=\"javascript:x\">");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/mustache_compile/strict_urls", test_strict_urls);
    return g_test_run();
}
