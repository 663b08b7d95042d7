/*
 * Decoding and encoding by libvips; in the child only (image.h). A PictureTaker is given each form
 * as it is made. Errors: INVALID (does not decode), LIMIT (pixels).
 */
#pragma once

#include "image/strip.h"

typedef struct {
    const char *shape, *format;
    int width, height;
    const void *bytes;
    size_t length;
} PictureForm;

typedef bool (*PictureTaker)(const PictureForm *form, void *data, GError **error);

/* Before the sandbox: libraries, and of their plug-ins only that of HEIC and AVIF. */
bool picture_begin(const char *program, GError **error);

/* Decodes all of it and keeps nothing. */
bool picture_check(const void *bytes, size_t length, GError **error);

/* The blocks of metadata as they lie in the file; NULL where there is none. */
typedef struct {
    GBytes *xmp, *iptc, *exif;
} PictureMetadata;

void picture_metadata_clear(PictureMetadata *metadata);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PictureMetadata, picture_metadata_clear)

bool picture_metadata(const void *bytes, size_t length, PictureMetadata *metadata, GError **error);

/* HEIC or AVIF, as JPEG. */
bool picture_convert(const void *bytes, size_t length, PictureTaker take, void *data,
                     GError **error);

/* In pixels of the upright picture. */
typedef struct {
    int x, y, width, height;
} PictureArea;

/* That part of it, upright, as JPEG. INVALID if it does not lie inside. */
bool picture_crop(const void *bytes, size_t length, const PictureArea *area, PictureTaker take,
                  void *data, GError **error);

/* image_variants() */
bool picture_variants(const void *bytes, size_t length, int focal_x, int focal_y, PictureTaker take,
                      void *data, GError **error);
