/*
 * The words in a picture's metadata: XMP (ISO 16684-1) by exempi, IPTC-IIM 4 by libiptcdata, EXIF
 * (CIPA DC-008) by libexif. In the child only (image.h). A block that does not parse says nothing.
 */
#pragma once

#include "image/picture.h"

#define WORDS_BLOCK (1u << 20) /* bytes of a block that is looked at; a longer one says nothing */

/* Before the sandbox. */
void words_begin(void);

/* The fields of ImageWords (image.h) in their order, each with its byte 0. */
GByteArray *words_read(const PictureMetadata *metadata);
