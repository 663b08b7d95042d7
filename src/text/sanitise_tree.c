/*
 * The stack of open blocks and inline elements. Where a block may stand is sanitise_place.c; text
 * is sanitise_text.c.
 */
#include "text/sanitise_tree_private.h"

#include "text/sanitise.h"

#include <string.h>

void html_tree_init(HtmlTree *tree, GString *out)
{
    tree->out = out;
    tree->tags = g_string_sized_new(256);
    tree->block_count = 0;
    tree->depth = 0;
    tree->inline_count = 0;
    tree->inline_open = 0;
    tree->after_pre = false;
}

void html_tree_clear(HtmlTree *tree)
{
    g_string_free(tree->tags, TRUE);
    tree->tags = NULL;
}

static void append_end_tag(GString *out, Element element)
{
    g_string_append_len(out, "</", 2);
    g_string_append(out, element_name(element));
    g_string_append_c(out, '>');
}

/* An id names one place, so the element has none when it is opened again. */
static void strip_id(HtmlTree *tree, TreeInline *element)
{
    char *id = tree->tags->str + element->tag + element->id;
    size_t behind = element->tag_length - element->id - element->id_length;
    memmove(id, id + element->id_length, behind);
    element->tag_length -= element->id_length;
    element->id_length = 0;
    if ((ELEMENT_BIT(element->element) & ELEMENTS_MARK) != 0 &&
        element->tag_length == strlen("<>") + strlen(element_name(element->element))) {
        element->element = ELEMENT_NONE;
        element->tag_length = 0;
    }
}

static void close_inlines(HtmlTree *tree, unsigned down_to)
{
    while (tree->inline_open > down_to) {
        TreeInline *last = &tree->inlines[--tree->inline_open];
        if (last->element != ELEMENT_NONE) {
            append_end_tag(tree->out, last->element);
        }
        if (last->id_length > 0) {
            strip_id(tree, last);
        }
    }
}

static void forget_inlines(HtmlTree *tree, unsigned down_to)
{
    tree->inline_count = MIN(tree->inline_count, down_to);
    if (tree->inline_count == 0) {
        g_string_truncate(tree->tags, 0);
    }
}

void tree_open_inlines(HtmlTree *tree)
{
    for (; tree->inline_open < tree->inline_count; tree->inline_open++) {
        const TreeInline *next = &tree->inlines[tree->inline_open];
        g_string_append_len(tree->out, tree->tags->str + next->tag, (gssize)next->tag_length);
    }
}

/* An empty item or cell still has its place in the list or row. */
static bool vanishes_when_empty(Element element)
{
    return (ELEMENT_BIT(element) & (ELEMENTS_CELL | ELEMENT_BIT(ELEMENT_LI) |
                                    ELEMENT_BIT(ELEMENT_DT) | ELEMENT_BIT(ELEMENT_DD))) == 0;
}

static void pop_block(HtmlTree *tree)
{
    const TreeBlock *block = &tree->blocks[--tree->block_count];
    if (block->element == ELEMENT_NONE) {
        return;
    }
    close_inlines(tree, 0);
    forget_inlines(tree, block->inline_base);
    if (tree->out->len == block->after_start && vanishes_when_empty(block->element)) {
        g_string_truncate(tree->out, block->start);
    } else {
        append_end_tag(tree->out, block->element);
    }
    tree->depth--;
}

void tree_pop_to(HtmlTree *tree, unsigned count)
{
    while (tree->block_count > count) {
        pop_block(tree);
    }
}

void tree_push(HtmlTree *tree, Element element, const Rule *source, const char *tag, size_t length)
{
    TreeBlock *block = &tree->blocks[tree->block_count++];
    if (element != ELEMENT_NONE) {
        close_inlines(tree, 0);
        tree->depth++;
    }
    block->source = source;
    block->element = (guint8)element;
    block->inline_base = (guint16)tree->inline_count;
    block->start = tree->out->len;
    if (element != ELEMENT_NONE) {
        g_string_append_len(tree->out, tag, (gssize)length);
    }
    block->after_start = tree->out->len;
    tree->after_pre = element == ELEMENT_PRE;
}

int tree_find(const HtmlTree *tree, ElementSet set, ElementSet stop)
{
    for (unsigned i = tree->block_count; i > 0; i--) {
        ElementSet bit = ELEMENT_BIT(tree->blocks[i - 1].element);
        if ((bit & set) != 0) {
            return (int)(i - 1);
        }
        if ((bit & stop) != 0) {
            return -1;
        }
    }
    return -1;
}

Element tree_top(const HtmlTree *tree)
{
    int top = tree_find(tree, ~ELEMENT_BIT(ELEMENT_NONE), 0);
    return top < 0 ? ELEMENT_NONE : tree->blocks[top].element;
}

/* How many parents tree_settle() would open. */
static unsigned missing_parents(const HtmlTree *tree)
{
    ElementSet top = ELEMENT_BIT(tree_top(tree));
    if ((top & ELEMENTS_STRUCTURE) == 0) {
        return 0;
    }
    return (top & ELEMENT_BIT(ELEMENT_TABLE)) != 0 ? 3 : (top & ELEMENTS_ROWS) != 0 ? 2 : 1;
}

