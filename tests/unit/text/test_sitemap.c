#include "text/sitemap.h"

#include "base/error.h"

#include <string.h>

#define MORNING (INT64_C(1795428000) * 1000000) /* 2026-11-23T10:00:00Z */

static void test_urls(void)
{
    static const SitemapAlternate alternates[] = {{"en", "https://x/a.html"},
                                                  {"ru", "https://x/ru/a.html"}};
    SitemapEntry entries[] = {{"https://x/a.html?a=1&b=2", MORNING, NULL, 0},
                              {"https://x/a.html", 0, alternates, 2}};
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(sitemap_urls(entries, 1, out, NULL));
    g_assert_cmpstr(out->str, ==,
                    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url>"
                    "<loc>https://x/a.html?a=1&amp;b=2</loc><lastmod>2026-11-23T10:00:00Z</"
                    "lastmod></url></urlset>\n");
    g_string_truncate(out, 0);
    g_assert_true(sitemap_urls(entries, 2, out, NULL));
    g_assert_nonnull(strstr(out->str, "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\""));
    g_assert_nonnull(strstr(
        out->str, "<url><loc>https://x/a.html</loc><xhtml:link rel=\"alternate\" hreflang=\"en\" "
                  "href=\"https://x/a.html\"/>"));
}

static void test_index(void)
{
    SitemapEntry entry = {"https://x/sitemap-2026-11.xml", MORNING, NULL, 0};
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(sitemap_index(&entry, 1, out, NULL));
    g_assert_nonnull(strstr(out->str, "<sitemap><loc>https://x/sitemap-2026-11.xml</loc>"));
    g_assert_nonnull(strstr(out->str, "</sitemapindex>\n"));
}

static void test_news(void)
{
    SitemapNews entry = {"https://x/a.html", "A & B", "The Bell", "en", MORNING};
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(sitemap_news(&entry, 1, out, NULL));
    g_assert_nonnull(strstr(
        out->str,
        "<news:news><news:publication><news:name>The "
        "Bell</news:name><news:language>en</news:language>"
        "</news:publication><news:publication_date>2026-11-23T10:00:00Z</news:publication_date>"
        "<news:title>A &amp; B</news:title></news:news>"));
}

static void test_refusals(void)
{
    SitemapEntry entry = {NULL, 0, NULL, 0};
    SitemapNews news = {"https://x/", NULL, "x", "en", MORNING};
    g_autoptr(GString) out = g_string_new("kept");
    g_autoptr(GError) error = NULL;
    g_assert_false(sitemap_urls(&entry, 1, out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(sitemap_urls(&entry, SITEMAP_LIMIT + 1, out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_clear_error(&error);
    g_assert_false(sitemap_news(&news, 1, out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(sitemap_news(&news, SITEMAP_NEWS_LIMIT + 1, out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_assert_cmpstr(out->str, ==, "kept");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/sitemap/urls", test_urls);
    g_test_add_func("/text/sitemap/index", test_index);
    g_test_add_func("/text/sitemap/news", test_news);
    g_test_add_func("/text/sitemap/refusals", test_refusals);
    return g_test_run();
}
