/*
 * HTML: escaping, a writer, and the type that says "this is markup already".
 *
 * Plain text is `const char *`; markup is SafeHtml, a struct, so that the compiler refuses the one
 * where the other is wanted. Markup comes from only four places: this file's escapes and writer,
 * the sanitiser, a template, and safe_html_from_already_safe_markup(), whose name is long on
 * purpose.
 *
 * One escape per context (HTML Living Standard 13.1.2, 13.3): text, quoted attribute, URL in a
 * quoted attribute. All of them replace invalid UTF-8 by U+FFFD and drop the control characters
 * that HTML forbids (C0 but tab, line feed and carriage return; DEL); so what they append is always
 * valid UTF-8. They append to a GString and cannot fail.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Markup that may stand in element content. Owns its bytes (NULL is the empty markup). Made by the
 * functions below only; the field is private to src/text. */
typedef struct {
    char *markup;
} SafeHtml;

/* Text as markup: escaped. NULL is empty. */
SafeHtml safe_html_from_text(const char *text);

/* Trusts the caller: `markup` (ownership taken, from g_malloc) goes to readers as it stands. Each
 * use is a place for a reviewer to stop at. */
SafeHtml safe_html_from_already_safe_markup(char *markup);

SafeHtml safe_html_copy(const SafeHtml *html);

/* The bytes, never NULL, owned by `html`. */
const char *safe_html_markup(const SafeHtml *html);
bool safe_html_is_empty(const SafeHtml *html);
void safe_html_clear(SafeHtml *html);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SafeHtml, safe_html_clear)

/* Element content: & < > become references. */
void html_escape_text(GString *out, const char *text, size_t length);

/* The inside of a quoted attribute, and safe in element content too: & < > " ' become references.
 */
void html_escape_attribute(GString *out, const char *text, size_t length);

/* A URL in a quoted href, src or action: as html_escape_attribute if html_url_is_safe(), otherwise
 * "#". */
void html_escape_url(GString *out, const char *url, size_t length);

/* True for a relative reference, and for the schemes http, https, mailto and tel.
 * False for any other scheme (javascript:, data:, vbscript:, file: …), also where it is
 * hidden by case, leading blanks or controls and line breaks inside, which browsers skip (URL
 * Standard 4.4). */
bool html_url_is_safe(const char *url, size_t length);

/*
 * HtmlWriter: markup built by code (blocks, office pages). An element stack closes what was opened;
 * misuse (closing another element than the open one, an attribute after content) and passing the
 * ceiling are remembered, make the calls after it do nothing, and are reported once, by
 * html_writer_finish().
 */
typedef struct HtmlWriter HtmlWriter;

#define HTML_DEPTH_LIMIT 128u /* open elements */

/* `ceiling` in bytes of output, LIMIT_PAGE if 0. */
HtmlWriter *html_writer_new(size_t ceiling);
void html_writer_free(HtmlWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtmlWriter, html_writer_free)

/* Element and attribute names are the program's own constants, never data: [a-z][a-z0-9-]*,
 * borrowed until the element is closed. A void element (br, img, input …) is opened and not closed.
 */
void html_open(HtmlWriter *writer, const char *element);
void html_close(HtmlWriter *writer, const char *element);

/* Attributes of the element just opened. A NULL value adds nothing; html_flag adds the bare name.
 */
void html_attribute(HtmlWriter *writer, const char *name, const char *value);
void html_url_attribute(HtmlWriter *writer, const char *name, const char *url);
void html_flag(HtmlWriter *writer, const char *name, bool present);

/* Text, escaped; NULL adds nothing. */
void html_text(HtmlWriter *writer, const char *text);

/* <element>text</element>. */
void html_element(HtmlWriter *writer, const char *element, const char *text);

/* Markup as it stands, not escaped. */
void html_append_already_safe_markup(HtmlWriter *writer, const SafeHtml *html);

/* Gives the markup and empties the writer for the next use. Errors: LIMIT (ceiling, depth), INVALID
 * (an element left open or wrongly closed: a mistake of the program, named). */
bool html_writer_finish(HtmlWriter *writer, SafeHtml *html, GError **error);
