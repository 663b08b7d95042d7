/* Names to content types. */
#include "stand/types.h"

#include <glib.h>

static void is(const char *name, const char *type)
{
    g_assert_cmpstr(content_type_of(name)->type, ==, type);
}

static void test_types(void)
{
    is("index.html", "text/html; charset=utf-8");
    is("2026/11/23/a.b.html", "text/html; charset=utf-8");
    is("a.txt", "text/plain; charset=utf-8");
    is("feed.xml", "application/rss+xml");
    is("section/x/atom.xml", "application/atom+xml");
    is("feed.json", "application/feed+json");
    is("search/en/meta.json", "application/json");
    is("sitemap.xml", "application/xml");
    is("EDITION", "text/plain; charset=utf-8");
    is("EDITION.sig", "text/plain; charset=utf-8");
    is("2026/MANIFEST", "text/plain; charset=utf-8");
    is("2026/MANIFEST.0a", "text/plain; charset=utf-8");
    is("2026/OBJECTS", "text/plain; charset=utf-8");
    is("STATUS/2026-11", "text/plain; charset=utf-8");
    is("o/ab/x.avif", "image/avif");
    is("o/ab/x.woff2", "font/woff2");
    is("o/ab/x.svg", "image/svg+xml");
    is("strange", "application/octet-stream");
    is("a.HTML", "application/octet-stream");
    is("dir.html/name", "application/octet-stream");
}

static void test_kinds(void)
{
    g_assert_true(content_type_of("a.html")->document);
    g_assert_false(content_type_of("a.html")->active); /* its policy is in it */
    g_assert_true(content_type_of("a.svg")->active);
    g_assert_true(content_type_of("feed.xml")->active);
    g_assert_false(content_type_of("a.jpg")->text);
    g_assert_true(content_type_of("a.css")->text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/types/names", test_types);
    g_test_add_func("/types/kinds", test_kinds);
    return g_test_run();
}
