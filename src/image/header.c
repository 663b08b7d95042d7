/* Kind and size of a picture from its first bytes: image_header.h. Decoding and variants are
 * elsewhere. */
#include "image/header.h"

#include "base/error.h"

#include <string.h>

#define JPEG_SEGMENTS 65536u

typedef struct {
    const uint8_t *bytes;
    size_t length;
} Bytes;

static uint32_t big16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t big32(const uint8_t *at)
{
    return big16(at) << 16 | big16(at + 2);
}

static uint32_t little16(const uint8_t *at)
{
    return (uint32_t)at[1] << 8 | at[0];
}

static uint32_t little24(const uint8_t *at)
{
    return (uint32_t)at[2] << 16 | little16(at);
}

static bool has(Bytes in, size_t offset, const char *what, size_t length)
{
    return in.length >= offset + length && memcmp(in.bytes + offset, what, length) == 0;
}

/* Start of frame: C0 to CF without DHT (C4), JPG (C8) and DAC (CC). */
static bool jpeg_frame(uint8_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static bool jpeg_size(Bytes in, ImageHeader *found)
{
    size_t at = 2;
    for (unsigned segment = 0; segment < JPEG_SEGMENTS; segment++) {
        while (at < in.length && in.bytes[at] == 0xFF) { /* fill bytes */
            at++;
        }
        if (at == 2 || at + 3 > in.length || in.bytes[at - 1] != 0xFF) {
            return false;
        }
        uint8_t marker = in.bytes[at++];
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) { /* without a length */
            continue;
        }
        size_t length = big16(in.bytes + at);
        if (marker == 0xD9 || marker == 0xDA || marker == 0x00 || length < 2 ||
            length > in.length - at) {
            return false;
        }
        if (jpeg_frame(marker)) {
            if (length < 8) {
                return false;
            }
            found->height = big16(in.bytes + at + 3);
            found->width = big16(in.bytes + at + 5);
            return true;
        }
        at += length;
        if (at >= in.length || in.bytes[at] != 0xFF) {
            return false;
        }
    }
    return false;
}

static bool png_size(Bytes in, ImageHeader *found)
{
    if (in.length < 33 || big32(in.bytes + 8) != 13 || !has(in, 12, "IHDR", 4)) {
        return false;
    }
    found->width = big32(in.bytes + 16);
    found->height = big32(in.bytes + 20);
    return true;
}

static bool gif_size(Bytes in, ImageHeader *found)
{
    if (in.length < 13) {
        return false;
    }
    found->width = little16(in.bytes + 6);
    found->height = little16(in.bytes + 8);
    return true;
}

/* RFC 9649: "RIFF" size "WEBP", then a first chunk VP8, VP8L or VP8X. */
static bool webp_size(Bytes in, ImageHeader *found)
{
    if (in.length < 30) {
        return false;
    }
    const uint8_t *data = in.bytes + 20;
    if (has(in, 12, "VP8X", 4)) {
        found->width = little24(data + 4) + 1;
        found->height = little24(data + 7) + 1;
        return true;
    }
    if (has(in, 12, "VP8L", 4) && data[0] == 0x2F) {
        found->width = 1 + (little16(data + 1) & 0x3FFF);
        found->height = 1 + (little24(data + 2) >> 6 & 0x3FFF);
        return true;
    }
    if (has(in, 12, "VP8 ", 4) && data[3] == 0x9D && data[4] == 0x01 && data[5] == 0x2A) {
        found->width = little16(data + 6) & 0x3FFF;
        found->height = little16(data + 8) & 0x3FFF;
        return true;
    }
    return false;
}

typedef struct {
    const char *name, *extension, *mime;
    bool (*size)(Bytes in, ImageHeader *found);
} Kind;

static const Kind jpeg = {"JPEG", "jpg", "image/jpeg", jpeg_size};
static const Kind png = {"PNG", "png", "image/png", png_size};
static const Kind gif = {"GIF", "gif", "image/gif", gif_size};
static const Kind webp = {"WebP", "webp", "image/webp", webp_size};

static const Kind *kind_of(Bytes in)
{
    if (has(in, 0, "\xFF\xD8\xFF", 3)) {
        return &jpeg;
    }
    if (has(in, 0, "\x89PNG\r\n\x1A\n", 8)) {
        return &png;
    }
    if (has(in, 0, "GIF87a", 6) || has(in, 0, "GIF89a", 6)) {
        return &gif;
    }
    return has(in, 0, "RIFF", 4) && has(in, 8, "WEBP", 4) ? &webp : NULL;
}

bool image_header_read(const void *bytes, size_t length, ImageHeader *header, GError **error)
{
    Bytes in = {bytes, length};
    const Kind *kind = kind_of(in);
    if (kind == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "this is no picture of a known kind; use JPEG, PNG, GIF or WebP");
    }
    ImageHeader found = {.extension = kind->extension, .mime = kind->mime};
    if (!kind->size(in, &found) || found.width == 0 || found.height == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "this %s picture is broken: its size cannot be read", kind->name);
    }
    if (found.width > IMAGE_SIDE_MAX || found.height > IMAGE_SIDE_MAX ||
        (uint64_t)found.width * found.height > IMAGE_PIXELS_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the picture has %u × %u pixels; at most %u a side are accepted", found.width,
                    found.height, IMAGE_SIDE_MAX);
    }
    *header = found;
    return true;
}
