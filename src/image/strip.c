/* Which format, and the one thing of EXIF that stays: strip.h. The formats are strip_*.c. */
#include "base/error.h"
#include "image/strip_private.h"

#include <string.h>

#define ORIENTATION 0x0112u
#define TYPE_SHORT  3u

static bool has(ImageBytes in, size_t offset, const char *what, size_t length)
{
    return in.length >= offset + length && memcmp(in.bytes + offset, what, length) == 0;
}

static bool is_heif(ImageBytes in)
{
    static const char brands[][5] = {"heic", "heix", "heim", "heis", "mif1", "avif", "avis"};
    bool found = false;
    for (size_t i = 0; i < G_N_ELEMENTS(brands); i++) {
        found |= has(in, 8, brands[i], 4);
    }
    return found && has(in, 4, "ftyp", 4);
}

ImageKind image_kind(const void *bytes, size_t length)
{
    ImageBytes in = {bytes, length};
    if (has(in, 0, "\xFF\xD8\xFF", 3)) {
        return IMAGE_JPEG;
    }
    if (has(in, 0, "\x89PNG\r\n\x1A\n", 8)) {
        return IMAGE_PNG;
    }
    if (has(in, 0, "GIF87a", 6) || has(in, 0, "GIF89a", 6)) {
        return IMAGE_GIF;
    }
    if (has(in, 0, "RIFF", 4) && has(in, 8, "WEBP", 4)) {
        return IMAGE_WEBP;
    }
    return is_heif(in) ? IMAGE_HEIF : IMAGE_UNKNOWN;
}

bool strip_broken(const char *kind, const char *why, GError **error)
{
    return fail(error, KOLOKOL_ERROR_INVALID, "this %s picture is broken: %s", kind, why);
}

static uint32_t number(const uint8_t *at, unsigned size, bool big)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < size; i++) {
        value = value << 8 | at[big ? i : size - 1 - i];
    }
    return value;
}

unsigned strip_orientation(const uint8_t *tiff, size_t length)
{
    if (length < 14 || (memcmp(tiff, "MM\0*", 4) != 0 && memcmp(tiff, "II*\0", 4) != 0)) {
        return 1;
    }
    bool big = tiff[0] == 'M';
    size_t at = number(tiff + 4, 4, big);
    if (at > length - 2) {
        return 1;
    }
    uint32_t count = number(tiff + at, 2, big);
    at += 2;
    for (; count > 0 && length - at >= 12; count--, at += 12) {
        if (number(tiff + at, 2, big) == ORIENTATION) {
            uint32_t value = number(tiff + at + 8, 2, big);
            bool fine = number(tiff + at + 2, 2, big) == TYPE_SHORT && value >= 1 && value <= 8;
            return fine ? value : 1;
        }
    }
    return 1;
}

void strip_exif(unsigned orientation, uint8_t tiff[STRIP_EXIF])
{
    static const uint8_t pattern[STRIP_EXIF] = {'M', 'M', 0,    '*', 0,          0, 0, 8, 0,
                                                1,   1,   0x12, 0,   TYPE_SHORT, 0, 0, 0, 1};
    memcpy(tiff, pattern, STRIP_EXIF);
    tiff[19] = (uint8_t)orientation;
}

GByteArray *image_strip_container(const void *bytes, size_t length, unsigned *orientation,
                                  GError **error)
{
    unsigned turned = 1;
    ImageBytes in = {bytes, length};
    g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)MIN(length + 64, G_MAXUINT));
    bool done = false;
    switch (image_kind(bytes, length)) {
    case IMAGE_JPEG:
        done = strip_jpeg(in, out, &turned, error);
        break;
    case IMAGE_PNG:
        done = strip_png(in, out, &turned, error);
        break;
    case IMAGE_WEBP:
        done = strip_webp(in, out, &turned, error);
        break;
    case IMAGE_GIF:
        done = strip_gif(in, out, error);
        break;
    case IMAGE_HEIF:
        fail(error, KOLOKOL_ERROR_INVALID,
             "a HEIC or AVIF picture cannot be stripped as it is; save it as JPEG, or use `media "
             "add`, which does");
        break;
    case IMAGE_UNKNOWN:
        fail(error, KOLOKOL_ERROR_INVALID,
             "this is no picture of a known kind; use JPEG, PNG, WebP or GIF");
        break;
    }
    if (!done) {
        return NULL;
    }
    *orientation = turned;
    return g_steal_pointer(&out);
}
