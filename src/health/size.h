/*
 * Sizes on the disk: what a directory or a file takes up, and how much room is left. Links are not
 * followed; what goes away while it is looked at is not counted.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define SIZE_ENTRIES 5000000u /* of one directory, below it all: more are not counted */
#define SIZE_DEPTH   16u

/* Bytes taken from the disk below `path` (a directory or a file; 0 if there is none). Takes a
 * second for some hundred thousand files; ends early, with what it has, when *stop is set (NULL:
 * never). Errors: IO. */
bool size_of_tree(const char *path, const volatile int *stop, int64_t *bytes, GError **error);

/* Of the file system that holds `path`: what ordinary processes may still take, and the whole.
 * IO. */
bool size_of_disk(const char *path, int64_t *free_bytes, int64_t *bytes, GError **error);
