/* What machines are told of a story: JSON-LD that parses, and an id that outlives its address. */
#include "paper/fixture.h"

#include "desk/live.h"
#include "desk/story_edit.h"
#include "text/json.h"

#include <string.h>

/* The page's JSON-LD. */
static json_t *linked_data(const char *page)
{
    static const char begin[] = "<script type=\"application/ld+json\">";
    g_autoptr(GError) error = NULL;
    const char *from = strstr(page, begin);
    g_assert_nonnull(from);
    from += strlen(begin);
    const char *end = strstr(from, "</script>");
    g_assert_nonnull(end);
    json_t *data =
        json_read_limited(from, (size_t)(end - from), 65536, 0, JSON_READ_STRICT, &error);
    g_assert_no_error(error);
    return data;
}

static const char *text_of(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void test_article(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *photo = g_strdup_printf("%d", (int)fixture_picture(&fixture, 1));
    fixture_story(&fixture, "title", "</script><b>Fog & ice</b>", "slug", "fog", "section", "City",
                  "lead", "It is \"cold\".", "authors", "Anna Li", "agency", "AP", "photo", photo,
                  NULL);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "fog.html");
    g_autoptr(json_t) data = linked_data(page);
    g_assert_cmpstr(text_of(data, "@type"), ==, "NewsArticle");
    g_assert_cmpstr(text_of(data, "headline"), ==, "</script><b>Fog & ice</b>");
    g_assert_cmpstr(text_of(data, "description"), ==, "It is \"cold\".");
    g_assert_cmpstr(text_of(data, "articleSection"), ==, "City");
    g_assert_cmpstr(text_of(data, "mainEntityOfPage"), ==, FIXTURE_SITE FIXTURE_DAY "fog.html");
    json_t *author = json_array_get(json_object_get(data, "author"), 0);
    g_assert_cmpstr(text_of(author, "name"), ==, "Anna Li");
    g_assert_cmpstr(text_of(author, "url"), ==, FIXTURE_SITE "author/anna-li/");
    const char *image = text_of(json_object_get(data, "image"), "url");
    g_assert_true(g_str_has_prefix(image, FIXTURE_SITE "o/"));
    g_autofree char *card = g_strdup_printf("<meta property=\"og:image\" content=\"%s\">", image);
    fixture_in_order(page, "og:title\" content=\"&lt;/script&gt;", "og:locale\" content=\"en_US\"",
                     card, "<meta name=\"author\" content=\"Anna Li\">", NULL);
    g_autofree char *feed = fixture_page(&fixture, "feed.xml");
    g_assert_nonnull(strstr(feed, "creator>Anna Li</"));
}

static void test_kinds(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "I think", "kind", "opinion", "authors", "withheld", NULL);
    int64_t id = fixture_story(&fixture, "title", "Live", "kind", "live", NULL);
    live_add(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), id,
             fixture.now, "Doors open", "Now.", STORY_MARKDOWN, fixture.now, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *opinion = fixture_page(&fixture, FIXTURE_DAY "i-think.html");
    g_autofree char *live = fixture_page(&fixture, FIXTURE_DAY "live.html");
    fixture_without(opinion, "<meta name=\"author\"");
    g_autoptr(json_t) one = linked_data(opinion);
    g_autoptr(json_t) two = linked_data(live);
    g_assert_cmpstr(text_of(one, "@type"), ==, "OpinionNewsArticle");
    json_t *nobody = json_array_get(json_object_get(one, "author"), 0);
    g_assert_cmpstr(text_of(nobody, "@type"), ==, "Organization");
    g_assert_cmpstr(text_of(two, "@type"), ==, "LiveBlogPosting");
    json_t *entry = json_array_get(json_object_get(two, "liveBlogUpdate"), 0);
    g_assert_cmpstr(text_of(entry, "headline"), ==, "Doors open");
    g_assert_cmpstr(text_of(entry, "url"), ==, FIXTURE_SITE FIXTURE_DAY "live.html#e1");
}

/* Open Graph asks for a country, which only a language with texts of its own names. */
static void test_locale(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "de");
    fixture_story(&fixture, "title", "Nebel", "slug", "nebel", NULL);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "nebel.html");
    g_assert_nonnull(strstr(page, "og:title"));
    fixture_without(page, "og:locale");
}

/* A feed reader that has the story knows it again after it moved, and moved once more. */
static void test_id_stays(void)
{
    static const char *const files[] = {"feed.xml", "atom.xml", "feed.json"};
    static const char *const slugs[] = {"ferry-late", "ferry-later", "ferry"};
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    int64_t id = fixture_story(&fixture, "title", "Ferry", NULL);
    for (size_t move = 0; move < G_N_ELEMENTS(slugs); move++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = g_strdup_printf(FIXTURE_DAY "%s.html", slugs[move]);
        g_autofree char *url = g_strconcat(FIXTURE_SITE, path, NULL);
        fixture_wait(&fixture, CLOCK_MINUTE);
        story_rename(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom),
                     id, path, fixture.now, &error);
        g_assert_no_error(error);
        for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
            g_autofree char *feed = fixture_page(&fixture, files[i]);
            g_assert_nonnull(strstr(feed, FIXTURE_SITE FIXTURE_DAY "ferry.html"));
            g_assert_nonnull(strstr(feed, url));
        }
    }
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/machine-record/article", test_article);
    g_test_add_func("/machine-record/kinds", test_kinds);
    g_test_add_func("/machine-record/locale", test_locale);
    g_test_add_func("/machine-record/id-stays", test_id_stays);
    return g_test_run();
}
