/*
 * A picture's kind and size from its first bytes, without decoding: JPEG (ITU T.81), PNG (W3C PNG
 * 3), GIF89a, WebP (RFC 9649). Reads only `length` bytes, follows no offset backwards, and looks at
 * no more than 65,536 JPEG segments. What it accepts is a picture of sane size, not a proof that it
 * decodes.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMAGE_SIDE_MAX   30000u
#define IMAGE_PIXELS_MAX UINT64_C(200000000)

typedef struct {
    const char *extension, *mime; /* constants */
    uint32_t width, height;       /* pixels as stored; EXIF orientation is not applied */
} ImageHeader;

/* Errors: INVALID (not one of these kinds, cut short, no size), LIMIT (a side or the area). */
bool image_header_read(const void *bytes, size_t length, ImageHeader *header, GError **error);
