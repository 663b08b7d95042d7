/*
 * Variants: a picture's encoded forms in the sizes that the layout needs, made once (image/, job
 * media.variants) and kept as rows, so that pages are a function of rows and `press --full` never
 * encodes. Files lie beside the originals, media/ab/<sha256>.<ext>. All of a picture's rows come in
 * one transaction, which touches "media:ID": pages that show it are pressed again. The files are
 * durable before the rows. Limit: VARIANT_MOST rows a picture. Errors: INVALID (shape, format),
 * LIMIT, NOT_FOUND (no such picture), IO, the store's.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

#define VARIANT_MOST   32u
#define VARIANT_WIDE   "wide"   /* the whole picture */
#define VARIANT_SQUARE "square" /* cut round the focal point, for lists */

typedef struct {
    char shape[8], format[8]; /* "wide", "square"; "avif", "webp", "jpg" */
    char sha256[65];
    int64_t width, height, size;
} Variant;

typedef struct {
    const char *shape, *format;
    int64_t width, height;
    GBytes *bytes;
} VariantMade;

/* By shape, format, width. Elements Variant. */
GArray *variant_list(Store *store, int64_t media, GError **error);

/* "ab/<sha256>.avif" below media/. Caller frees. */
char *variant_file(const Variant *variant);

/* "o/ab/<sha256>.avif" in the edition. Caller frees. */
char *variant_object(const Variant *variant);

/* These are the picture's variants from now on. `directory` is the newsroom's media/. */
bool variant_put(Store *store, int directory, int64_t media, const VariantMade *made,
                 unsigned count, GError **error);
