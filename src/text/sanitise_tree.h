/*
 * HtmlTree: puts blocks, inline elements and text where HTML lets them stand, and writes the
 * result.
 *
 * Own rules instead of the standard's tree construction (HTML 13.2.6), so that the output is not
 * only parsed back as it was meant but also valid: inline elements never contain blocks (they are
 * closed before a block and opened again in it, at the next text), a paragraph ends before any
 * block, list items, table rows and cells get the parents they need, blocks that stayed empty
 * vanish. Memory is fixed: at most TREE_BLOCK_LIMIT blocks and TREE_INLINE_LIMIT inline elements
 * are open; more are left out, their text is kept.
 */
#pragma once

#include "text/sanitise_rules.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define TREE_BLOCK_LIMIT  100u /* blocks, also those that are not written */
#define TREE_INLINE_LIMIT 32u

typedef struct {
    const Rule *source; /* whose end tag ends it; NULL for one that was needed as a parent */
    gsize start;        /* where its start tag begins and ends in the output */
    gsize after_start;
    guint16 inline_base; /* inline elements that were open when it began */
    guint8 element;      /* ELEMENT_NONE: not written, only waits for its end tag */
} TreeBlock;

typedef struct {
    const Rule *source;
    gsize tag; /* its start tag in HtmlTree.tags */
    gsize tag_length;
    gsize id; /* its id attribute in the tag, with the blank before it */
    gsize id_length;
    guint8 element; /* ELEMENT_NONE as above */
} TreeInline;

typedef struct {
    GString *out;
    GString *tags;
    unsigned block_count;
    unsigned depth; /* blocks that are written */
    unsigned inline_count;
    unsigned inline_open; /* so many of them are written in the present block */
    bool after_pre;       /* nothing came since <pre>: a line break here is not text */
    TreeBlock blocks[TREE_BLOCK_LIMIT + 8];
    TreeInline inlines[TREE_INLINE_LIMIT];
} HtmlTree;

/* `out` (borrowed) must be empty. */
void html_tree_init(HtmlTree *tree, GString *out);
void html_tree_clear(HtmlTree *tree);

/* `tag` is the whole start tag as it is to be written. */
void html_tree_block(HtmlTree *tree, Element element, const Rule *source, const GString *tag);
/* `id`, `id_length`: where the tag has its id attribute, length 0 if none; with an id the element
 * is written also if no text follows. */
void html_tree_inline(HtmlTree *tree, Element element, const Rule *source, const GString *tag,
                      size_t id, size_t id_length);
void html_tree_void(HtmlTree *tree, Element element, const GString *tag);
void html_tree_end(HtmlTree *tree, const Rule *source);

/* Text with character references, as a token holds it. */
void html_tree_text(HtmlTree *tree, const char *text, size_t length);

/* Whether an element is open in the present text. */
bool html_tree_has_inline(const HtmlTree *tree, Element element);

/* Closes everything. */
void html_tree_finish(HtmlTree *tree);
