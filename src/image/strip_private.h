/* Between strip.c and the files of the formats. */
#pragma once

#include "image/strip.h"

typedef struct {
    const uint8_t *bytes;
    size_t length;
} ImageBytes;

/* Each appends the rebuilt picture to `out`; *orientation is 1 before. */
bool strip_jpeg(ImageBytes in, GByteArray *out, unsigned *orientation, GError **error);
bool strip_png(ImageBytes in, GByteArray *out, unsigned *orientation, GError **error);
bool strip_webp(ImageBytes in, GByteArray *out, unsigned *orientation, GError **error);
bool strip_gif(ImageBytes in, GByteArray *out, GError **error);

/* False with INVALID: "this JPEG picture is broken: …". */
bool strip_broken(const char *kind, const char *why, GError **error);

/* The orientation in an EXIF block (a TIFF header and its first directory), 1 if none or nonsense.
 */
unsigned strip_orientation(const uint8_t *tiff, size_t length);

#define STRIP_EXIF 26u

/* An EXIF block that says the orientation and nothing else. */
void strip_exif(unsigned orientation, uint8_t tiff[STRIP_EXIF]);

static inline uint32_t strip_big16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static inline uint32_t strip_big32(const uint8_t *at)
{
    return strip_big16(at) << 16 | strip_big16(at + 2);
}

static inline uint32_t strip_little32(const uint8_t *at)
{
    return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}
