/*
 * Quotation marks by language. cmark's typography turns straight quotes into English ones; here
 * they become those of the story's language, while marks that the author set stay as they are.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *open[2]; /* outer and inner */
    const char *close[2];
} QuoteMarks;

typedef struct {
    const QuoteMarks *marks; /* NULL: as cmark sets them */
    bool hidden;             /* the author's own marks are hidden from the mapping */
    unsigned depth;          /* of open quotations in this paragraph */
} Quotes;

/* Prepares `text` for the parser. Returns a changed copy (caller frees) if the author's marks had
 * to be hidden, else NULL: parse `text` itself. */
char *quotes_prepare(Quotes *quotes, const char *language, const char *text, size_t length);

/* A paragraph, heading or cell begins. */
void quotes_restart(Quotes *quotes);

/* Appends a text node to `out`, its quotation marks mapped. */
void quotes_append(Quotes *quotes, const char *text, GString *out);

/* Shows the author's own marks again, in everything rendered. */
void quotes_restore(const Quotes *quotes, GString *html);
