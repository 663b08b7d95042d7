/* What every page has: its policy, its canonical address, relative links only. */
#include "paper/fixture.h"

#include <string.h>

static void test_head(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    test_newsroom_set(fixture.newsroom, "forms-urls", "https://a.example,https://b.example");
    fixture_story(&fixture, "title", "The \"bridge\" & the river", "lead", "It <opens>.", NULL);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "the-bridge-the-river.html");
    fixture_in_order(page, "<title>The &quot;bridge&quot; &amp; the river", NULL);
    fixture_in_order(page, "default-src &#39;none&#39;", "style-src &#39;sha256-",
                     "form-action https://a.example https://b.example", NULL);
    g_assert_nonnull(strstr(page, FIXTURE_SITE FIXTURE_DAY "the-bridge-the-river.html"));
    g_assert_nonnull(strstr(page, "href=\"../../../"));
    fixture_without(page, "It <opens>");
}

/* In headlines and bodies alike, and only on the page: its feed and its text are as they were
 * written. */
static void test_no_break(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "ru");
    fixture_story(&fixture, "title", "Выход — в море", "slug", "sea", "body", "— Да, — сказал он.",
                  NULL);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "sea.html");
    fixture_in_order(page, "<title>Выход — в море", "<h1>Выход\u00a0— в\u00a0море", NULL);
    fixture_in_order(page, "— Да,\u00a0— сказал он.", NULL);
    g_autofree char *text = fixture_page(&fixture, FIXTURE_DAY "sea.txt");
    fixture_in_order(text, "Выход — в море", "— Да, — сказал он.", NULL);
    g_autofree char *feed = fixture_page(&fixture, "feed.xml");
    fixture_in_order(feed, "Выход — в море", "— Да, — сказал он.", NULL);
}

static void write_theme(const Fixture *fixture, const char *name, const char *bytes, size_t length)
{
    g_autofree char *path =
        g_build_filename(test_newsroom_folder(fixture->newsroom), "theme", name, NULL);
    g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

/* A font of the newsroom's own: beside the page, allowed by its policy, in the list for mirrors. */
static void test_font(void)
{
    g_auto(Fixture) fixture = {0};
    static const char font[48] = "wOF2\0\1\0\0\0\0\0\x30";
    static const char style[] = "@font-face{font-family:S;src:url(serif.woff2)}";
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "The bridge", NULL);
    g_autofree char *before = fixture_page(&fixture, FIXTURE_DAY "the-bridge.html");
    fixture_without(before, "font-src");
    write_theme(&fixture, "serif.woff2", font, sizeof font);
    write_theme(&fixture, "layout.css", style, strlen(style));
    g_autofree char *hex =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)font, sizeof font);
    g_autofree char *object = g_strdup_printf("o/%.2s/%s.woff2", hex, hex);
    g_autofree char *address = g_strconcat("src:url(../../../", object, ")", NULL);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "the-bridge.html");
    fixture_in_order(page, "; font-src &#39;self&#39;; script-src", address, NULL);
    g_autofree char *front = fixture_page(&fixture, "index.html");
    g_autofree char *beside = g_strconcat("src:url(", object, ")", NULL);
    fixture_in_order(front, beside, NULL);
    g_autofree char *bytes = fixture_page(&fixture, object);
    g_assert_nonnull(bytes);
    g_autofree char *objects = fixture_page(&fixture, FIXTURE_DAY "OBJECTS");
    fixture_in_order(objects, object, NULL);
}

/* A page of a language that the site has no longer is gone. */
static void test_language_gone(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    fixture_story(&fixture, "title", "Новость", "language", "ru", NULL);
    g_autofree char *there = fixture_page(&fixture, "ru/index.html");
    g_assert_nonnull(there);
    test_newsroom_set(fixture.newsroom, "languages", "en");
    g_assert_null(fixture_page(&fixture, "ru/index.html"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page-base/head", test_head);
    g_test_add_func("/page-base/no-break", test_no_break);
    g_test_add_func("/page-base/font", test_font);
    g_test_add_func("/page-base/language-gone", test_language_gone);
    return g_test_run();
}
