/*
 * The XML writer: escaping, an element stack, a ceiling. Feeds and sitemaps are in feed.c and
 * sitemap.c.
 */
#include "text/xml.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

struct XmlWriter {
    GString *out;
    size_t start;
    size_t ceiling;
    const char *open[XML_DEPTH_LIMIT];
    unsigned depth;
    bool in_tag; /* the last start tag still takes attributes */
    bool full;
    bool rooted;   /* there was an element */
    char *problem; /* the first misuse */
};

XmlWriter *xml_writer_new(GString *out, size_t ceiling)
{
    XmlWriter *writer = g_new0(XmlWriter, 1);
    writer->out = out;
    writer->start = out->len;
    writer->ceiling = ceiling == 0 ? LIMIT_OBJECT : ceiling;
    g_string_append(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    return writer;
}

void xml_writer_free(XmlWriter *writer)
{
    if (writer != NULL) {
        g_free(writer->problem);
        g_free(writer);
    }
}

/* True while the writer is to write; `coming` bytes (before escaping) must still fit. */
static bool writes(XmlWriter *writer, size_t coming)
{
    size_t written = writer->out->len - writer->start;
    if (written > writer->ceiling || coming > writer->ceiling - written) {
        writer->full = true;
    }
    return !writer->full && writer->problem == NULL;
}

static void content_begins(XmlWriter *writer)
{
    if (writer->in_tag) {
        g_string_append_c(writer->out, '>');
        writer->in_tag = false;
    }
}

void xml_open(XmlWriter *writer, const char *element)
{
    if (!writes(writer, strlen(element) + 3)) {
        return;
    }
    if (writer->depth == XML_DEPTH_LIMIT || (writer->depth == 0 && writer->rooted)) {
        writer->problem = g_strdup_printf("<%s> stands too deep or is a second root", element);
        return;
    }
    content_begins(writer);
    writer->rooted = true;
    writer->open[writer->depth++] = element;
    g_string_append_c(writer->out, '<');
    g_string_append(writer->out, element);
    writer->in_tag = true;
}

void xml_attribute(XmlWriter *writer, const char *name, const char *value)
{
    if (value == NULL || !writes(writer, strlen(name) + strlen(value) + 4)) {
        return;
    }
    if (!writer->in_tag) {
        writer->problem = g_strdup_printf("the attribute %s stands outside a start tag", name);
        return;
    }
    g_string_append_c(writer->out, ' ');
    g_string_append(writer->out, name);
    g_string_append(writer->out, "=\"");
    xml_escape(writer->out, value, strlen(value));
    g_string_append_c(writer->out, '"');
}

void xml_text(XmlWriter *writer, const char *text)
{
    if (text == NULL || !writes(writer, strlen(text))) {
        return;
    }
    if (writer->depth == 0) {
        writer->problem = g_strdup("text stands outside the root");
        return;
    }
    content_begins(writer);
    xml_escape(writer->out, text, strlen(text));
}

void xml_close(XmlWriter *writer)
{
    if (!writes(writer, 3)) {
        return;
    }
    if (writer->depth == 0) {
        writer->problem = g_strdup("nothing is open to be closed");
        return;
    }
    const char *element = writer->open[--writer->depth];
    if (writer->in_tag) {
        g_string_append(writer->out, "/>");
        writer->in_tag = false;
        return;
    }
    g_string_append(writer->out, "</");
    g_string_append(writer->out, element);
    g_string_append_c(writer->out, '>');
}

void xml_element(XmlWriter *writer, const char *element, const char *text)
{
    if (text != NULL) {
        xml_open(writer, element);
        xml_text(writer, text);
        xml_close(writer);
    }
}

bool xml_writer_finish(XmlWriter *writer, GError **error)
{
    writes(writer, 1);
    if (!writer->full && writer->problem == NULL && (writer->depth > 0 || !writer->rooted)) {
        writer->problem =
            writer->rooted ? g_strdup_printf("<%s> is not closed", writer->open[writer->depth - 1])
                           : g_strdup("it is empty");
    }
    if (!writer->full && writer->problem == NULL) {
        g_string_append_c(writer->out, '\n');
        return true;
    }
    g_string_truncate(writer->out, writer->start);
    if (writer->full) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the XML document is longer than the ceiling of %zu bytes", writer->ceiling);
    }
    return fail(error, KOLOKOL_ERROR_INVALID, "the XML document is not well-formed: %s",
                writer->problem);
}

/* What stands for an ASCII character: itself (NULL), a reference, or nothing (""). */
static const char *written_as(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;"; /* a bare one would be read as a line feed: XML 1.0, 2.11 */
    default:
        return c >= ' ' || c == '\t' || c == '\n' ? NULL : "";
    }
}

/* What stands for the character of several bytes at `p`, as written_as(); its length in `length`.
 */
static const char *high_written_as(const char *p, const char *end, size_t *length)
{
    gunichar character = g_utf8_get_char_validated(p, end - p);
    *length = 1;
    if (character >= (gunichar)-2) {
        return "\xEF\xBF\xBD";
    }
    *length = (size_t)g_utf8_skip[(unsigned char)*p];
    return character == 0xFFFE || character == 0xFFFF ? "" : NULL;
}

void xml_escape(GString *out, const char *text, size_t length)
{
    const char *end = text + length;
    const char *run = text;
    for (const char *p = text; p < end;) {
        size_t bytes = 1;
        unsigned char c = (unsigned char)*p;
        const char *instead = c < 128 ? written_as(c) : high_written_as(p, end, &bytes);
        if (instead != NULL) {
            g_string_append_len(out, run, p - run);
            g_string_append(out, instead);
            run = p + bytes;
        }
        p += bytes;
    }
    g_string_append_len(out, run, end - run);
}
