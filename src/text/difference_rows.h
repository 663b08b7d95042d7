/*
 * The difference of two texts for a person to read: a row a paragraph, with the words that went and
 * came within it. For a page's list, or a terminal.
 */
#pragma once

#include <glib.h>

typedef enum {
    DIFFERENCE_SAME,
    DIFFERENCE_LESS,    /* only in the old text */
    DIFFERENCE_MORE,    /* only in the new text */
    DIFFERENCE_CHANGED, /* a row with parts of several kinds */
    DIFFERENCE_GAP,     /* a row that stands for `skipped` unchanged ones */
} DifferenceKind;

typedef struct {
    DifferenceKind kind; /* SAME, LESS or MORE */
    char *text;
} DifferencePart;

typedef struct {
    DifferenceKind kind;
    GPtrArray *parts; /* elements DifferencePart; empty in a gap */
    unsigned skipped;
} DifferenceRow;

/* Rows in the order of the new text. Of unchanged rows only `context` before and after a change are
 * kept. Empty lines make no row. No rows: the texts do not differ in words. Elements
 * DifferenceRow. */
GPtrArray *difference_rows(const char *old, const char *new, unsigned context);
