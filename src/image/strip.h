/*
 * A picture's container rebuilt from an allow-list, its coded pixels byte for byte as they were:
 * JPEG (ITU T.81, JFIF), PNG (W3C PNG 3), WebP (RFC 9649), GIF89a. What stays is what the picture
 * needs to look the same: tables, frames and scans, palette, transparency, animation, the colour
 * profile and gamma, and of EXIF the orientation alone, in a block written anew. What goes: all
 * else, known or not: EXIF with thumbnail, GPS and serial numbers, XMP, IPTC, comments, text, time,
 * maker notes, further pictures and whatever lies behind the end.
 *
 * Pure, linear in the input, no allocation from numbers in it. The output is never longer than the
 * input and 64 bytes. Runs in the child only (image.h); decodes nothing. Errors: INVALID (no such
 * kind, broken, cut short).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { IMAGE_UNKNOWN, IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP, IMAGE_GIF, IMAGE_HEIF } ImageKind;

/* By the first bytes. HEIF stands for HEIC and AVIF. */
ImageKind image_kind(const void *bytes, size_t length);

/* NULL on failure; HEIF is refused. *orientation is that of EXIF, 1 to 8: from 5 on the picture is
 * shown on its side, so that its width and height change places. */
GByteArray *image_strip_container(const void *bytes, size_t length, unsigned *orientation,
                                  GError **error);
