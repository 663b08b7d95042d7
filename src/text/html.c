/*
 * Escaping for HTML and the element writer. Markup from outside is not judged here: sanitise.c does
 * that; templates are in mustache.c.
 */
#include "text/html.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

SafeHtml safe_html_from_text(const char *text)
{
    GString *out = g_string_new(NULL);
    html_escape_text(out, text == NULL ? "" : text, text == NULL ? 0 : strlen(text));
    return (SafeHtml){g_string_free(out, FALSE)};
}

SafeHtml safe_html_from_already_safe_markup(char *markup)
{
    return (SafeHtml){markup};
}

SafeHtml safe_html_copy(const SafeHtml *html)
{
    return (SafeHtml){g_strdup(html->markup)};
}

const char *safe_html_markup(const SafeHtml *html)
{
    return html->markup == NULL ? "" : html->markup;
}

bool safe_html_is_empty(const SafeHtml *html)
{
    return html->markup == NULL || html->markup[0] == '\0';
}

void safe_html_clear(SafeHtml *html)
{
    g_free(html->markup);
    html->markup = NULL;
}

/* What each byte needs: 0 nothing, TEXT an escape in both contexts, QUOTE one in attributes only,
 * DROP a control that HTML forbids, HIGH a look at its UTF-8 sequence. */
enum { PLAIN, TEXT, QUOTE, DROP, HIGH };

static const unsigned char classes[256] = {
    [0 ... 8] = DROP, [11 ... 12] = DROP, [14 ... 31] = DROP, [127] = DROP,   ['&'] = TEXT,
    ['<'] = TEXT,     ['>'] = TEXT,       ['"'] = QUOTE,      ['\''] = QUOTE, [128 ... 255] = HIGH,
};

static const char *reference(char c)
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
    default:
        return "&#39;";
    }
}

/* The end of the valid UTF-8 (without NUL) that begins at `text`. */
static const char *valid_until(const char *text, const char *end)
{
    const char *valid = text;
    (void)g_utf8_validate_len(text, (gsize)(end - text), &valid);
    return valid;
}

/* Appends text[0..length) with references for classes up to `last`. Runs that need nothing are
 * appended whole. */
static void escape(GString *out, const char *text, size_t length, unsigned char last)
{
    const char *end = text + length;
    const char *run = text;
    const char *valid = NULL; /* up to here the UTF-8 is known to be good */
    for (const char *p = text; p < end;) {
        unsigned char class = classes[(unsigned char)*p];
        if (class == PLAIN || (class == QUOTE && last == TEXT) || (class == HIGH && p < valid)) {
            p++;
            continue;
        }
        if (class == HIGH) {
            valid = valid_until(p, end);
            if (valid > p) {
                continue;
            }
        }
        g_string_append_len(out, run, p - run);
        if (class == HIGH) {
            g_string_append(out, "\xEF\xBF\xBD");

        } else if (class != DROP) {
            g_string_append(out, reference(*p));
        }

        run = ++p;
    }
    g_string_append_len(out, run, end - run);
}

void html_escape_text(GString *out, const char *text, size_t length)
{
    escape(out, text, length, TEXT);
}

void html_escape_attribute(GString *out, const char *text, size_t length)
{
    escape(out, text, length, QUOTE);
}

void html_escape_url(GString *out, const char *url, size_t length)
{
    if (html_url_is_safe(url, length)) {
        escape(out, url, length, QUOTE);
    } else {
        g_string_append_c(out, '#');
    }
}

bool html_url_is_safe(const char *url, size_t length)
{
    static const char *const allowed[] = {"http", "https", "mailto", "tel"};
    char scheme[8];
    size_t used = 0;
    size_t seen = 0; /* characters of the scheme, more than fit in `scheme` too */
    for (size_t i = 0; i < length; i++) {
        char c = url[i];
        if ((unsigned char)c <= ' ' || c == 127) {
            continue; /* what browsers skip; a blank inside makes no scheme for them, so this is the
                         strict reading */
        }
        if (c == '/' || c == '?' || c == '#') {
            return true;
        }
        if (c == ':') {
            scheme[used] = '\0';
            for (size_t k = 0; seen == used && k < G_N_ELEMENTS(allowed); k++) {
                if (strcmp(scheme, allowed[k]) == 0) {
                    return true;
                }
            }
            return false;
        }
        seen++;
        if (used < sizeof scheme - 1) {
            scheme[used++] = g_ascii_tolower(c);
        }
    }
    return true;
}

struct HtmlWriter {
    GString *out;
    size_t ceiling;
    const char *open[HTML_DEPTH_LIMIT];
    unsigned depth;
    bool in_tag; /* the last start tag still takes attributes */
    bool full;
    char *problem; /* the first misuse */
};

HtmlWriter *html_writer_new(size_t ceiling)
{
    HtmlWriter *writer = g_new0(HtmlWriter, 1);
    writer->out = g_string_new(NULL);
    writer->ceiling = ceiling == 0 ? LIMIT_PAGE : ceiling;
    return writer;
}

