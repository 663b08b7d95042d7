#include "text/feed.h"

#include "base/error.h"
#include "text/json.h"

#include <string.h>

#define DAY     INT64_C(86400000000)
#define MORNING (INT64_C(1795428000) * 1000000) /* 2026-11-23T10:00:00Z */

static SafeHtml body;

/* A feed of two items; the strings are constants. */
static Feed sample(FeedItem items[2])
{
    static const char *const authors[] = {"Ann Bell", "Лев Т.", NULL};
    static const char *const categories[] = {"Politics & power", "Право", NULL};
    items[0] = (FeedItem){.id = "tag:bell.example,2026-11-23:story/two",
                          .url = "https://bell.example/2026/11/23/two.html",
                          .title = "A < B & \"C\"",
                          .summary = "Short <b> & plain",
                          .content = &body,
                          .authors = authors,
                          .categories = categories,
                          .image_url = "https://bell.example/o/ab/x.jpg",
                          .image_type = "image/jpeg",
                          .image_length = 1234,
                          .language = "en",
                          .published = MORNING,
                          .updated = MORNING + DAY};
    items[1] = (FeedItem){.id = "tag:bell.example,2026-11-22:story/one",
                          .url = "https://bell.example/2026/11/22/one.html",
                          .title = "One\x01",
                          .published = MORNING - DAY};
    return (Feed){.title = "The Bell",
                  .home_url = "https://bell.example/",
                  .self_url = "https://bell.example/feed.xml",
                  .language = "en",
                  .author = "The Bell newsroom",
                  .updated = MORNING,
                  .items = items,
                  .count = 2};
}

static void assert_contains(const GString *out, const char *part)
{
    if (strstr(out->str, part) == NULL) {
        g_error("no \"%s\" in %s", part, out->str);
    }
}

/* GLib's reader knows the part of XML that the feeds use. */
static void assert_well_formed(const GString *out)
{
    static const GMarkupParser nothing;
    GMarkupParseContext *context = g_markup_parse_context_new(&nothing, 0, NULL, NULL);
    g_autoptr(GError) error = NULL;
    g_markup_parse_context_parse(context, out->str, (gssize)out->len, &error);
    g_assert_no_error(error);
    g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
    g_markup_parse_context_free(context);
}

static void test_rss2(void)
{
    FeedItem items[2];
    Feed feed = sample(items);
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(feed_rss2(&feed, out, NULL));
    assert_well_formed(out);
    assert_contains(out, "<title>A &lt; B &amp; &quot;C&quot;</title>");
}

static void test_rss2_parts(void)
{
    FeedItem items[2];
    Feed feed = sample(items);
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(feed_rss2(&feed, out, NULL));
    assert_contains(out,
                    "<guid isPermaLink=\"false\">tag:bell.example,2026-11-23:story/two</guid>");
    assert_contains(out, "<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>");
    assert_contains(out, "<lastBuildDate>Mon, 23 Nov 2026 10:00:00 GMT</lastBuildDate>");
    assert_contains(out, "<dc:creator>Ann Bell</dc:creator><dc:creator>Лев Т.</dc:creator>");
    assert_contains(out, "<dc:creator>The Bell newsroom</dc:creator>");
    assert_contains(out, "<category>Politics &amp; power</category>");
    assert_contains(out, "<description>Short &amp;lt;b&amp;gt; &amp;amp; plain</description>");
    assert_contains(out,
                    "<content:encoded>&lt;p&gt;Body &amp;amp; soul&lt;/p&gt;</content:encoded>");
    assert_contains(
        out,
        "<enclosure url=\"https://bell.example/o/ab/x.jpg\" length=\"1234\" type=\"image/jpeg\"/>");
    assert_contains(out, "<title>One</title>");
    assert_contains(out, "<description>The Bell</description>");
}

static void test_atom(void)
{
    FeedItem items[2];
    Feed feed = sample(items);
    feed.description = "News & views";
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(feed_atom(&feed, out, NULL));
    assert_well_formed(out);
    assert_contains(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                         "xml:lang=\"en\"><id>https://bell.example/</id>");
    assert_contains(out,
                    "<subtitle>News &amp; views</subtitle><updated>2026-11-23T10:00:00Z</updated>");
    assert_contains(
        out, "<updated>2026-11-24T10:00:00Z</updated><published>2026-11-23T10:00:00Z</published>");
    assert_contains(
        out, "<updated>2026-11-22T10:00:00Z</updated><published>2026-11-22T10:00:00Z</published>");
    assert_contains(out,
                    "<author><name>Ann Bell</name></author><author><name>Лев Т.</name></author>");
    assert_contains(out, "<category term=\"Право\"/>");
    assert_contains(out, "<content type=\"html\">&lt;p&gt;Body &amp;amp; soul&lt;/p&gt;</content>");
    assert_contains(out, "<link rel=\"self\" type=\"application/atom+xml\" "
                         "href=\"https://bell.example/feed.xml\"/>");
}

static void test_json(void)
{
    FeedItem items[2];
    Feed feed = sample(items);
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(feed_json(&feed, out, NULL));
    g_autoptr(json_t) root =
        json_read_limited(out->str, out->len, out->len, 0, JSON_READ_STRICT, NULL);
    g_assert_nonnull(root);
    g_assert_cmpstr(json_string_value(json_object_get(root, "version")), ==,
                    "https://jsonfeed.org/version/1.1");
    json_t *list = json_object_get(root, "items");
    g_assert_cmpuint(json_array_size(list), ==, 2);
    json_t *first = json_array_get(list, 0);
    g_assert_cmpstr(json_string_value(json_object_get(first, "content_html")), ==,
                    "<p>Body &amp; soul</p>");
    g_assert_cmpstr(json_string_value(json_object_get(first, "date_modified")), ==,
                    "2026-11-24T10:00:00Z");
    g_assert_cmpuint(json_array_size(json_object_get(first, "authors")), ==, 2);
    json_t *second = json_array_get(list, 1);
    g_assert_cmpstr(json_string_value(json_object_get(second, "content_text")), ==, "One\x01");
    g_assert_null(json_object_get(second, "date_modified"));
    g_assert_null(json_object_get(second, "tags"));
}

static void test_incomplete(void)
{
    typedef bool (*Writer)(const Feed *, GString *, GError **);
    static const Writer writers[] = {feed_rss2, feed_atom, feed_json};
    for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
        FeedItem items[2];
        Feed feed = sample(items);
        items[1].url = NULL;
        g_autoptr(GString) out = g_string_new("kept");
        g_autoptr(GError) error = NULL;
        g_assert_false(writers[i](&feed, out, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_nonnull(strstr(error->message, "item 2"));
        g_clear_error(&error);
        feed.title = NULL;
        g_assert_false(writers[i](&feed, out, &error));
        g_clear_error(&error);
        feed.count = FEED_ITEM_LIMIT + 1;
        feed.title = "x";
        g_assert_false(writers[i](&feed, out, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
        g_assert_cmpstr(out->str, ==, "kept");
        feed.count = 0;
        g_assert_true(writers[i](&feed, out, NULL));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    body = safe_html_from_already_safe_markup(g_strdup("<p>Body &amp; soul</p>"));
    g_test_add_func("/text/feed/rss2", test_rss2);
    g_test_add_func("/text/feed/rss2_parts", test_rss2_parts);
    g_test_add_func("/text/feed/atom", test_atom);
    g_test_add_func("/text/feed/json", test_json);
    g_test_add_func("/text/feed/incomplete", test_incomplete);
    int status = g_test_run();
    safe_html_clear(&body);
    return status;
}
