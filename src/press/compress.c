/* gzip and brotli: compress.h. zlib and brotli do the work; where the results go is code.c's. */
#include "press/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#define GZIP_WINDOW (15 + 16) /* zlib's way to ask for a gzip header */

GBytes *press_gzip(const char *bytes, size_t length)
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

GBytes *press_brotli(const char *bytes, size_t length, int level)
{
    size_t room = BrotliEncoderMaxCompressedSize(length);
    uint8_t *out = g_malloc(room);
    if (!BrotliEncoderCompress(level, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, length,
                               (const uint8_t *)bytes, &room, out)) {
        g_free(out);
        return NULL;
    }
    return g_bytes_new_take(out, room);
}
