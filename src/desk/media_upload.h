/*
 * A picture that somebody gives: looked into and rebuilt without metadata in the throw-away child
 * (image/image.h), so that what is stored never held a place or a serial number; recorded
 * (media.h); and its variants (variant.h) made later, by the job "media.variants" in the slow lane,
 * key the picture's id. Errors: those of image/image.h and media.h.
 */
#pragma once

#include "desk/media.h"
#include "image/image.h"
#include "jobs/jobs.h"

/* Fills what is NULL in `words` from what a file says of itself: the strings are `said`'s. A credit
 * or source that is the creator's name is not repeated. */
void media_words_of_file(MediaWords *words, const ImageWords *said);

/* media_add() of what image_take() leaves, and the job, in one transaction. The same file again
 * gives the same picture. */
bool media_upload(Store *store, int directory, GBytes *given, const MediaWords *words, int64_t now,
                  int64_t *id, bool *created, GError **error);

/* media_add() and the job, for a picture of our own that needs no look (the demo's). */
bool media_add_clean(Store *store, int directory, GBytes *bytes, const MediaWords *words,
                     int64_t now, int64_t *id, bool *created, GError **error);

/* media_describe(), and the variants anew if the focal point moved. */
bool media_describe_upload(Store *store, int64_t id, const MediaWords *words, int64_t now,
                           GError **error);

/* The job that makes variants; belongs into the transaction after which they are missing. */
bool media_variants_due(Store *store, int64_t id, int64_t now, GError **error);

/* Makes the variants now. NOT_FOUND if the picture or its file is gone. */
bool media_make_variants(Store *store, int directory, int64_t id, GError **error);

/* The job, ended by kind NULL. */
extern const JobKind media_jobs[];

/* Where the job finds the files: the newsroom's media/. Copied. */
void media_jobs_directory(const char *path);

/* Opens it. -1: IO. */
int media_directory_open(GError **error);
