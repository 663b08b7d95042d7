/*
 * Markdown: a story's body as HTML for a page.
 *
 * CommonMark with GFM's tables, strikethrough and bare addresses, and footnotes (all by cmark-gfm),
 * typographic quotes by language, and Kolokol's own forms, each of which is ordinary CommonMark
 * that other programs show sensibly (docs/markdown.md is the manual for writers):
 *
 *   ![alt](photo.jpg "Caption | Photographer / AGENCY")     alone in a paragraph: figure
 *   [![alt](still.jpg "Caption | Credit")](https://video…)  alone in a paragraph: figure.embed
 *   > !pull                                                 first line of a quotation: aside.pull
 *
 * Tables stand in div.table, which scrolls. If a body uses "#", all headings move one level down,
 * because h1 is the page's headline. Raw HTML is allowed and not trusted: the whole passes through
 * sanitise.h, whose resolver also answers for pictures and links.
 *
 * Ceilings: LIMIT_BODY bytes; and, because cmark-gfm needs quadratic time for them, no paragraph of
 * many thousand brackets or quotes, no row of many thousand cells (markdown_guard.c); what usual
 * text never comes near. Thread-safe.
 */
#pragma once

#include "text/sanitise.h"
#include "text/text_picture.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *language;             /* BCP 47, for the quotes; NULL: English */
    const SanitiseResolver *resolver; /* may be NULL */
    const char *scope;      /* makes footnote ids unique where several bodies stand on one page:
                               [A-Za-z0-9_-]*, NULL: none */
    const char *back_label; /* what the link back from a footnote is called for those who do not see
                               its arrow; NULL: "Back to the text" */
} MarkdownOptions;

/* What markdown_render() refuses before it begins, for whoever takes a text in. Errors as below. */
bool markdown_check(const char *text, size_t length, GError **error);

/* `options` may be NULL. Errors: LIMIT (a ceiling), INVALID (a NUL byte, invalid UTF-8; the message
 * names the line). */
bool markdown_render(const char *text, size_t length, const MarkdownOptions *options,
                     SafeHtml *html, GError **error);

/* The pictures that a body shows, in their order: not what stands in code or is no picture. None if
 * the body is one that markdown_render() refuses. Elements TextPicture; caller frees. */
GPtrArray *markdown_pictures(const char *text, size_t length);

/* The parser's own HTML, neither sanitised nor for readers: for the conformance tests. `gfm`: with
 * GFM's extensions above. Caller frees. Errors as above. */
char *markdown_parse_plain(const char *text, size_t length, bool gfm, GError **error);
