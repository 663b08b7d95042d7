/*
 * The newsroom's own theme files: which there are, and their bytes as last read. Part of theme.c;
 * what the files mean and whether they are good is decided there.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t changed; /* of stat(2), nanoseconds */
    int64_t size;
    uint64_t inode;
    GBytes *bytes;   /* NULL if it could not be read */
    GError *problem; /* why */
} OverrideFile;

#define OVERRIDES_ICON "favicon.ico"
#define LIMIT_ICON     (64u * 1024) /* bytes */

/* A table of OverrideFile by file name, empty. */
GHashTable *overrides_new(void);

/* Makes `*files` what the directory holds now (NULL or absent: nothing); files that look the same
 * as in the old table are not read again. `*changed` is false if nothing was read or gone; the
 * table is then the old one. Errors: IO, LIMIT (THEME_FILES). */
bool overrides_scan(const char *directory, GHashTable **files, bool *changed, GError **error);

/* The most bytes that a theme file of that name may have; 0 if none may be called so. */
size_t overrides_limit(const char *name);

/* The table with other bytes under one name, or, NULL, without it. Errors: INVALID (the name),
 * LIMIT (bytes, THEME_FILES). Caller unrefs. */
GHashTable *overrides_with(GHashTable *files, const char *name, GBytes *bytes, GError **error);
