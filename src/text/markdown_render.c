/*
 * From cmark's tree to HTML, block by block and inline by inline. Figures and pull quotes are
 * markdown_story.c; raw HTML is passed on as it is, because the sanitiser comes after.
 */
#include "text/markdown_render.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#define BACK_LABEL "Back to the text"

/* cmark-gfm's extensions register their node types at run time and do not export all of them. */
static bool is_type(cmark_node *node, const char *type)
{
    return strcmp(cmark_node_get_type_string(node), type) == 0;
}

void markdown_append_attribute(GString *out, const char *name, const char *value)
{
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append(out, "=\"");
    html_escape_attribute(out, value, strlen(value));
    g_string_append_c(out, '"');
}

void markdown_append_text(MarkdownRenderer *renderer, const char *text)
{
    g_string_truncate(renderer->scratch, 0);
    quotes_append(&renderer->quotes, text, renderer->scratch);
    html_escape_text(renderer->out, renderer->scratch->str, renderer->scratch->len);
}

/* The text inside an image, without its markup (CommonMark 6.4). */
static void collect_alt(MarkdownRenderer *renderer, cmark_node *image, GString *alt)
{
    cmark_iter *iter = cmark_iter_new(image);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (event != CMARK_EVENT_ENTER) {
            continue;
        }
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            quotes_append(&renderer->quotes, cmark_node_get_literal(node), alt);
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            g_string_append_c(alt, ' ');
        }
    }
    cmark_iter_free(iter);
}

void markdown_append_image(MarkdownRenderer *renderer, cmark_node *image)
{
    g_autoptr(GString) alt = g_string_new(NULL);
    collect_alt(renderer, image, alt);
    g_string_append(renderer->out, "<img");
    markdown_append_attribute(renderer->out, "src", cmark_node_get_url(image));
    markdown_append_attribute(renderer->out, "alt", alt->str);
    g_string_append_c(renderer->out, '>');
}

static const char *scope_of(const MarkdownRenderer *renderer)
{
    return renderer->options->scope == NULL ? "" : renderer->options->scope;
}

static void append_footnote_reference(MarkdownRenderer *renderer, cmark_node *node)
{
    const char *number = cmark_node_get_literal(node);
    const char *scope = scope_of(renderer);
    g_string_append_printf(renderer->out,
                           "<sup class=\"fn\"><a href=\"#fn-%s%s\" id=\"fnref-%s%s\">%s</a></sup>",
                           scope, number, scope, number, number);
}

static void append_back_link(MarkdownRenderer *renderer)
{
    const char *label = renderer->options->back_label;
    g_string_append_printf(renderer->out, " <a href=\"#fnref-%s%d\" class=\"fn-back\"",
                           scope_of(renderer), renderer->footnotes);
    markdown_append_attribute(renderer->out, "aria-label", label == NULL ? BACK_LABEL : label);
    g_string_append(renderer->out, ">↩</a>");
}

static bool is_last_paragraph_of_footnote(cmark_node *node)
{
    cmark_node *parent = cmark_node_parent(node);
    return parent != NULL && cmark_node_get_type(parent) == CMARK_NODE_FOOTNOTE_DEFINITION &&
           cmark_node_next(node) == NULL;
}

static void render_footnote(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    GString *out = renderer->out;
    if (entering) {
        if (renderer->footnotes++ == 0) {
            g_string_append(out, "<section class=\"footnotes\"><ol>");
        }
        g_string_append_printf(out, "<li id=\"fn-%s%d\">", scope_of(renderer), renderer->footnotes);
        return;
    }
    cmark_node *last = cmark_node_last_child(node);
    if (last == NULL || cmark_node_get_type(last) != CMARK_NODE_PARAGRAPH) {
        append_back_link(renderer);
    }
    g_string_append(out, "</li>");
}

static bool is_tight(cmark_node *paragraph)
{
    cmark_node *parent = cmark_node_parent(paragraph);
    cmark_node *list = parent == NULL ? NULL : cmark_node_parent(parent);
    return list != NULL && cmark_node_get_type(list) == CMARK_NODE_LIST &&
           cmark_node_get_list_tight(list) != 0;
}