void html_writer_free(HtmlWriter *writer)
{
    if (writer != NULL) {
        g_string_free(writer->out, TRUE);
        g_free(writer->problem);
        g_free(writer);
    }
}

/* True while the writer is to write; `coming` bytes (before escaping) must still fit. */
static bool writes(HtmlWriter *writer, size_t coming)
{
    if (!writer->full &&
        (writer->out->len > writer->ceiling || coming > writer->ceiling - writer->out->len)) {
        writer->full = true;
    }
    return !writer->full && writer->problem == NULL;
}

static void content_begins(HtmlWriter *writer)
{
    if (writer->in_tag) {
        g_string_append_c(writer->out, '>');
        writer->in_tag = false;
    }
}

/* HTML Living Standard 13.1.2, less those that no page of ours has. */
static bool is_void(const char *element)
{
    static const char *const names[] = {"area", "base", "br",    "col",  "embed",  "hr",
                                        "img",  "link", "input", "meta", "source", "wbr"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(element, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

void html_open(HtmlWriter *writer, const char *element)
{
    if (!writes(writer, strlen(element) + 2)) {
        return;
    }
    content_begins(writer);
    if (!is_void(element)) {
        if (writer->depth == HTML_DEPTH_LIMIT) {
            writer->problem = g_strdup_printf("more than %u elements are open at <%s>",
                                              HTML_DEPTH_LIMIT, element);
            return;
        }
        writer->open[writer->depth++] = element;
    }
    g_string_append_c(writer->out, '<');
    g_string_append(writer->out, element);
    writer->in_tag = true;
}

void html_close(HtmlWriter *writer, const char *element)
{
    if (!writes(writer, strlen(element) + 3)) {
        return;
    }
    if (writer->depth == 0 || strcmp(writer->open[writer->depth - 1], element) != 0) {
        writer->problem = writer->depth == 0 ? g_strdup_printf("</%s> closes nothing", element)
                                             : g_strdup_printf("</%s> closes <%s>", element,
                                                               writer->open[writer->depth - 1]);
        return;
    }
    content_begins(writer);
    writer->depth--;
    g_string_append(writer->out, "</");
    g_string_append(writer->out, element);
    g_string_append_c(writer->out, '>');
}

static bool attribute_begins(HtmlWriter *writer, const char *name, size_t coming)
{
    if (!writes(writer, coming + strlen(name) + 4)) {
        return false;
    }
    if (!writer->in_tag) {
        writer->problem = g_strdup_printf("the attribute %s stands outside a start tag", name);
        return false;
    }
    g_string_append_c(writer->out, ' ');
    g_string_append(writer->out, name);
    return true;
}

void html_attribute(HtmlWriter *writer, const char *name, const char *value)
{
    if (value != NULL && attribute_begins(writer, name, strlen(value))) {
        g_string_append(writer->out, "=\"");
        html_escape_attribute(writer->out, value, strlen(value));
        g_string_append_c(writer->out, '"');
    }
}

void html_url_attribute(HtmlWriter *writer, const char *name, const char *url)
{
    if (url != NULL && attribute_begins(writer, name, strlen(url))) {
        g_string_append(writer->out, "=\"");
        html_escape_url(writer->out, url, strlen(url));
        g_string_append_c(writer->out, '"');
    }
}

void html_flag(HtmlWriter *writer, const char *name, bool present)
{
    if (present) {
        attribute_begins(writer, name, 0);
    }
}

void html_text(HtmlWriter *writer, const char *text)
{
    if (text != NULL && writes(writer, strlen(text))) {
        content_begins(writer);
        html_escape_text(writer->out, text, strlen(text));
    }
}

void html_element(HtmlWriter *writer, const char *element, const char *text)
{
    html_open(writer, element);
    html_text(writer, text);
    html_close(writer, element);
}

void html_append_already_safe_markup(HtmlWriter *writer, const SafeHtml *html)
{
    const char *markup = safe_html_markup(html);
    if (writes(writer, strlen(markup))) {
        content_begins(writer);
        g_string_append(writer->out, markup);
    }
}

bool html_writer_finish(HtmlWriter *writer, SafeHtml *html, GError **error)
{
    writes(writer, 0);
    g_autofree char *problem = g_steal_pointer(&writer->problem);
    if (problem == NULL && !writer->full && writer->depth > 0) {
        problem = g_strdup_printf("<%s> is not closed", writer->open[writer->depth - 1]);
    }
    bool full = writer->full;
    content_begins(writer);
    g_autofree char *markup = g_string_free(writer->out, FALSE);
    writer->out = g_string_new(NULL);
    writer->depth = 0;
    writer->full = false;
    if (full) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the markup is longer than the ceiling of %zu bytes", writer->ceiling);
    }
    if (problem != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "the markup is not well-formed: %s", problem);
    }
    *html = safe_html_from_already_safe_markup(g_steal_pointer(&markup));
    return true;
}