/* Lists and tables leave room for their items and cells, which are therefore never too deep. */
static bool is_too_deep(const HtmlTree *tree, Element element)
{
    const ElementSet parts = ELEMENTS_ROWS | ELEMENTS_CELL | ELEMENT_BIT(ELEMENT_TR) |
                             ELEMENT_BIT(ELEMENT_LI) | ELEMENT_BIT(ELEMENT_DT) |
                             ELEMENT_BIT(ELEMENT_DD);
    ElementSet bit = ELEMENT_BIT(element);
    unsigned needed = (bit & ELEMENTS_STRUCTURE) != 0 ? 4 : 1;
    return (bit & parts) == 0 &&
           tree->depth + missing_parents(tree) + needed > SANITISE_DEPTH_LIMIT;
}

void html_tree_block(HtmlTree *tree, Element element, const Rule *source, const GString *tag)
{
    tree->after_pre = false;
    if (tree->block_count >= TREE_BLOCK_LIMIT) {
        return;
    }
    Element placed = is_too_deep(tree, element) ? ELEMENT_NONE : tree_place(tree, element);
    if (placed == element || placed == ELEMENT_NONE) {
        tree_push(tree, placed, source, tag->str, tag->len);
    } else { /* div is the only other element it can become */
        tree_push(tree, is_too_deep(tree, placed) ? ELEMENT_NONE : placed, source, "<div>", 5);
    }
}

/* The innermost inline element of that source; what began outside a table cell does not end in it.
 */
static int find_inline(const HtmlTree *tree, const Rule *source)
{
    int cell = tree_find(tree, ELEMENTS_CELL, 0);
    int base = cell < 0 ? 0 : tree->blocks[cell].inline_base;
    for (int i = (int)tree->inline_count - 1; i >= base; i--) {
        if (tree->inlines[i].source == source) {
            return i;
        }
    }
    return -1;
}

bool html_tree_has_inline(const HtmlTree *tree, Element element)
{
    for (unsigned i = 0; i < tree->inline_count; i++) {
        if (tree->inlines[i].element == element) {
            return true;
        }
    }
    return false;
}

/* Ends one inline element; those inside it are opened again at the next text. */
static void remove_inline(HtmlTree *tree, unsigned index)
{
    close_inlines(tree, index);
    memmove(&tree->inlines[index], &tree->inlines[index + 1],
            (tree->inline_count - index - 1) * sizeof tree->inlines[0]);
    for (unsigned i = 0; i < tree->block_count; i++) {
        if (tree->blocks[i].inline_base > index) {
            tree->blocks[i].inline_base--;
        }
    }
    forget_inlines(tree, tree->inline_count - 1);
}

void html_tree_inline(HtmlTree *tree, Element element, const Rule *source, const GString *tag,
                      size_t id, size_t id_length)
{
    tree->after_pre = false;
    if (element == ELEMENT_A) {
        for (unsigned i = tree->inline_count; i > 0; i--) {
            if (tree->inlines[i - 1].element == ELEMENT_A) {
                remove_inline(tree, i - 1); /* a link cannot stand in a link */
            }
        }
    }
    if (tree->inline_count >= TREE_INLINE_LIMIT) {
        return;
    }
    size_t length = element == ELEMENT_NONE ? 0 : tag->len;
    tree->inlines[tree->inline_count++] =
        (TreeInline){source, tree->tags->len, length, id, id_length, (guint8)element};
    if (element != ELEMENT_NONE) {
        g_string_append_len(tree->tags, tag->str, (gssize)tag->len);
    }
    if (id_length > 0) {
        tree_settle(tree);
        tree_open_inlines(tree);
    }
}

static bool both_headings(const Rule *one, const Rule *other)
{
    return one != NULL && (ELEMENT_BIT(one->element) & ELEMENTS_HEADING) != 0 &&
           (ELEMENT_BIT(other->element) & ELEMENTS_HEADING) != 0;
}

static void end_block(HtmlTree *tree, const Rule *source)
{
    bool table_part = (ELEMENT_BIT(source->element) & (ELEMENTS_TABLE_PART | ELEMENTS_CELL)) != 0;
    for (unsigned i = tree->block_count; i > 0; i--) {
        const TreeBlock *block = &tree->blocks[i - 1];
        if (block->source == source || both_headings(block->source, source)) {
            tree_pop_to(tree, i - 1);
            return;
        }
        if (!table_part && (ELEMENT_BIT(block->element) & ELEMENTS_CELL) != 0) {
            return; /* what began outside a cell does not end in it */
        }
    }
}

void html_tree_end(HtmlTree *tree, const Rule *source)
{
    tree->after_pre = false;
    if (source->kind == RULE_BLOCK) {
        end_block(tree, source);
    } else if (source->kind == RULE_INLINE) {
        int index = find_inline(tree, source);
        if (index >= 0) {
            remove_inline(tree, (unsigned)index);
        }
    }
}

void html_tree_void(HtmlTree *tree, Element element, const GString *tag)
{
    tree->after_pre = false;
    if (element == ELEMENT_HR) {
        if (tree_place(tree, ELEMENT_HR) == ELEMENT_HR) {
            close_inlines(tree, 0);
            g_string_append_len(tree->out, tag->str, (gssize)tag->len);
        }
        return;
    }
    if (element != ELEMENT_IMG && (ELEMENT_BIT(tree_top(tree)) & ELEMENTS_STRUCTURE) != 0) {
        return; /* a line break between items means nothing */
    }
    tree_settle(tree);
    tree_open_inlines(tree);
    g_string_append_len(tree->out, tag->str, (gssize)tag->len);
}

void html_tree_finish(HtmlTree *tree)
{
    tree_pop_to(tree, 0);
    close_inlines(tree, 0);
    forget_inlines(tree, 0);
}