static void render_paragraph(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    if (!entering && is_last_paragraph_of_footnote(node)) {
        append_back_link(renderer);
    }
    if (is_tight(node)) {
        return;
    }
    g_string_append(renderer->out, entering ? "<p>" : "</p>\n");
}

static void render_quotation(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    static char pull; /* its address marks a pull quote */
    if (entering && markdown_take_pull_mark(node)) {
        cmark_node_set_user_data(node, &pull);
    }
    bool is_pull = cmark_node_get_user_data(node) == &pull;
    if (entering) {
        g_string_append(renderer->out,
                        is_pull ? "<aside class=\"pull\"><blockquote>" : "<blockquote>");
    } else {
        g_string_append(renderer->out, is_pull ? "</blockquote></aside>\n" : "</blockquote>\n");
    }
}

static void render_list(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    if (!entering) {
        g_string_append(renderer->out, ordered ? "</ol>\n" : "</ul>\n");
    } else if (ordered && cmark_node_get_list_start(node) != 1) {
        g_string_append_printf(renderer->out, "<ol start=\"%d\">", cmark_node_get_list_start(node));
    } else {
        g_string_append(renderer->out, ordered ? "<ol>" : "<ul>");
    }
}

static void render_heading(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    int level = MIN(cmark_node_get_heading_level(node) + renderer->heading_shift, 6);
    g_string_append_printf(renderer->out, entering ? "<h%d>" : "</h%d>\n", level);
}

static void render_code_block(MarkdownRenderer *renderer, cmark_node *node)
{
    const char *code = cmark_node_get_literal(node);
    g_string_append(renderer->out, "<pre><code>");
    html_escape_text(renderer->out, code, strlen(code));
    g_string_append(renderer->out, "</code></pre>\n");
}

/* True if the node was a block. */
static bool render_block(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    GString *out = renderer->out;
    switch ((unsigned)cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT:
        if (!entering && renderer->footnotes > 0) {
            g_string_append(out, "</ol></section>\n");
        }
        return true;
    case CMARK_NODE_PARAGRAPH:
        render_paragraph(renderer, node, entering);
        return true;
    case CMARK_NODE_HEADING:
        render_heading(renderer, node, entering);
        return true;
    case CMARK_NODE_BLOCK_QUOTE:
        render_quotation(renderer, node, entering);
        return true;
    case CMARK_NODE_LIST:
        render_list(renderer, node, entering);
        return true;
    case CMARK_NODE_ITEM:
        g_string_append(out, entering ? "<li>" : "</li>");
        return true;
    case CMARK_NODE_CODE_BLOCK:
        render_code_block(renderer, node);
        return true;
    case CMARK_NODE_HTML_BLOCK:
        g_string_append(out, cmark_node_get_literal(node));
        return true;
    case CMARK_NODE_THEMATIC_BREAK:
        g_string_append(out, "<hr>\n");
        return true;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        render_footnote(renderer, node, entering);
        return true;
    default:
        return false;
    }
}

static void render_link(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    if (!entering) {
        g_string_append(renderer->out, "</a>");
        return;
    }
    const char *title = cmark_node_get_title(node);
    g_string_append(renderer->out, "<a");
    markdown_append_attribute(renderer->out, "href", cmark_node_get_url(node));
    if (*title != '\0') {
        markdown_append_attribute(renderer->out, "title", title);
    }
    g_string_append_c(renderer->out, '>');
}

