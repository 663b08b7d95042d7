/* Coded forms against plain bytes: coded.h. zlib and the brotli decoder do the work, a piece at a
 * time, and stop at the first byte that differs. */
#include "edition/coded.h"

#include <brotli/decode.h>
#include <string.h>
#include <zlib.h>

#define PIECE       (16u * 1024)
#define GZIP_WINDOW (15 + 16) /* zlib's way to ask for a gzip header */

/* Takes an unpacked piece: is it what stands there in the plain bytes? */
static bool agrees(const unsigned char *piece, size_t length, const unsigned char *plain,
                   size_t plain_length, size_t *done)
{
    if (length > plain_length - *done ||
        (length > 0 && memcmp(piece, plain + *done, length) != 0)) {
        return false;
    }
    *done += length;
    return true;
}

static bool gzip_same(const unsigned char *coded, size_t coded_length, const unsigned char *plain,
                      size_t plain_length)
{
    unsigned char piece[PIECE];
    z_stream stream = {0};
    size_t done = 0;
    int status = Z_OK;
    if (coded_length > VERIFY_CODED_MAX || inflateInit2(&stream, GZIP_WINDOW) != Z_OK) {
        return false;
    }
    stream.next_in = (Bytef *)(uintptr_t)coded;
    stream.avail_in = (uInt)coded_length;
    while (status == Z_OK) {
        stream.next_out = piece;
        stream.avail_out = PIECE;
        status = inflate(&stream, Z_NO_FLUSH);
        if ((status != Z_OK && status != Z_STREAM_END) ||
            !agrees(piece, PIECE - stream.avail_out, plain, plain_length, &done)) {
            status = Z_DATA_ERROR;
        }
    }
    bool whole = status == Z_STREAM_END && stream.avail_in == 0 && done == plain_length;
    inflateEnd(&stream);
    return whole;
}

static bool brotli_same(const unsigned char *coded, size_t coded_length, const unsigned char *plain,
                        size_t plain_length)
{
    unsigned char piece[PIECE];
    size_t done = 0;
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    if (state == NULL) {
        return false;
    }
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        size_t room = PIECE;
        unsigned char *out = piece;
        result = BrotliDecoderDecompressStream(state, &coded_length, &coded, &room, &out, NULL);
        if (!agrees(piece, PIECE - room, plain, plain_length, &done)) {
            result = BROTLI_DECODER_RESULT_ERROR;
        }
    }
    BrotliDecoderDestroyInstance(state);
    return result == BROTLI_DECODER_RESULT_SUCCESS && coded_length == 0 && done == plain_length;
}

bool coded_same(VerifyCoding coding, const void *coded, size_t coded_length, const void *plain,
                size_t plain_length)
{
    return coding == VERIFY_GZIP ? gzip_same(coded, coded_length, plain, plain_length)
                                 : brotli_same(coded, coded_length, plain, plain_length);
}
