/* WebP, still and animated: strip.h. */
#include "image/strip_private.h"

#include <string.h>

#define HEAD       8u /* type and length */
#define FLAG_EXIF  0x08u
#define FLAG_XMP   0x04u
#define FRAME_HEAD 16u /* of ANMF, before its chunks */

static bool is(const uint8_t *chunk, const char *type)
{
    return memcmp(chunk, type, 4) == 0;
}

static bool is_pixels(const uint8_t *chunk)
{
    return is(chunk, "VP8 ") || is(chunk, "VP8L") || is(chunk, "ALPH");
}

static void write_little32(uint8_t *at, size_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static void put_chunk(GByteArray *out, const void *type, const void *data, size_t length)
{
    uint8_t head[HEAD];
    memcpy(head, type, 4);
    write_little32(head + 4, length);
    g_byte_array_append(out, head, HEAD);
    g_byte_array_append(out, data, (guint)length);
    if (length % 2 != 0) {
        g_byte_array_append(out, (const uint8_t *)"", 1);
    }
}

/* The chunk at `at`, and where the next one begins. A missing last pad byte is forgiven. */
static bool next_chunk(ImageBytes in, size_t *at, const uint8_t **chunk, size_t *length)
{
    if (*at > in.length || in.length - *at < HEAD) {
        return false;
    }
    *chunk = in.bytes + *at;
    *length = strip_little32(*chunk + 4);
    if (*length > in.length - *at - HEAD) {
        return false;
    }
    *at += HEAD + *length + *length % 2;
    return true;
}

/* A frame of an animation, with nothing in it but pixels. */
static bool put_frame(GByteArray *out, const uint8_t *data, size_t length)
{
    ImageBytes inside = {data, length};
    const uint8_t *chunk = NULL;
    size_t at = FRAME_HEAD, part = 0;
    if (length < FRAME_HEAD) {
        return false;
    }
    put_chunk(out, "ANMF", data, FRAME_HEAD);
    guint from = out->len;
    while (next_chunk(inside, &at, &chunk, &part)) {
        if (is_pixels(chunk)) {
            put_chunk(out, chunk, chunk + HEAD, part);
        }
    }
    write_little32(out->data + from - FRAME_HEAD - 4, FRAME_HEAD + out->len - from);
    return out->len > from;
}

static unsigned orientation_of(const uint8_t *data, size_t length)
{
    bool prefixed = length > 6 && memcmp(data, "Exif\0", 6) == 0; /* which some writers leave */
    return strip_orientation(prefixed ? data + 6 : data, prefixed ? length - 6 : length);
}

bool strip_webp(ImageBytes in, GByteArray *out, unsigned *orientation, GError **error)
{
    size_t said = strip_little32(in.bytes + 4), at = 12, length = 0;
    ImageBytes riff = {in.bytes, MIN(in.length, said + 8)};
    const uint8_t *chunk = NULL;
    guint flags = 0; /* where they stand in the output */
    bool pixels = false;
    if (said < 4 || said + 8 > in.length + 1) {
        return strip_broken("WebP", "it is cut short", error);
    }
    g_byte_array_append(out, in.bytes, 12);
    while (next_chunk(riff, &at, &chunk, &length)) {
        const uint8_t *data = chunk + HEAD;
        if (is(chunk, "VP8X") && length >= 10 && flags == 0 && !pixels) {
            put_chunk(out, chunk, data, 10);
            flags = out->len - 10;
        } else if (is_pixels(chunk) || is(chunk, "ANIM") || (is(chunk, "ICCP") && flags != 0)) {
            put_chunk(out, chunk, data, length);
            pixels |= is_pixels(chunk);
        } else if (is(chunk, "ANMF")) {
            if (!put_frame(out, data, length)) {
                return strip_broken("WebP", "a frame has no picture", error);
            }
            pixels = true;
        } else if (is(chunk, "EXIF")) {
            *orientation = orientation_of(data, length);
        }
    }
    if (!pixels) {
        return strip_broken("WebP", "there is no picture in it", error);
    }
    if (flags != 0) {
        out->data[flags] &= (uint8_t) ~(FLAG_EXIF | FLAG_XMP);
    }
    if (flags != 0 && *orientation != 1) {
        uint8_t exif[STRIP_EXIF];
        strip_exif(*orientation, exif);
        out->data[flags] |= FLAG_EXIF;
        put_chunk(out, "EXIF", exif, sizeof exif);
    }
    write_little32(out->data + 4, out->len - 8);
    return true;
}
