/* A page of a shelf while it is made, read once for both forms: shelf.c makes the pages of it,
 * shelf_text.c the texts beside them. Private to those two. */
#pragma once

#include "paper/shelf.h"

typedef struct {
    PaperPage page;
    char **parts;       /* of the key: language, slug, and for archives the month or year */
    char *name, *about; /* of the section, topic or author */
    char *dir;          /* "ru/section/politics/" */
} ShelfPage;

void shelf_page_clear(ShelfPage *at);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShelfPage, shelf_page_clear)

/* Each reads a key and the record, names the inputs, and gives what the page lists. That is NULL
 * (and true returned) if there can be no page: no such key, no such record, no story. */
bool shelf_newest(ShelfPage *at, const PaperShelf *shelf, PressPage *press, const char *key,
                  GPtrArray **cards, GError **error);
bool shelf_month(ShelfPage *at, const PaperShelf *shelf, PressPage *press, const char *key,
                 GPtrArray **cards, GError **error);
bool shelf_year(ShelfPage *at, const PaperShelf *shelf, PressPage *press, const char *key,
                GArray **counts, GError **error);

/* The years of a shelf, of a key "LANG/SLUG". Elements StoryCount. */
GArray *shelf_years(const PaperShelf *shelf, PressPage *press, const char *key, GError **error);

/* "City: November 2026" of a month or a year. Caller frees. */
char *shelf_heading(const ShelfPage *at, const PaperRun *run);
