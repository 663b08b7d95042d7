/*
 * The parsed tree of a body as HTML, before the sanitiser: the parts of markdown.c that walk the
 * tree.
 */
#pragma once

#include "text/markdown.h"
#include "text/markdown_quotes.h"

#include <cmark-gfm.h>
#include <glib.h>
#include <stdbool.h>

typedef struct {
    const MarkdownOptions *options;
    Quotes quotes;
    GString *out;
    GString *scratch; /* text of one node */
    int heading_shift;
    int footnotes; /* definitions so far; they stand at the end */
    bool in_table_body;
    int column; /* of the present table cell */
    cmark_node *table;
} MarkdownRenderer;

/* Appends the tree's HTML to renderer->out. */
void markdown_render_tree(MarkdownRenderer *renderer, cmark_node *document);

/* Appends a literal of the tree, its quotes mapped, escaped for element content. */
void markdown_append_text(MarkdownRenderer *renderer, const char *text);

/* <img …> with the alternative text that stands inside the node. */
void markdown_append_image(MarkdownRenderer *renderer, cmark_node *image);

/* ` name="value"`, escaped. */
void markdown_append_attribute(GString *out, const char *name, const char *value);

/* markdown_story.c: writes the paragraph if it is a figure or several; false: it is an ordinary
 * one, and nothing was written. */
bool markdown_append_figures(MarkdownRenderer *renderer, cmark_node *paragraph);

/* markdown_story.c: whether the quotation begins with "!pull"; that line is then taken out. */
bool markdown_take_pull_mark(cmark_node *quotation);
