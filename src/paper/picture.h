/*
 * Pictures on pages. A page shows a picture by its variants (desk/variant.h): a few candidates of
 * each, so that a story page stays under its budget of hash-named addresses (docs/pictures.md). As
 * long as there are none it shows the original, if that is no larger than PICTURE_ORIGINAL_MOST and
 * of a kind that every browser reads; otherwise nothing. Records the input "media:ID" and the
 * files used.
 */
#pragma once

#include "desk/media.h"
#include "paper/page_base.h"

#define PICTURE_ORIGINAL_MOST (1024 * 1024) /* bytes */

/* Where it stands, which decides the candidates. */
typedef enum {
    PAPER_PICTURE_NONE,
    PAPER_PICTURE_SQUARE, /* small, in lists: 2 files */
    PAPER_PICTURE_CARD,   /* small on narrow screens, 3:2 on others: 3 files */
    PAPER_PICTURE_LEAD,   /* as wide as the page or the column: at most 5 files */
    PAPER_PICTURE_FIGURE, /* in a body: at most 3 files */
    PAPER_PICTURE_PLAIN,  /* one JPEG, for feeds and cards of messengers */
} PaperPictureUse;

typedef struct {
    const char *type;  /* "image/avif"; constant */
    const char *media; /* a media query, or NULL; constant */
    bool sized;        /* the addresses have widths, so that it needs `sizes` */
    char *srcset;
} PaperPictureSource;

typedef struct {
    char *src;                   /* NULL: there is nothing to show */
    int64_t width, height, size; /* of the file at src; size in bytes */
    PaperPictureSource sources[3];
    unsigned count;
} PaperPicture;

void paper_picture_clear(PaperPicture *picture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PaperPicture, paper_picture_clear)

/* The candidates for a use; `base` stands before the files' paths ("../../", or the paper's
 * address). The picture's record, or NULL if there is none; caller frees. False only for errors of
 * the machine. */
bool paper_picture(PaperPage *page, int64_t id, PaperPictureUse use, const char *base,
                   PaperPicture *picture, Media **media, GError **error);

/* Sets `key` to {src, width, height, sources: [{type, media, srcset, sized}], alt, caption,
 * credit}. `alt`, `caption` and `credit` go before the picture's own if not empty. Nothing is set
 * if there is nothing to show. */
bool paper_fill_photo(PaperPage *page, Value *map, const char *key, int64_t id, const char *alt,
                      const char *caption, const char *credit, PaperPictureUse use, GError **error);
