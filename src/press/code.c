/* Coded forms: code.h. Making bytes small is compress.c, what is heavy weight.c. */
#include "press/code.h"

#include "base/error.h"
#include "base/limits.h"
#include "press/compress.h"
#include "press/weight.h"
#include "press_sql.h"

#include <string.h>

enum { CODED_NONE, CODED_GZIP, CODED_ALL };

static bool put(ObjectStore *objects, const Hash *hash, ObjectCoding coding, GBytes *coded,
                GError **error)
{
    if (coded == NULL) {
        return fail(error, KOLOKOL_ERROR_IO, "a page could not be compressed");
    }
    gsize length = 0;
    const void *bytes = g_bytes_get_data(coded, &length);
    return object_store_put_coded(objects, hash, coding, bytes, length, error);
}

bool press_code_gzip(ObjectStore *objects, const Hash *hash, const char *bytes, size_t length,
                     GError **error)
{
    g_autoptr(GBytes) coded = press_gzip(bytes, length);
    return put(objects, hash, OBJECT_GZIP, coded, error);
}

typedef struct {
    int64_t id;
    Hash hash;
    bool budgeted;
} Page;

/* Names are "kind:key". */
static bool is_budgeted(const PressKind *const *kinds, const char *name)
{
    for (; *kinds != NULL; kinds++) {
        size_t length = strlen((*kinds)->name);
        if (strncmp(name, (*kinds)->name, length) == 0 && name[length] == ':') {
            return (*kinds)->budgeted;
        }
    }
    return false;
}

static bool pages_to_code(Store *store, const PressKind *const *kinds, int64_t coded, unsigned most,
                          GArray *pages, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_coded(store, coded, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Page page = {.id = store_number(rows, 0),
                     .budgeted = is_budgeted(kinds, store_text(rows, 2))};
        size_t length = 0;
        const void *bytes = store_bytes(rows, 1, &length);
        memcpy(page.hash.bytes, bytes, MIN(length, sizeof page.hash.bytes));
        g_array_append_val(pages, page);
    }
    return step == STORE_END;
}

/* The gzip form is made again to be measured: its object may have come from the press itself. */
static bool note_weight(Store *store, const Page *page, int64_t brotli_size, const char *bytes,
                        size_t length, GError **error)
{
    g_autoptr(GBytes) zipped = page->budgeted ? press_gzip(bytes, length) : NULL;
    int64_t gzip_size = zipped == NULL ? 0 : (int64_t)g_bytes_get_size(zipped);
    bool heavy = page->budgeted && press_is_heavy(brotli_size, gzip_size);
    return press_page_set_weight(store, page->id, page->hash.bytes, sizeof page->hash.bytes,
                                 CODED_ALL, brotli_size, gzip_size, heavy, error);
}

static bool code_page(Store *store, ObjectStore *objects, const Page *page, bool gzip_only,
                      GError **error)
{
    g_autoptr(GBytes) plain = object_store_read(objects, &page->hash, LIMIT_PAGE, error);
    if (plain == NULL) {
        return false;
    }
    gsize length = 0;
    const char *bytes = g_bytes_get_data(plain, &length);
    g_autoptr(GBytes) coded =
        gzip_only ? press_gzip(bytes, length) : press_brotli(bytes, length, PRESS_BROTLI_LEVEL);
    if (!put(objects, &page->hash, gzip_only ? OBJECT_GZIP : OBJECT_BROTLI, coded, error)) {
        return false;
    }
    if (!object_store_has(objects, &page->hash, OBJECT_PLAIN)) { /* removed meanwhile */
        return object_store_remove(objects, &page->hash, error);
    }
    return gzip_only
               ? press_page_set_coded(store, page->id, page->hash.bytes, sizeof page->hash.bytes,
                                      CODED_GZIP, error)
               : note_weight(store, page, (int64_t)g_bytes_get_size(coded), bytes, length, error);
}

bool press_code_some(Store *store, ObjectStore *objects, const PressKind *const *kinds,
                     unsigned most, unsigned *made, GError **error)
{
    for (int64_t coded = CODED_NONE; coded < CODED_ALL; coded++) {
        g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(Page));
        if (!pages_to_code(store, kinds, coded, most, pages, error)) {
            return false;
        }
        for (guint i = 0; i < pages->len; i++) {
            if (!code_page(store, objects, &g_array_index(pages, Page, i), coded == CODED_NONE,
                           error)) {
                return false;
            }
        }
        if (pages->len > 0) {
            *made = pages->len;
            return true;
        }
    }
    *made = 0;
    return true;
}
