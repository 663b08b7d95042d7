/*
 * Markdown's front: ceilings, the parser with its extensions, the renderer, the sanitiser, in that
 * order. The forms that newspapers need are markdown_story.c.
 */
#include "text/markdown.h"

#include "base/error.h"
#include "base/limits.h"
#include "text/encoding.h"
#include "text/markdown_guard.h"
#include "text/markdown_quotes.h"
#include "text/markdown_render.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <string.h>

#define STORY_OPTIONS (CMARK_OPT_FOOTNOTES | CMARK_OPT_SMART)
#define PLAIN_OPTIONS CMARK_OPT_UNSAFE /* the conformance tests contain raw HTML */

static cmark_parser *parser_new(int parse_options, bool extensions)
{
    static const char *const names[] = {"table", "strikethrough", "autolink"};
    static gsize registered;
    if (g_once_init_enter(&registered)) {
        cmark_gfm_core_extensions_ensure_registered();
        g_once_init_leave(&registered, 1);
    }
    cmark_parser *parser = cmark_parser_new(parse_options);
    for (size_t i = 0; extensions && i < G_N_ELEMENTS(names); i++) {
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    }
    return parser;
}

bool markdown_check(const char *text, size_t length, GError **error)
{
    if (length > LIMIT_BODY) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the body has %zu bytes, more than the %u MB that a story may have", length,
                    LIMIT_BODY / 1024 / 1024);
    }
    return encoding_check(text, length, "body", error) && markdown_guard(text, length, error);
}

/* The words inside a picture's brackets. */
static char *alt_of(cmark_node *image)
{
    GString *alt = g_string_new(NULL);
    cmark_iter *iter = cmark_iter_new(image);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (event == CMARK_EVENT_ENTER && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)) {
            g_string_append(alt, cmark_node_get_literal(node));
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            g_string_append_c(alt, ' ');
        }
    }
    cmark_iter_free(iter);
    return g_string_free(alt, FALSE);
}

static void take_pictures(cmark_node *node, GPtrArray *pictures)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_IMAGE) {
        TextPicture *picture = g_new(TextPicture, 1);
        *picture = (TextPicture){.url = g_strdup(cmark_node_get_url(node)),
                                 .title = g_strdup(cmark_node_get_title(node)),
                                 .alt = alt_of(node)};
        g_ptr_array_add(pictures, picture);
    } else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
        const char *html = cmark_node_get_literal(node);
        html_pictures(html, strlen(html), pictures);
    }
}

GPtrArray *markdown_pictures(const char *text, size_t length)
{
    g_autoptr(GPtrArray) pictures = text_pictures_new();
    if (!markdown_check(text, length, NULL)) {
        return g_steal_pointer(&pictures);
    }
    cmark_parser *parser = parser_new(STORY_OPTIONS, true);
    cmark_parser_feed(parser, text, length);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        if (event == CMARK_EVENT_ENTER) {
            take_pictures(cmark_iter_get_node(iter), pictures);
        }
    }
    cmark_iter_free(iter);
    cmark_node_free(document);
    cmark_parser_free(parser);
    return g_steal_pointer(&pictures);
}

/* The tree as HTML that is not yet safe. */
static GString *render_unsafe(const char *text, size_t length, const MarkdownOptions *options)
{
    MarkdownRenderer renderer = {.options = options,
                                 .out = g_string_sized_new(length + length / 4 + 64),
                                 .scratch = g_string_sized_new(256)};
    g_autofree char *prepared = quotes_prepare(&renderer.quotes, options->language, text, length);
    cmark_parser *parser = parser_new(STORY_OPTIONS, true);
    cmark_parser_feed(parser, prepared == NULL ? text : prepared, length);
    cmark_node *document = cmark_parser_finish(parser);
    markdown_render_tree(&renderer, document);
    cmark_node_free(document);
    cmark_parser_free(parser);
    quotes_restore(&renderer.quotes, renderer.out);
    g_string_free(renderer.scratch, TRUE);
    return renderer.out;
}

bool markdown_render(const char *text, size_t length, const MarkdownOptions *options,
                     SafeHtml *html, GError **error)
{
    static const MarkdownOptions none = {0};
    if (!markdown_check(text, length, error)) {
        return false;
    }
    options = options == NULL ? &none : options;
    GString *unsafe = render_unsafe(text, length, options);
    bool made = sanitise_own_html(unsafe->str, unsafe->len, options->resolver, html, error);
    g_string_free(unsafe, TRUE);
    return made;
}

char *markdown_parse_plain(const char *text, size_t length, bool gfm, GError **error)
{
    if (!markdown_check(text, length, error)) {
        return NULL;
    }
    cmark_parser *parser = parser_new(PLAIN_OPTIONS, gfm);
    cmark_parser_feed(parser, text, length);
    cmark_node *document = cmark_parser_finish(parser);
    char *html =
        cmark_render_html(document, PLAIN_OPTIONS, cmark_parser_get_syntax_extensions(parser));
    char *copy = g_strdup(html);
    cmark_get_default_mem_allocator()->free(html);
    cmark_node_free(document);
    cmark_parser_free(parser);
    return copy;
}
