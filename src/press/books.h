/*
 * The books: what the press knows of every page (press_page and the tables beside it). Entering a
 * record compares it with the page as it was and writes what differs; the directories concerned
 * become stale nodes (tree.h).
 */
#pragma once

#include "press/record.h"
#include "store/store.h"

typedef struct {
    unsigned rendered; /* records entered */
    unsigned written;  /* pages new, moved or with other bytes */
    unsigned removed;  /* pages that are no more */
    unsigned failed;   /* pages that could not be rendered, and stay as they were */
    uint64_t bytes;    /* of the pages written */
} PressTally;

/* Enters records in short transactions; on failure those entered stay, and the rest is rendered
 * again. */
bool press_books_enter(Store *store, GPtrArray *records, int64_t now, PressTally *tally,
                       GError **error);
