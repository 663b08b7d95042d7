/*
 * Pictures that lie beside a story's file: added to the newsroom's media, and named by their id in
 * the story. A `photo` that is not a number, and in a Markdown body the destination of a picture,
 * is a path below the file's own directory; absolute paths and ".." are refused, so that a file
 * from somebody else cannot pick from the whole disk.
 */
#pragma once

#include "desk/story_input.h"

typedef struct {
    Store *store;
    const char *beside; /* the directory of the story's file */
    int media;          /* the newsroom's media/, an open descriptor */
    bool dry;           /* look at the files, add nothing */
    int64_t now;
} ImportPictures;

/* Replaces the story's files by media ids; in a dry run takes `photo` away if it is a good picture.
 * Errors: NOT_FOUND (which file, where), INVALID (no picture), LIMIT, the store's. */
bool import_pictures(const ImportPictures *where, StoryInput *input, GError **error);

/* The other way: "media:ID" in a body as the paths of files, "media/ab/<sha256>.jpg". `take` is
 * called for each; one that leaves *path NULL leaves the place as it is. Caller frees. NULL on
 * failure. */
typedef bool (*ImportPictureTaker)(int64_t id, char **path, void *data, GError **error);
char *import_pictures_outward(const char *body, ImportPictureTaker take, void *data,
                              GError **error);
