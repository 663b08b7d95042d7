/*
 * A text and its translation beside each other, paragraph by paragraph, with what has changed in
 * the original since the translation was made.
 *
 * Nothing is known of the languages: the translation's paragraphs are those of the text it was made
 * from in their order, counted anew after each heading where both have the same number of headings.
 * That pairing is then carried through the difference (difference.h) of the original then and now.
 *
 * A paragraph is what stands between empty lines; a fenced block of code is one. Pure.
 */
#pragma once

#include <glib.h>

typedef enum {
    PARALLEL_SAME,
    PARALLEL_CHANGED, /* in the original */
    PARALLEL_NEW,     /* in the original; nothing translates it */
    PARALLEL_GONE,    /* from the original */
    PARALLEL_ALONE,   /* in the translation; nothing stands for it in the original */
} ParallelKind;

typedef struct {
    ParallelKind kind;
    char *before;      /* CHANGED, GONE: as the original had it; else NULL */
    char *original;    /* as it has it now; NULL for GONE and ALONE */
    char *translation; /* NULL: nothing */
} ParallelRow;

/* `before` is the original that was translated, `now` what became of it. Elements ParallelRow. */
GPtrArray *parallel_rows(const char *before, const char *now, const char *translation);
