/*
 * Fonts of the newsroom's own: WOFF2 files in theme/ that its style sheets name.
 *
 * A sheet says url(NAME.woff2), in quotation marks or without, with a plain file name; that is a
 * mention. In a page the mention becomes the relative address of the hash-named file in the
 * edition, so it works from any host and from a disk. Other url() are left as they are: the page's
 * policy loads nothing from elsewhere.
 *
 * A font never belongs to the program: the default theme reads well in what readers have.
 */
#pragma once

#include "text/html.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define FONT_ENDING ".woff2"
#define LIMIT_FONT                                                                                 \
    (160u * 1024)         /* bytes of a file: one script, its weights in one variable file         \
                           */
#define FONT_MENTIONS 12u /* in a sheet */

/* Judges the file by its header (W3C WOFF2, 4.1): signature and length. Browsers judge the rest.
 * INVALID, without the file's name. */
bool font_check(const char *bytes, size_t length, GError **error);

typedef struct {
    char *path;    /* "o/ab/<sha256>.woff2" in the edition */
    GBytes *bytes; /* borrowed from the theme */
} ThemeFont;

/* A style with its mentions found. */
typedef struct {
    GPtrArray *pieces; /* of char: the text between mentions, one more than those */
    GPtrArray *named;  /* of char: each mention's file name */
} FontStyle;

FontStyle *font_style_new(const char *css);
void font_style_free(FontStyle *style);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FontStyle, font_style_free)

/* The first file name that is not a key of `files`; NULL if all are. */
const char *font_style_missing(const FontStyle *style, GHashTable *files);

/* The ThemeFont of each file that is mentioned, once, in the order of the text. `files` has GBytes
 * by name and outlives the result. */
GPtrArray *font_style_fonts(const FontStyle *style, GHashTable *files);

/* The style for pages at `root` ("../../"). Caller frees. */
char *font_style_at(const FontStyle *style, GHashTable *files, const char *root);

/* The style without the @font-face rules that mention a font: for pages outside the edition. Caller
 * frees. */
char *font_style_bare(const FontStyle *style);
