/* Coded forms: code.h. zlib and brotli do the work. */
#include "press/code.h"

#include "base/error.h"
#include "base/limits.h"
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
} Page;

static bool pages_to_code(Store *store, int64_t coded, unsigned most, GArray *pages, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_coded(store, coded, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Page page = {.id = store_number(rows, 0)};
        size_t length = 0;
        const void *bytes = store_bytes(rows, 1, &length);
        memcpy(page.hash.bytes, bytes, MIN(length, sizeof page.hash.bytes));
        g_array_append_val(pages, page);
    }
    return step == STORE_END;
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
    return put(objects, &page->hash, gzip_only ? OBJECT_GZIP : OBJECT_BROTLI, coded, error) &&
           press_page_set_coded(store, page->id, page->hash.bytes, sizeof page->hash.bytes,
                                gzip_only ? CODED_GZIP : CODED_ALL, error);
}

bool press_code_some(Store *store, ObjectStore *objects, unsigned most, unsigned *made,
                     GError **error)
{
    for (int64_t coded = CODED_NONE; coded < CODED_ALL; coded++) {
        g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(Page));
        if (!pages_to_code(store, coded, most, pages, error)) {
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
