/*
 * Plain text of a body: for text editions, descriptions, excerpts, search, and the count of words.
 *
 * Everything here takes markup that has been through the sanitiser, or plain text; it cannot fail.
 */
#pragma once

#include "text/html.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
    /* Everything a reader sees, for a text edition: paragraphs with an empty line between, "- " and
     * "1. " before items, "> " before quotations, cells divided by " | ", pictures as
     * "[alternative text]", addresses of links that name a host behind them in <>, footnotes
     * "[1]". */
    PLAIN_EDITION,
    /* The words of the text alone, a line a block: without figures, tables, footnotes and code
     * blocks. For excerpts, search and counting. */
    PLAIN_PROSE,
} PlainForm;

/* UTF-8, no line break at either end. Caller frees. */
char *plain_from_html(const SafeHtml *html, PlainForm form);

/* At most `limit` characters (code points) of `text` on one line, runs of white space as one blank.
 * If something is cut off, the cut is between words where there is one in the last half, otherwise
 * never inside what a reader sees as one character (UAX 29 grapheme cluster), and "…" ends it,
 * within the limit. Caller frees. */
char *plain_excerpt(const char *text, size_t limit);

/* Words: runs of text between white space that hold a letter or digit; each Chinese or Japanese
 * character counts as one. */
size_t plain_count_words(const char *text);
