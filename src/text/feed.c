/*
 * The three feeds. Which stories they hold and how their bodies are made absolute is the paper's
 * business (paper/); escaping is that of xml.c and json.c.
 */
#include "text/feed.h"

#include "base/error.h"
#include "base/moment.h"
#include "text/json.h"
#include "text/xml.h"

#include <string.h>

static bool check(const Feed *feed, GError **error)
{
    if (feed->title == NULL || feed->home_url == NULL || feed->self_url == NULL ||
        feed->language == NULL || feed->author == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "a feed needs a title, home_url, self_url, language and author");
    }
    if (feed->count > FEED_ITEM_LIMIT) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the feed has %zu items; at most %u are written",
                    feed->count, FEED_ITEM_LIMIT);
    }
    for (size_t i = 0; i < feed->count; i++) {
        const FeedItem *item = &feed->items[i];
        if (item->id == NULL || item->url == NULL || item->title == NULL ||
            (item->image_url != NULL && item->image_type == NULL)) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "item %zu of the feed lacks an id, url, title or its picture's type",
                        i + 1);
        }
    }
    return true;
}

static const char *description(const Feed *feed)
{
    return feed->description == NULL || feed->description[0] == '\0' ? feed->title
                                                                     : feed->description;
}

static const char *const *authors(const Feed *feed, const FeedItem *item, const char *fallback[2])
{
    fallback[0] = feed->author;
    fallback[1] = NULL;
    return item->authors != NULL && item->authors[0] != NULL ? item->authors : fallback;
}

static int64_t updated(const FeedItem *item)
{
    return MAX(item->updated, item->published);
}

static void http_date(XmlWriter *xml, const char *element, int64_t moment)
{
    g_autofree char *text = moment_http(moment);
    xml_element(xml, element, text);
}

static void rfc3339_date(XmlWriter *xml, const char *element, int64_t moment)
{
    g_autofree char *text = moment_rfc3339(moment);
    xml_element(xml, element, text);
}

/* An RSS description is HTML, our summary is not: it is escaped twice. */
static void rss_description(XmlWriter *xml, const char *text)
{
    if (text != NULL) {
        g_auto(SafeHtml) html = safe_html_from_text(text);
        xml_element(xml, "description", safe_html_markup(&html));
    }
}

static void rss_enclosure(XmlWriter *xml, const FeedItem *item)
{
    if (item->image_url != NULL && item->image_length > 0) {
        g_autofree char *length = g_strdup_printf("%" G_GINT64_FORMAT, item->image_length);
        xml_open(xml, "enclosure");
        xml_attribute(xml, "url", item->image_url);
        xml_attribute(xml, "length", length);
        xml_attribute(xml, "type", item->image_type);
        xml_close(xml);
    }
}

static void rss_item(XmlWriter *xml, const Feed *feed, const FeedItem *item)
{
    const char *fallback[2];
    xml_open(xml, "item");
    xml_element(xml, "title", item->title);
    xml_element(xml, "link", item->url);
    xml_open(xml, "guid");
    xml_attribute(xml, "isPermaLink", "false");
    xml_text(xml, item->id);
    xml_close(xml);
    http_date(xml, "pubDate", item->published);
    for (const char *const *name = authors(feed, item, fallback); *name != NULL; name++) {
        xml_element(xml, "dc:creator", *name);
    }
    for (const char *const *name = item->categories; name != NULL && *name != NULL; name++) {
        xml_element(xml, "category", *name);
    }
    rss_description(xml, item->summary);
    rss_enclosure(xml, item);
    if (item->content != NULL) {
        xml_element(xml, "content:encoded", safe_html_markup(item->content));
    }
    xml_close(xml);
}

static void rss_channel(XmlWriter *xml, const Feed *feed)
{
    xml_element(xml, "title", feed->title);
    xml_element(xml, "link", feed->home_url);
    rss_description(xml, description(feed));
    xml_element(xml, "language", feed->language);
    xml_element(xml, "copyright", feed->copyright);
    if (feed->updated != 0) {
        http_date(xml, "lastBuildDate", feed->updated);
    }
    xml_open(xml, "atom:link");
    xml_attribute(xml, "href", feed->self_url);
    xml_attribute(xml, "rel", "self");
    xml_attribute(xml, "type", "application/rss+xml");
    xml_close(xml);
    if (feed->icon_url != NULL) {
        xml_open(xml, "image");
        xml_element(xml, "url", feed->icon_url);
        xml_element(xml, "title", feed->title);
        xml_element(xml, "link", feed->home_url);
        xml_close(xml);
    }
}

