/*
 * Media: a stored original and what is known of it. The file lies under the newsroom's
 * media/ab/<sha256>.<ext>, named by its bytes, so the same picture is there once and adding it
 * again gives the same record. Input "media:ID". The file is durable before the row is written; a
 * file without a row is harmless. Limits: file LIMIT_OBJECT; picture 30,000 pixels a side, 200
 * million in all; texts 2,000 bytes. Errors: NOT_FOUND, INVALID (no picture of a known kind: JPEG,
 * PNG, GIF, WebP; texts), LIMIT, IO, the store's.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

#define MEDIA_WORDS 2000u /* bytes of a text */

typedef struct {
    int64_t id;
    char *sha256;    /* 64 hex digits */
    char *extension; /* "jpg", "png", "gif", "webp" */
    char *mime;
    int64_t width, height, size;                           /* upright */
    char *caption, *photographer, *agency, *licence, *alt; /* "" if unknown */
    char *source;             /* whose it is, if that is not the agency; never on a page */
    char *taken;              /* a day, "2026-11-24", or "" */
    int64_t licence_until;    /* the licence's end, or 0 for none */
    int64_t focal_x, focal_y; /* MediaFocal; -1 if not said */
    int64_t created;
} Media;

/* What must stay in sight where a picture is cropped: per mille from the left and from the top. */
typedef struct {
    int64_t x, y;
} MediaFocal;

/* What a person says of a picture; NULL fields are "" on adding and unchanged on describing. */
typedef struct {
    const char *caption, *photographer, *agency, *licence, *alt, *source, *taken;
    int64_t licence_until;
    const MediaFocal *focal; /* NULL: not said, or unchanged */
} MediaWords;

void media_free(Media *media);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Media, media_free)

Media *media_read(Store *store, int64_t id, GError **error);

/* Input "media:ID": the pages that show it are stale. For what changes its row, file or variants.
 */
bool media_touch(Store *store, int64_t id, GError **error);

/* "ab/<sha256>.<ext>": its place under media/. Caller frees. */
char *media_file(const Media *media);

/* "o/ab/<sha256>.<ext>": its place in the edition (DESIGN 6). Caller frees. */
char *media_object(const Media *media);

/* "40,55": per cent from the left and from the top. INVALID. */
bool media_focal_parse(const char *text, MediaFocal *focal, GError **error);

/* Writes media/ab/<sha256>.<ext> durably unless it is there. */
bool media_keep_file(int directory, const char *sha256, const char *extension, const void *bytes,
                     size_t length, GError **error);

/* Adds a picture's bytes. `directory` is the newsroom's media/ (an open descriptor). *created (may
 * be NULL) is false if it was there already; then its words stay as they are. */
bool media_add(Store *store, int directory, const void *bytes, size_t length,
               const MediaWords *words, int64_t now, int64_t *id, bool *created, GError **error);

/* Of a picture that its orientation turns, where the file says it otherwise. */
bool media_set_size(Store *store, int64_t id, int64_t width, int64_t height, GError **error);

/* Changes words; licence_until is set as given. */
bool media_describe(Store *store, int64_t id, const MediaWords *words, GError **error);

/* Which pictures are wanted; zero and NULL ask for nothing. */
typedef struct {
    const char *text;       /* stands in a word of its, in whatever case */
    bool unused;            /* no story shows it now, no text that somebody has not saved (earlier
                             * revisions and pages may have) */
    int64_t expires_before; /* its licence ends, or has ended, before that moment */
    int64_t before;         /* only ids below: where the last list ended */
    unsigned most;
} MediaQuery;

/* Newest first. Elements Media. */
GPtrArray *media_find(Store *store, const MediaQuery *query, GError **error);

/* The stories that use it, as photo or by "media:ID" in the body or in a live entry that is not
 * removed, by id. Elements int64_t. */
GArray *media_usage(Store *store, int64_t id, GError **error);

/* Of these, the stories on whose pages it stands: an entry that waits is on none. Which of them
 * readers see, their states say. */
GArray *media_shown(Store *store, int64_t id, GError **error);

/* Does a story under embargo at `now` use it, be it in an entry that waits or was removed? */
bool media_embargoed(Store *store, int64_t id, int64_t now, bool *is, GError **error);

/* Does one that shows it go out: do readers see it, or will they at a time? Changing it, or what is
 * said of it, is publishing then. */
bool media_goes_out(Store *store, int64_t id, bool *out, GError **error);

/* Is a file below media/ ("ab/<sha256>.<ext>") a picture's that is recorded, or a variant's? */
bool media_file_used(Store *store, const char *file, bool *used, GError **error);

/* "Photographer / AGENCY", or the one that there is, or "". The credit as DESIGN 1 wants it. Caller
 * frees. */
char *media_credit(const Media *media);

/* *story gets a story into which somebody has put it without having saved (working.h); 0: none. */
bool media_unsaved(Store *store, int64_t id, int64_t *story, GError **error);

/* The ids in a body's "media:ID" addresses, each once, in order of appearance, at most 1,000.
 * Elements int64_t. Pure. */
GArray *media_in_body(const char *body);