static bool render_inline(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    GString *out = renderer->out;
    switch ((unsigned)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        markdown_append_text(renderer, cmark_node_get_literal(node));
        return true;
    case CMARK_NODE_SOFTBREAK:
        g_string_append_c(out, '\n');
        return true;
    case CMARK_NODE_LINEBREAK:
        g_string_append(out, "<br>\n");
        return true;
    case CMARK_NODE_CODE:
        g_string_append(out, "<code>");
        html_escape_text(out, cmark_node_get_literal(node), strlen(cmark_node_get_literal(node)));
        g_string_append(out, "</code>");
        return true;
    case CMARK_NODE_HTML_INLINE:
        g_string_append(out, cmark_node_get_literal(node));
        return true;
    case CMARK_NODE_EMPH:
        g_string_append(out, entering ? "<em>" : "</em>");
        return true;
    case CMARK_NODE_STRONG:
        g_string_append(out, entering ? "<strong>" : "</strong>");
        return true;
    case CMARK_NODE_LINK:
        render_link(renderer, node, entering);
        return true;
    case CMARK_NODE_IMAGE:
        if (entering) {
            markdown_append_image(renderer, node);
        }
        return true;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        if (entering) {
            append_footnote_reference(renderer, node);
        }
        return true;
    default:
        return false;
    }
}

static void render_table(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    if (entering) {
        renderer->table = node;
        renderer->in_table_body = false;
        g_string_append(renderer->out, "<div class=\"table\"><table>");
    } else {
        g_string_append(renderer->out,
                        renderer->in_table_body ? "</tbody></table></div>\n" : "</table></div>\n");
    }
}

static void render_row(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    GString *out = renderer->out;
    bool header = cmark_gfm_extensions_get_table_row_is_header(node) != 0;
    if (!entering) {
        g_string_append(out, header ? "</tr></thead>" : "</tr>");
        return;
    }
    renderer->column = 0;
    if (!header && !renderer->in_table_body) {
        renderer->in_table_body = true;
        g_string_append(out, "<tbody>");
    }
    g_string_append(out, header ? "<thead><tr>" : "<tr>");
}

static void render_cell(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    GString *out = renderer->out;
    const char *name =
        cmark_gfm_extensions_get_table_row_is_header(cmark_node_parent(node)) != 0 ? "th" : "td";
    if (!entering) {
        g_string_append_printf(out, "</%s>", name);
        return;
    }
    quotes_restart(&renderer->quotes);
    const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(renderer->table);
    int columns = cmark_gfm_extensions_get_table_columns(renderer->table);
    int column = renderer->column++;
    char alignment = column < columns ? (char)alignments[column] : '\0';
    g_string_append_printf(out, "<%s%s>", name,
                           alignment == 'c'   ? " class=\"center\""
                           : alignment == 'r' ? " class=\"right\""
                                              : "");
}

static void render_extension(MarkdownRenderer *renderer, cmark_node *node, bool entering)
{
    if (is_type(node, "table")) {
        render_table(renderer, node, entering);
    } else if (is_type(node, "table_row") || is_type(node, "table_header")) {
        render_row(renderer, node, entering);
    } else if (is_type(node, "table_cell")) {
        render_cell(renderer, node, entering);
    } else if (is_type(node, "strikethrough")) {
        g_string_append(renderer->out, entering ? "<del>" : "</del>");
    }
}

/* One level down if the body uses the page's own level. */
static int heading_shift(cmark_node *document)
{
    for (cmark_node *node = cmark_node_first_child(document); node != NULL;
         node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
            cmark_node_get_heading_level(node) == 1) {
            return 1;
        }
    }
    return 0;
}

void markdown_render_tree(MarkdownRenderer *renderer, cmark_node *document)
{
    renderer->heading_shift = heading_shift(document);
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        bool entering = event == CMARK_EVENT_ENTER;
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) {
            quotes_restart(&renderer->quotes);
        }
        if (entering && type == CMARK_NODE_PARAGRAPH && markdown_append_figures(renderer, node)) {
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
            continue;
        }
        if (!render_block(renderer, node, entering) && !render_inline(renderer, node, entering)) {
            render_extension(renderer, node, entering);
        }
        if (entering && type == CMARK_NODE_IMAGE) {
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT); /* its text is the alt */
        } else if (entering && type == CMARK_NODE_BLOCK_QUOTE) {
            cmark_iter_reset(iter, node, CMARK_EVENT_ENTER); /* its mark may be gone */
        }
    }
    cmark_iter_free(iter);
}
