/* PNG and animated PNG: strip.h. A chunk stays if the list has it; its sum is checked. */
#include "image/strip_private.h"

#include <string.h>
#include <zlib.h>

#define HEAD 8u /* length and type */

static bool is(const uint8_t *chunk, const char *type)
{
    return memcmp(chunk + 4, type, 4) == 0;
}

static bool needed(const uint8_t *chunk)
{
    static const char list[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM",
                                   "sRGB", "sBIT", "cICP", "acTL", "fcTL", "fdAT"};
    for (size_t i = 0; i < G_N_ELEMENTS(list); i++) {
        if (is(chunk, list[i])) {
            return true;
        }
    }
    return false;
}

static void put_big32(GByteArray *out, uint32_t value)
{
    uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                        (uint8_t)value};
    g_byte_array_append(out, bytes, sizeof bytes);
}

static void put_chunk(GByteArray *out, const char *type, const void *name, size_t name_length,
                      const void *data, size_t length)
{
    put_big32(out, (uint32_t)(name_length + length));
    guint from = out->len;
    g_byte_array_append(out, (const uint8_t *)type, 4);
    g_byte_array_append(out, name, (guint)name_length);
    g_byte_array_append(out, data, (guint)length);
    put_big32(out, (uint32_t)crc32(0, out->data + from, out->len - from));
}

/* The profile has a name, which may say anything: "icc" stands for it. */
static void put_profile(GByteArray *out, const uint8_t *data, size_t length)
{
    const uint8_t *end = memchr(data, 0, MIN(length, 80));
    if (end != NULL && (size_t)(end - data) + 2 < length) {
        size_t name = (size_t)(end - data);
        put_chunk(out, "iCCP", "icc", 3, data + name, length - name);
    }
}

static void put_orientation(GByteArray *out, const uint8_t *data, size_t length,
                            unsigned *orientation)
{
    bool first = *orientation == 1;
    uint8_t exif[STRIP_EXIF];
    *orientation = first ? strip_orientation(data, length) : *orientation;
    if (first && *orientation != 1) {
        strip_exif(*orientation, exif);
        put_chunk(out, "eXIf", NULL, 0, exif, sizeof exif);
    }
}

bool strip_png(ImageBytes in, GByteArray *out, unsigned *orientation, GError **error)
{
    bool begun = false, pixels = false;
    g_byte_array_append(out, in.bytes, 8);
    for (size_t at = 8; in.length - at >= HEAD + 4;) {
        const uint8_t *chunk = in.bytes + at;
        size_t length = strip_big32(chunk);
        if (length > in.length - at - HEAD - 4) {
            break;
        }
        const uint8_t *data = chunk + HEAD;
        if (begun != !is(chunk, "IHDR")) {
            return strip_broken("PNG", "its header is not where it belongs", error);
        }
        begun = true;
        bool keep = needed(chunk);
        if (keep && crc32(0, chunk + 4, (uInt)(length + 4)) != strip_big32(data + length)) {
            return strip_broken("PNG", "a part of it is damaged", error);
        }
        if (keep) {
            g_byte_array_append(out, chunk, (guint)(length + HEAD + 4));
        } else if (is(chunk, "iCCP")) {
            put_profile(out, data, length);
        } else if (is(chunk, "eXIf")) {
            put_orientation(out, data, length, orientation);
        } else if ((chunk[4] & 0x20) == 0) {
            return strip_broken("PNG", "it needs something that is not known", error);
        }
        pixels |= is(chunk, "IDAT");
        if (is(chunk, "IEND")) {
            return pixels || strip_broken("PNG", "there is no picture in it", error);
        }
        at += length + HEAD + 4;
    }
    return strip_broken("PNG", "it is cut short", error);
}
