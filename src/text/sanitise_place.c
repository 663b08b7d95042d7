/*
 * Where a block may stand: what it closes, which parents it needs, when it is left out.
 */
#include "text/sanitise_tree_private.h"

#include <string.h>

#define IS(element, set) ((ELEMENT_BIT(element) & (set)) != 0)

static void push_automatic(HtmlTree *tree, Element element, const char *tag)
{
    tree_push(tree, element, NULL, tag, strlen(tag));
}

void tree_settle(HtmlTree *tree)
{
    for (;;) {
        switch (tree_top(tree)) {
        case ELEMENT_UL:
        case ELEMENT_OL:
            push_automatic(tree, ELEMENT_LI, "<li>");
            return;
        case ELEMENT_DL:
            push_automatic(tree, ELEMENT_DD, "<dd>");
            return;
        case ELEMENT_TABLE:
            push_automatic(tree, ELEMENT_TBODY, "<tbody>");
            break;
        case ELEMENT_TBODY:
        case ELEMENT_THEAD:
        case ELEMENT_TFOOT:
            push_automatic(tree, ELEMENT_TR, "<tr>");
            break;
        case ELEMENT_TR:
            push_automatic(tree, ELEMENT_TD, "<td>");
            return;
        default:
            return;
        }
    }
}

/* A block in a heading, in preformatted text: not written, but words do not run together. */
static void separate(HtmlTree *tree, Element top)
{
    const GString *out = tree->out;
    int block = tree_find(tree, ELEMENT_BIT(top), 0);
    if (out->len > tree->blocks[block].after_start && !g_ascii_isspace(out->str[out->len - 1])) {
        g_string_append_c(tree->out, top == ELEMENT_PRE ? '\n' : ' ');
    }
}

static Element place_anywhere(HtmlTree *tree, Element element)
{
    Element top = tree_top(tree);
    if (top != ELEMENT_P && IS(top, ELEMENTS_TEXT_ONLY) &&
        (element == ELEMENT_P || element == ELEMENT_DIV)) {
        separate(tree, top);
        return ELEMENT_NONE;
    }
    if (IS(top, ELEMENTS_TEXT_ONLY)) {
        tree_pop_to(tree, (unsigned)tree_find(tree, ELEMENTS_TEXT_ONLY, 0));
        top = tree_top(tree);
    }
    if (element == ELEMENT_DIV && top == ELEMENT_DL) {
        return ELEMENT_NONE;
    }
    tree_settle(tree);
    return element;
}

/* li, dt, dd: a child of its list, which ends the one before. */
static Element place_item(HtmlTree *tree, Element element, ElementSet lists)
{
    int list = tree_find(
        tree, lists, ELEMENTS_CELL | ELEMENT_BIT(ELEMENT_TABLE) | ELEMENT_BIT(ELEMENT_BLOCKQUOTE));
    if (list < 0) {
        return place_anywhere(tree, ELEMENT_DIV);
    }
    tree_pop_to(tree, (unsigned)list + 1);
    return element;
}

/* Leaves a row group open, a tbody if there was none. */
static void place_in_rows(HtmlTree *tree, unsigned table)
{
    int rows = tree_find(tree, ELEMENTS_ROWS, ELEMENT_BIT(ELEMENT_TABLE));
    tree_pop_to(tree, rows < 0 ? table + 1 : (unsigned)rows + 1);
    if (rows < 0) {
        push_automatic(tree, ELEMENT_TBODY, "<tbody>");
    }
}

static Element place_in_table(HtmlTree *tree, Element element)
{
    int table = tree_find(tree, ELEMENT_BIT(ELEMENT_TABLE), 0);
    if (table < 0) {
        return IS(element, ELEMENTS_CELL) ? place_anywhere(tree, ELEMENT_DIV) : ELEMENT_NONE;
    }
    if (element == ELEMENT_CAPTION) {
        bool first = tree->out->len == tree->blocks[table].after_start;
        return first && tree_top(tree) == ELEMENT_TABLE ? element : ELEMENT_NONE;
    }
    if (IS(element, ELEMENTS_ROWS)) {
        tree_pop_to(tree, (unsigned)table + 1);
        return element;
    }
    int row = tree_find(tree, ELEMENT_BIT(ELEMENT_TR), ELEMENT_BIT(ELEMENT_TABLE));
    if (element == ELEMENT_TR || row < 0) {
        place_in_rows(tree, (unsigned)table);
    } else {
        tree_pop_to(tree, (unsigned)row + 1);
    }
    if (element != ELEMENT_TR && row < 0) {
        push_automatic(tree, ELEMENT_TR, "<tr>");
    }
    return element;
}

/* figcaption in figure, summary first in details. */
static Element place_in_parent(HtmlTree *tree, Element element)
{
    if (tree_top(tree) == ELEMENT_P) {
        tree_pop_to(tree, (unsigned)tree_find(tree, ELEMENT_BIT(ELEMENT_P), 0));
    }
    Element top = tree_top(tree);
    if (element == ELEMENT_FIGCAPTION && top == ELEMENT_FIGURE) {
        return element;
    }
    int details = tree_find(tree, ELEMENT_BIT(ELEMENT_DETAILS), 0);
    if (element == ELEMENT_SUMMARY && top == ELEMENT_DETAILS &&
        tree->out->len == tree->blocks[details].after_start) {
        return element;
    }
    return place_anywhere(tree, ELEMENT_DIV);
}

Element tree_place(HtmlTree *tree, Element element)
{
    switch (element) {
    case ELEMENT_LI:
        return place_item(tree, element, ELEMENTS_LIST);
    case ELEMENT_DT:
    case ELEMENT_DD:
        return place_item(tree, element, ELEMENT_BIT(ELEMENT_DL));
    case ELEMENT_TBODY:
    case ELEMENT_THEAD:
    case ELEMENT_TFOOT:
    case ELEMENT_TR:
    case ELEMENT_TD:
    case ELEMENT_TH:
    case ELEMENT_CAPTION:
        return place_in_table(tree, element);
    case ELEMENT_FIGCAPTION:
    case ELEMENT_SUMMARY:
        return place_in_parent(tree, element);
    default:
        return place_anywhere(tree, element);
    }
}
