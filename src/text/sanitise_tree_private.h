/*
 * What the parts of HtmlTree (sanitise_tree.c, sanitise_place.c, sanitise_text.c) call of each
 * other.
 */
#pragma once

#include "text/sanitise_tree.h"

/* The index of the innermost block of `set`, looking no further than one of `stop`; -1 if none. */
int tree_find(const HtmlTree *tree, ElementSet set, ElementSet stop);

/* The innermost block that is written; ELEMENT_NONE outside all. */
Element tree_top(const HtmlTree *tree);

void tree_push(HtmlTree *tree, Element element, const Rule *source, const char *tag, size_t length);

/* Closes blocks until `count` are open. */
void tree_pop_to(HtmlTree *tree, unsigned count);

/* Writes the start tags of inline elements that wait for text. */
void tree_open_inlines(HtmlTree *tree);

/* Makes room for a block: closes what it ends, opens the parents it needs. Returns the element
 * itself, ELEMENT_DIV if it cannot stand here as what it is, ELEMENT_NONE if it is not written. */
Element tree_place(HtmlTree *tree, Element element);

/* Makes room for text: in a list an item is opened, in a table a cell. */
void tree_settle(HtmlTree *tree);
