/*
 * A picture that is cut: every page shows a part of it from then on, as if it were the picture. The
 * whole one's file is kept, so that it can be had again; readers never get it. What is wanted is
 * written down at once, the cutting itself is the job "media.crop" in the slow lane (or the
 * caller), in the throw-away child (image/image.h); then variants are made anew and the focal point
 * is forgotten, as with other bytes (media_change.h), which end the cutting too.
 *
 * Errors: NOT_FOUND, INVALID (a part that is none, or under MEDIA_CROP_LEAST pixels a side),
 * CONFLICT (one is being cut already; nothing to undo), those of image/image.h and of the store.
 */
#pragma once

#include "desk/media.h"
#include "image/image.h"
#include "jobs/jobs.h"

#define MEDIA_CROP_LEAST 16 /* pixels a side */

/* Of the picture as it is now: per mille from the left and from the top, and of its sides. */
typedef struct {
    int64_t x, y, width, height;
} MediaPart;

/* "10,0,80.5,100": per cent from the left and from the top, width and height. INVALID. */
bool media_part_parse(const char *text, MediaPart *part, GError **error);

/* What is known of a cut picture. */
typedef struct {
    bool cut, waiting; /* waiting: still to be done */
    ImageArea area;    /* in pixels of the whole one; width 0: to be whole again */
    char *sha256, *extension, *mime;
    int64_t width, height, size; /* of the whole one */
} MediaCrop;

void media_crop_clear(MediaCrop *crop);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MediaCrop, media_crop_clear)

/* `cut` is false of a picture that is whole, or not there. */
bool media_crop_read(Store *store, int64_t id, MediaCrop *crop, GError **error);

/* "ab/<sha256>.jpg" of the whole one, NULL if the picture is not cut. Caller frees. */
bool media_crop_whole(Store *store, int64_t id, char **file, GError **error);

/* Writes down what is wanted, and the job; part NULL: the whole picture again. */
bool media_crop_order(Store *store, int64_t id, const MediaPart *part, int64_t now, GError **error);

/* Does what is wanted; nothing if nothing is. `directory` is the newsroom's media/. */
bool media_crop_run(Store *store, int directory, int64_t id, int64_t now, GError **error);

/* For media_change.h and takedown.h: no more is known of it. */
bool media_crop_forget(Store *store, int64_t id, GError **error);

extern const JobKind media_crop_jobs[];
