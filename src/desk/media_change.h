/*
 * What becomes of a picture after its upload: other bytes under the same number, or its end. Both
 * remove the files that nobody needs any more, after the transaction: a kill between leaves a file
 * without a row, which is harmless and is not shown. Editions keep their own copies for as long as
 * they are kept (edition/retain.h). Errors: NOT_FOUND, CONFLICT, those of image/image.h and of the
 * store.
 */
#pragma once

#include "desk/media.h"

/* The given file in its place: looked into and rebuilt as at an upload, words and uses stay, the
 * focal point is forgotten and variants are made anew. CONFLICT if the picture is there already
 * under another number. The same bytes again change nothing. */
bool media_replace(Store *store, int directory, int64_t id, GBytes *given, int64_t now,
                   GError **error);

/* Its files below media/, those of its forms too, in the place of what the list had (char *); and
 * the removal of those that no picture has any more. */
bool media_files_of(Store *store, const Media *media, GPtrArray *files, GError **error);
bool media_files_drop(Store *store, int directory, const GPtrArray *files, GError **error);

/* CONFLICT, naming them, if stories show it, or a text of a story that somebody has not saved. */
bool media_remove(Store *store, int directory, int64_t id, GError **error);

/* Who of the staff removes one. */
typedef struct {
    int64_t person;    /* 0: nobody's name is written down */
    const char *token; /* as in audit_add_by() */
    StoreBody may;     /* asked in the transaction of the removal, or NULL */
    void *data;
} MediaRemover;

/* The same by somebody: with a line in the audit log. */
bool media_remove_by(Store *store, int directory, int64_t id, const MediaRemover *by, int64_t now,
                     GError **error);
