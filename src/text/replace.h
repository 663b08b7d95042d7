/*
 * One text in place of others: for names that may not be told any more. Exact bytes are looked for,
 * and only whole words: what stands before and after is no letter, digit or mark (Unicode). The
 * longest of several that fit is taken, so "Anna Petrova" goes before "Anna". White space of a
 * word, of whatever kind, is any white space of the text with one line end at most. Markup or
 * entities within a name hide it.
 */
#pragma once

#include <glib.h>

/* The text with each of `words` (char *, none empty) replaced; NULL if there was none to replace.
 * *count (may be NULL) grows by how many there were. Valid UTF-8 in, valid UTF-8 out. Caller frees.
 */
char *text_replace_words(const char *text, const GPtrArray *words, const char *instead,
                         unsigned *count);
