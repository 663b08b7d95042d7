/*
 * Refuses Markdown for which cmark-gfm 0.29.0.gfm.6 takes quadratic time. One pass, linear.
 *
 * The known forms: quotes with typography on, "![", many columns in a table, rows shorter than
 * their table (which get the cells that they lack), a long paragraph before a table, closing
 * parentheses and "@" in a bare address, long documents of deeply nested blocks. For each, the sum
 * of squares is held below a budget that is about a third of a second on the slow machine we
 * measured on (0.3 to 10 ns a pair).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Errors: LIMIT, naming the form and, where it is one place, the line. */
bool markdown_guard(const char *text, size_t length, GError **error);
