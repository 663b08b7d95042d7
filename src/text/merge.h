/*
 * Three-way merge of a story's text: what `mine` and `theirs` changed in `base`, both kept.
 *
 * By lines (a paragraph is usually one), and where both changed the same lines, by sentences. What
 * both changed differently, or side by side, is a conflict: the lines of both are kept one after
 * the other between marks, each a paragraph by itself that says nothing in Markdown:
 *
 *   ⟪⟪⟪ Vera Lind
 *   …
 *   ⟪⟫ Ilya Sten
 *   …
 *   ⟫⟫⟫
 *
 * No byte of a change is dropped. A change that both made alike is taken once.
 */
#pragma once

#include <stdbool.h>

#define MERGE_MINE   "⟪⟪⟪"
#define MERGE_THEIRS "⟪⟫"
#define MERGE_END    "⟫⟫⟫"

/* Returns the merged text (caller frees); *conflicts gets their number. The names stand behind the
 * marks, on one line. */
char *merge_texts(const char *base, const char *mine, const char *theirs, const char *mine_name,
                  const char *theirs_name, unsigned *conflicts);

/* Whether a line of the text begins with one of the marks. *line (may be NULL) gets its number,
 * from 1. */
bool merge_marked(const char *text, unsigned *line);
