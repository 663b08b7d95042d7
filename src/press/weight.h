/*
 * What pages weigh, coded (DESIGN 2.5: readable through a 16 KB wall). Measured when the brotli
 * form is made in the background, with the inlined style, and kept beside the page; no page and no
 * edition depends on it. Pages of kinds that have a budget (PressKind.budgeted) are heavy beyond
 * PRESS_BUDGET_BROTLI or PRESS_BUDGET_GZIP bytes.
 */
#pragma once

#include "store/store.h"

#define PRESS_BUDGET_BROTLI (10 * 1024) /* bytes, level 11 */
#define PRESS_BUDGET_GZIP   (12 * 1024) /* bytes, level 9 */

/* bytes of a page: what press_weigh() codes as an edition's page would be. Level 11 takes two
 * seconds for a megabyte, and who asks waits; a longer page is too heavy either way, and its weight
 * is that of a low level, a tenth too much. */
#define PRESS_WEIGH_EXACT (64u * 1024)

typedef struct {
    int64_t brotli, gzip; /* bytes; 0: not measured yet */
    bool heavy;
} PressWeight;

bool press_is_heavy(int64_t brotli, int64_t gzip);

/* Of bytes that need not be a page of any edition: the same measure. IO if it cannot be taken. */
bool press_weigh(const char *bytes, size_t length, PressWeight *weight, GError **error);

/* Where in a page of HTML its bytes lie. */
typedef enum {
    PRESS_PART_HEAD,     /* <head>: what machines are told */
    PRESS_PART_STYLE,    /* <style> */
    PRESS_PART_ARTICLE,  /* <article> without its pictures */
    PRESS_PART_PICTURES, /* <picture> and <img>, wherever they stand: their addresses */
    PRESS_PART_AFTER,    /* the rest of <main> */
    PRESS_PART_FRAME,    /* what is around it */
    PRESS_PARTS
} PressPart;

/* "head" … */
const char *press_part_name(PressPart part);

/* How `whole` bytes, the page coded, come from its parts: by what each takes coded alone, so that
 * the sum is `whole`. An estimate: coded bytes are shared. */
void press_weigh_parts(const char *html, int64_t whole, int64_t parts[PRESS_PARTS]);

/* Of the page of that name; zeros if there is none. */
bool press_weight(Store *store, const char *name, PressWeight *weight, GError **error);

/* How many pages there are, of whatever kind. Passes over them: not for each request. */
bool press_page_total(Store *store, int64_t *count, GError **error);

/* Heavy pages, the heaviest first, at most `most`; *count is how many there are. */
typedef void (*PressWeightTaker)(const char *path, const PressWeight *weight, void *data);
bool press_each_heavy(Store *store, unsigned most, PressWeightTaker take, void *data,
                      int64_t *count, GError **error);
