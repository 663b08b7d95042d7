/* Coded forms: code.h. zlib and brotli do the work. */
#include "press/code.h"

#include "base/error.h"
#include "base/limits.h"
#include "press/weight.h"
#include "press_sql.h"

#include <brotli/encode.h>
#include <string.h>
#include <zlib.h>

#define GZIP_WINDOW (15 + 16) /* zlib's way to ask for a gzip header */

enum { CODED_NONE, CODED_GZIP, CODED_ALL };

/* A gzip member without a time stamp or name, so that equal bytes give equal bytes. */
static GBytes *gzip(const char *bytes, size_t length)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, PRESS_GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        return NULL;
    }
    size_t room = deflateBound(&stream, length);
    uint8_t *out = g_malloc(room);
    stream.next_in = (Bytef *)(uintptr_t)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    int status = deflate(&stream, Z_FINISH);
    size_t made = stream.total_out;
    deflateEnd(&stream);
    if (status != Z_STREAM_END) {
        g_free(out);
        return NULL;
    }
    return g_bytes_new_take(out, made);
}

static GBytes *brotli(const char *bytes, size_t length)
{
    size_t room = BrotliEncoderMaxCompressedSize(length);
    uint8_t *out = g_malloc(room);
    if (!BrotliEncoderCompress(PRESS_BROTLI_LEVEL, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, length,
                               (const uint8_t *)bytes, &room, out)) {
        g_free(out);
        return NULL;
    }
    return g_bytes_new_take(out, room);
}

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
    g_autoptr(GBytes) coded = gzip(bytes, length);
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
    g_autoptr(GBytes) zipped = page->budgeted ? gzip(bytes, length) : NULL;
    int64_t gzip_size = zipped == NULL ? 0 : (int64_t)g_bytes_get_size(zipped);
    bool heavy =
        page->budgeted && (brotli_size > PRESS_BUDGET_BROTLI || gzip_size > PRESS_BUDGET_GZIP);
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
    g_autoptr(GBytes) coded = gzip_only ? gzip(bytes, length) : brotli(bytes, length);
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