bool feed_rss2(const Feed *feed, GString *out, GError **error)
{
    if (!check(feed, error)) {
        return false;
    }
    g_autoptr(XmlWriter) xml = xml_writer_new(out, 0);
    xml_open(xml, "rss");
    xml_attribute(xml, "version", "2.0");
    xml_attribute(xml, "xmlns:atom", "http://www.w3.org/2005/Atom");
    xml_attribute(xml, "xmlns:content", "http://purl.org/rss/1.0/modules/content/");
    xml_attribute(xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_open(xml, "channel");
    rss_channel(xml, feed);
    for (size_t i = 0; i < feed->count; i++) {
        rss_item(xml, feed, &feed->items[i]);
    }
    xml_close(xml);
    xml_close(xml);
    return xml_writer_finish(xml, error);
}

static void atom_link(XmlWriter *xml, const char *relation, const char *type, const char *url)
{
    xml_open(xml, "link");
    xml_attribute(xml, "rel", relation);
    xml_attribute(xml, "type", type);
    xml_attribute(xml, "href", url);
    xml_close(xml);
}

static void atom_typed(XmlWriter *xml, const char *element, const char *type, const char *text)
{
    if (text != NULL) {
        xml_open(xml, element);
        xml_attribute(xml, "type", type);
        xml_text(xml, text);
        xml_close(xml);
    }
}

static void atom_author(XmlWriter *xml, const char *name)
{
    xml_open(xml, "author");
    xml_element(xml, "name", name);
    xml_close(xml);
}

static void atom_entry(XmlWriter *xml, const FeedItem *item)
{
    xml_open(xml, "entry");
    xml_attribute(xml, "xml:lang", item->language);
    xml_element(xml, "id", item->id);
    xml_element(xml, "title", item->title);
    rfc3339_date(xml, "updated", updated(item));
    rfc3339_date(xml, "published", item->published);
    for (const char *const *name = item->authors; name != NULL && *name != NULL; name++) {
        atom_author(xml, *name);
    }
    for (const char *const *name = item->categories; name != NULL && *name != NULL; name++) {
        xml_open(xml, "category");
        xml_attribute(xml, "term", *name);
        xml_close(xml);
    }
    atom_link(xml, "alternate", "text/html", item->url);
    if (item->image_url != NULL) {
        atom_link(xml, "enclosure", item->image_type, item->image_url);
    }
    atom_typed(xml, "summary", "text", item->summary);
    if (item->content != NULL) {
        atom_typed(xml, "content", "html", safe_html_markup(item->content));
    }
    xml_close(xml);
}

bool feed_atom(const Feed *feed, GString *out, GError **error)
{
    if (!check(feed, error)) {
        return false;
    }
    g_autoptr(XmlWriter) xml = xml_writer_new(out, 0);
    xml_open(xml, "feed");
    xml_attribute(xml, "xmlns", "http://www.w3.org/2005/Atom");
    xml_attribute(xml, "xml:lang", feed->language);
    xml_element(xml, "id", feed->id == NULL ? feed->home_url : feed->id);
    xml_element(xml, "title", feed->title);
    xml_element(xml, "subtitle", feed->description);
    rfc3339_date(xml, "updated", feed->updated);
    atom_author(xml, feed->author);
    atom_link(xml, "self", "application/atom+xml", feed->self_url);
    atom_link(xml, "alternate", "text/html", feed->home_url);
    xml_element(xml, "icon", feed->icon_url);
    xml_element(xml, "rights", feed->copyright);
    for (size_t i = 0; i < feed->count; i++) {
        atom_entry(xml, &feed->items[i]);
    }
    xml_close(xml);
    return xml_writer_finish(xml, error);
}

static void json_date(JsonWriter *json, const char *key, int64_t moment)
{
    g_autofree char *text = moment_rfc3339(moment);
    json_writer_text_member(json, key, text);
}

static void json_authors(JsonWriter *json, const char *const *names)
{
    json_writer_key(json, "authors");
    json_writer_open_array(json);
    for (; *names != NULL; names++) {
        json_writer_open_object(json);
        json_writer_text_member(json, "name", *names);
        json_writer_close(json);
    }
    json_writer_close(json);
}

static void json_item(JsonWriter *json, const Feed *feed, const FeedItem *item)
{
    const char *fallback[2];
    json_writer_open_object(json);
    json_writer_text_member(json, "id", item->id);
    json_writer_text_member(json, "url", item->url);
    json_writer_text_member(json, "title", item->title);
    json_writer_text_member(json, "summary", item->summary);
    if (item->content != NULL) {
        json_writer_text_member(json, "content_html", safe_html_markup(item->content));
    } else { /* one of the two is required */
        json_writer_text_member(json, "content_text",
                                item->summary != NULL ? item->summary : item->title);
    }
    json_writer_text_member(json, "image", item->image_url);
    json_date(json, "date_published", item->published);
    if (updated(item) > item->published) {
        json_date(json, "date_modified", item->updated);
    }
    json_authors(json, authors(feed, item, fallback));
    if (item->categories != NULL && item->categories[0] != NULL) {
        json_writer_key(json, "tags");
        json_writer_open_array(json);
        for (const char *const *name = item->categories; *name != NULL; name++) {
            json_writer_text(json, *name);
        }
        json_writer_close(json);
    }
    json_writer_text_member(json, "language", item->language);
    json_writer_close(json);
}

bool feed_json(const Feed *feed, GString *out, GError **error)
{
    if (!check(feed, error)) {
        return false;
    }
    const char *const newsroom[] = {feed->author, NULL};
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "version", "https://jsonfeed.org/version/1.1");
    json_writer_text_member(&json, "title", feed->title);
    json_writer_text_member(&json, "home_page_url", feed->home_url);
    json_writer_text_member(&json, "feed_url", feed->self_url);
    json_writer_text_member(&json, "description", feed->description);
    json_writer_text_member(&json, "icon", feed->icon_url);
    json_authors(&json, newsroom);
    json_writer_text_member(&json, "language", feed->language);
    json_writer_key(&json, "items");
    json_writer_open_array(&json);
    for (size_t i = 0; i < feed->count; i++) {
        json_item(&json, feed, &feed->items[i]);
    }
    json_writer_close(&json);
    json_writer_close(&json);
    return json_writer_finish(&json, error);
}
