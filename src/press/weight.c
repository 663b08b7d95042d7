/* Weights of pages: weight.h. Those of an edition's pages are written in code.c. */
#include "press/weight.h"

#include "base/error.h"
#include "press/compress.h"
#include "press_sql.h"

#include <string.h>

#define SHARE_LEVEL 5 /* brotli's, for parts and long pages: a hundredth of the time */

bool press_is_heavy(int64_t brotli, int64_t gzip)
{
    return brotli > PRESS_BUDGET_BROTLI || gzip > PRESS_BUDGET_GZIP;
}

bool press_weigh(const char *bytes, size_t length, PressWeight *weight, GError **error)
{
    int level = length <= PRESS_WEIGH_EXACT ? PRESS_BROTLI_LEVEL : SHARE_LEVEL;
    g_autoptr(GBytes) brotli = press_brotli(bytes, length, level);
    g_autoptr(GBytes) gzip = press_gzip(bytes, length);
    if (brotli == NULL || gzip == NULL) {
        return fail(error, KOLOKOL_ERROR_IO, "a page could not be compressed");
    }
    weight->brotli = (int64_t)g_bytes_get_size(brotli);
    weight->gzip = (int64_t)g_bytes_get_size(gzip);
    weight->heavy = press_is_heavy(weight->brotli, weight->gzip);
    return true;
}

const char *press_part_name(PressPart part)
{
    static const char *const names[PRESS_PARTS] = {
        [PRESS_PART_HEAD] = "head",       [PRESS_PART_STYLE] = "style",
        [PRESS_PART_ARTICLE] = "article", [PRESS_PART_PICTURES] = "pictures",
        [PRESS_PART_AFTER] = "after",     [PRESS_PART_FRAME] = "frame",
    };
    return names[part];
}

/* ---- Parts ---------------------------------------------------------------------------------- */

/* A tag's beginning in a page: from it on, bytes belong to the part; or the part before returns. */
typedef struct {
    const char *open, *close; /* close NULL: one tag, up to its '>' */
    PressPart part;
} Element;

static const Element elements[] = {
    {"<head>", "</head>", PRESS_PART_HEAD},          {"<style>", "</style>", PRESS_PART_STYLE},
    {"<main", "</main>", PRESS_PART_AFTER},          {"<article", "</article>", PRESS_PART_ARTICLE},
    {"<picture", "</picture>", PRESS_PART_PICTURES}, {"<img", NULL, PRESS_PART_PICTURES},
};

#define DEPTH 8u

static const Element *opens(const char *at)
{
    for (unsigned i = 0; *at == '<' && i < G_N_ELEMENTS(elements); i++) {
        if (g_str_has_prefix(at, elements[i].open)) {
            return &elements[i];
        }
    }
    return NULL;
}

/* One pass: a stack of the elements that are open, and a text for each part. */
static void divide(const char *html, GString *texts[PRESS_PARTS])
{
    const Element *open[DEPTH];
    unsigned depth = 0;
    for (const char *at = html; *at != '\0';) {
        const Element *innermost = depth > 0 ? open[depth - 1] : NULL;
        const Element *next = opens(at);
        const char *close = innermost == NULL          ? NULL
                            : innermost->close != NULL ? innermost->close
                                                       : ">";
        if (next != NULL && depth < DEPTH) {
            open[depth++] = next;
            innermost = next;
            close = NULL;
        }
        size_t length = close != NULL && g_str_has_prefix(at, close) ? strlen(close) : 1;
        PressPart part = innermost == NULL ? PRESS_PART_FRAME : innermost->part;
        g_string_append_len(texts[part], at, (gssize)length);
        depth -= length > 1 || (close != NULL && *at == '>' && *close == '>') ? 1 : 0;
        at += length;
    }
}

void press_weigh_parts(const char *html, int64_t whole, int64_t parts[PRESS_PARTS])
{
    GString *texts[PRESS_PARTS];
    int64_t alone[PRESS_PARTS] = {0}, sum = 0, given = 0;
    unsigned largest = 0;
    for (unsigned i = 0; i < PRESS_PARTS; i++) {
        texts[i] = g_string_new(NULL);
    }
    divide(html, texts);
    for (unsigned i = 0; i < PRESS_PARTS; i++) {
        g_autoptr(GBytes) coded =
            texts[i]->len == 0 ? NULL : press_brotli(texts[i]->str, texts[i]->len, SHARE_LEVEL);
        alone[i] = coded == NULL ? 0 : (int64_t)g_bytes_get_size(coded);
        sum += alone[i];
        largest = alone[i] > alone[largest] ? i : largest;
        g_string_free(texts[i], TRUE);
    }
    for (unsigned i = 0; i < PRESS_PARTS; i++) {
        parts[i] = sum == 0 ? 0 : whole * alone[i] / sum;
        given += parts[i];
    }
    parts[largest] += whole - given; /* what rounding left */
}

/* ---- Pages of an edition -------------------------------------------------------------------- */

bool press_weight(Store *store, const char *name, PressWeight *weight, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_weight(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *weight = (PressWeight){0};
    if (step == STORE_ROW) {
        *weight =
            (PressWeight){store_number(rows, 0), store_number(rows, 1), store_number(rows, 2) != 0};
    }
    return true;
}

static bool count_heavy(Store *store, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_heavy_count(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *count = step == STORE_ROW ? store_number(rows, 0) : 0;
    return step != STORE_FAILED;
}

bool press_page_total(Store *store, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_count(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *count = step == STORE_ROW ? store_number(rows, 0) : 0;
    }
    return step != STORE_FAILED;
}

bool press_each_heavy(Store *store, unsigned most, PressWeightTaker take, void *data,
                      int64_t *count, GError **error)
{
    if (!count_heavy(store, count, error)) {
        return false;
    }
    g_autoptr(StoreRows) rows = press_page_heavy(store, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        PressWeight weight = {store_number(rows, 1), store_number(rows, 2), true};
        take(store_text(rows, 0), &weight, data);
    }
    return step == STORE_END;
}
