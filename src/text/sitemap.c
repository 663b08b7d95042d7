/*
 * The three sitemap documents. Which pages they list is the paper's business (paper/).
 */
#include "text/sitemap.h"

#include "base/error.h"
#include "base/moment.h"
#include "text/xml.h"

static const char namespace[] = "http://www.sitemaps.org/schemas/sitemap/0.9";

static bool check_count(size_t count, size_t limit, GError **error)
{
    if (count > limit) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the sitemap has %zu entries; at most %zu may stand in one file", count, limit);
    }
    return true;
}

static void date(XmlWriter *xml, const char *element, int64_t moment)
{
    if (moment != 0) {
        g_autofree char *text = moment_rfc3339(moment);
        xml_element(xml, element, text);
    }
}

static void write_entry(XmlWriter *xml, const char *element, const SitemapEntry *entry)
{
    xml_open(xml, element);
    xml_element(xml, "loc", entry->url);
    date(xml, "lastmod", entry->modified);
    for (size_t i = 0; i < entry->alternate_count; i++) {
        xml_open(xml, "xhtml:link");
        xml_attribute(xml, "rel", "alternate");
        xml_attribute(xml, "hreflang", entry->alternates[i].language);
        xml_attribute(xml, "href", entry->alternates[i].url);
        xml_close(xml);
    }
    xml_close(xml);
}

static bool write_entries(const char *root, const char *element, const SitemapEntry *entries,
                          size_t count, GString *out, GError **error)
{
    if (!check_count(count, SITEMAP_LIMIT, error)) {
        return false;
    }
    bool alternates = false;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].url == NULL) {
            return fail(error, KOLOKOL_ERROR_INVALID, "entry %zu of the sitemap has no url", i + 1);
        }
        alternates = alternates || entries[i].alternate_count > 0;
    }
    g_autoptr(XmlWriter) xml = xml_writer_new(out, 0);
    xml_open(xml, root);
    xml_attribute(xml, "xmlns", namespace);
    xml_attribute(xml, "xmlns:xhtml", alternates ? "http://www.w3.org/1999/xhtml" : NULL);
    for (size_t i = 0; i < count; i++) {
        write_entry(xml, element, &entries[i]);
    }
    xml_close(xml);
    return xml_writer_finish(xml, error);
}

bool sitemap_urls(const SitemapEntry *entries, size_t count, GString *out, GError **error)
{
    return write_entries("urlset", "url", entries, count, out, error);
}

bool sitemap_index(const SitemapEntry *entries, size_t count, GString *out, GError **error)
{
    return write_entries("sitemapindex", "sitemap", entries, count, out, error);
}

static void write_news(XmlWriter *xml, const SitemapNews *entry)
{
    xml_open(xml, "url");
    xml_element(xml, "loc", entry->url);
    xml_open(xml, "news:news");
    xml_open(xml, "news:publication");
    xml_element(xml, "news:name", entry->publication);
    xml_element(xml, "news:language", entry->language);
    xml_close(xml);
    date(xml, "news:publication_date", entry->published);
    xml_element(xml, "news:title", entry->title);
    xml_close(xml);
    xml_close(xml);
}

bool sitemap_news(const SitemapNews *entries, size_t count, GString *out, GError **error)
{
    if (!check_count(count, SITEMAP_NEWS_LIMIT, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const SitemapNews *entry = &entries[i];
        if (entry->url == NULL || entry->title == NULL || entry->publication == NULL ||
            entry->language == NULL || entry->published == 0) {
            return fail(
                error, KOLOKOL_ERROR_INVALID,
                "entry %zu of the news sitemap lacks a url, title, publication, language or date",
                i + 1);
        }
    }
    g_autoptr(XmlWriter) xml = xml_writer_new(out, 0);
    xml_open(xml, "urlset");
    xml_attribute(xml, "xmlns", namespace);
    xml_attribute(xml, "xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");
    for (size_t i = 0; i < count; i++) {
        write_news(xml, &entries[i]);
    }
    xml_close(xml);
    return xml_writer_finish(xml, error);
}
