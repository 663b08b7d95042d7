/*
 * A shelf: the stories of one section, topic or author, which all have the same kinds of page: the
 * newest ones, a month, and a year with its months (DESIGN 5: no numbered pages), and each of these
 * as text. One row says what differs.
 */
#pragma once

#include "paper/page_base.h"

typedef struct {
    const char *word; /* "section": in paths, inputs and names of page kinds */
    /* The name shown and a few words about it; false with NOT_FOUND if there is no such record. */
    bool (*describe)(Store *store, const char *language, const char *slug, char **name,
                     char **about, GError **error);
    /* Slugs after one in byte order, at most `most`: elements char *. */
    GPtrArray *(*slugs_after)(Store *store, const char *language, const char *after, unsigned most,
                              GError **error);
} PaperShelf;

extern const PaperShelf paper_shelf_section, paper_shelf_topic, paper_shelf_author;

/* key "LANG/SLUG" */
bool paper_shelf_render(const PaperShelf *shelf, PressPage *press, const char *key, GError **error);
/* key "LANG/SLUG/2026-11" */
bool paper_shelf_month_render(const PaperShelf *shelf, PressPage *press, const char *key,
                              GError **error);
/* key "LANG/SLUG/2026" */
bool paper_shelf_year_render(const PaperShelf *shelf, PressPage *press, const char *key,
                             GError **error);

/* The same as texts, with the same keys: shelf_text.c */
bool paper_shelf_text_render(const PaperShelf *shelf, PressPage *press, const char *key,
                             GError **error);
bool paper_shelf_text_month_render(const PaperShelf *shelf, PressPage *press, const char *key,
                                   GError **error);
bool paper_shelf_text_year_render(const PaperShelf *shelf, PressPage *press, const char *key,
                                  GError **error);

typedef enum { SHELF_NEWEST, SHELF_YEARS, SHELF_MONTHS } PaperShelfKeys;

bool paper_shelf_keys(const PaperShelf *shelf, PaperShelfKeys which, Store *store, void *run,
                      int64_t as_of, PressKeyTaker take, void *data, GError **error);

/* Fills a list of {name, url, count} from counts whose keys are years "2026", months "2026-11" or
 * days. `dir` is what stands before "2026/index.html" or "2026/11/index.html". */
void paper_fill_counts(PaperPage *page, const char *key, const GArray *counts, const char *dir,
                       bool newest_first);
