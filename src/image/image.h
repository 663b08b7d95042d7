/*
 * Pictures from outside, seen by those who are given them. Everything that looks into one happens
 * in a throw-away process, `kolokol-image` beside this program (child.c): a new one for each
 * picture, with an empty environment, the bytes on its standard input (a sealed memory file),
 * nothing else open; it gives up files, network and programs (base/sandbox.h), has IMAGE_SECONDS of
 * processor time and IMAGE_MEMORY of addresses, and is killed after IMAGE_PATIENCE. So no picture
 * is decoded in a process that holds a key or the database, and what breaks is the child.
 *
 * Errors: INVALID (no known kind, broken, or its reader was stopped), LIMIT (bytes, pixels), IO
 * (the child cannot be started, no memory).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define IMAGE_SECONDS  60u                      /* of processor time */
#define IMAGE_PATIENCE (120 * INT64_C(1000000)) /* µs, by the clock */
#define IMAGE_MEMORY   (UINT64_C(3) << 29)      /* bytes of addresses: 1.5 GiB */

#define IMAGE_SQUARE 256 /* pixels a side of the square form */

/* A form of a picture that the child made. */
typedef struct {
    char shape[12]; /* "original", "wide", "square" */
    char format[8]; /* "jpg", "png", "gif", "webp", "avif": also the file's extension */
    int64_t width, height;
    GBytes *bytes;
} ImageForm;

void image_form_free(ImageForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImageForm, image_form_free)

/* What is kept of a picture that somebody gives: JPEG, PNG, WebP and GIF with the same pixels and
 * without metadata (strip.h); HEIC and AVIF upright as JPEG of high quality, in sRGB. It has been
 * decoded once, so a broken one is refused here. Width and height are those of the upright picture.
 */
ImageForm *image_take(GBytes *given, GError **error);

/* The same picture without metadata: JPEG, PNG, WebP, GIF; nothing is decoded. */
GBytes *image_strip(GBytes *given, GError **error);

/* What the file says of itself: a suggestion for a person to look at, nothing that is kept unseen.
 * One line each, valid UTF-8 of at most IMAGE_WORD bytes, "" where it says nothing. */
#define IMAGE_WORD 2000u

typedef struct {
    char *caption, *alt;
    char *creator, *credit, *source; /* who took it; whom to name; whose it is */
    char *rights;
    char *taken; /* a day, "2026-11-24", or "" */
} ImageWords;

void image_words_clear(ImageWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ImageWords, image_words_clear)

/* Reads XMP, IPTC and EXIF in the child, and of these only what ImageWords has: no place, no
 * machine, no number. Of several the first that says something counts, in that order (Metadata
 * Working Group, guidelines 2.0, 5). A picture of a known kind whose metadata are broken says
 * nothing. */
bool image_words(GBytes *given, ImageWords *words, GError **error);

/* The forms that pages need, of a picture that image_take() gave: "wide" 480, 800 and 1280 pixels
 * wide, never larger than the picture, and "square", cut round the focal point (per mille from the
 * left and from the top; -1: a little above the middle); each as AVIF, WebP and JPEG;
 * upright, in sRGB, on white. Elements ImageForm. */
GPtrArray *image_variants(GBytes *picture, int64_t focal_x, int64_t focal_y, GError **error);

/* A part of a picture that image_take() gave, in pixels of the upright one, as JPEG of high quality
 * in sRGB, on white. INVALID if the part does not lie inside. */
typedef struct {
    int64_t x, y, width, height;
} ImageArea;

ImageForm *image_crop(GBytes *picture, const ImageArea *area, GError **error);

/* What the child gives up on this machine (sandbox_describe()), for the start of a worker. Caller
 * frees. */
char *image_sandbox(GError **error);

/* For tests: another program than the one beside this one (borrowed; NULL goes back), and another
 * patience (µs). */
void image_child(const char *program, int64_t patience);
