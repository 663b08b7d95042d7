/*
 * GONE (DESIGN 6): what nobody may keep any more. A file for each month, GONE/2026-11; one that
 * does not fit goes on in GONE/2026-11.1 and so forth. Lines, sorted by their bytes:
 *
 *   before 2026-11-28T22:50:00Z   editions signed before this moment are to be forgotten
 *   object <sha256>               a page or picture of them, under whatever name
 *   path <sha256 of a path>       what stood there is gone for good, and even its name is not told
 *
 * A mirror that takes up an edition with a new line drops its older editions, and these objects
 * unless the edition itself still names them; so must everybody else who keeps copies. A path is
 * hashed because it may tell what was taken down; the stand answers 410 for it. Whoever guesses the
 * path can check his guess.
 */
#pragma once

#include "seal/hash.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GONE_FILE_LINES 20000u /* lines of one file: under LIMIT_PAGE */

/* Lines without their end. Caller frees. `moment` is in µs, told in whole seconds. */
char *gone_line_before(int64_t moment);
char *gone_line_object(const char *hex);
char *gone_line_path(const char *path);

/* Calls for each path line of a file. CORRUPT with the line number for a line that is none of the
 * three; of kinds yet to come only the form `word value` is asked. */
typedef void (*GonePathTaker)(const Hash *path, void *data);
bool gone_parse(const char *text, size_t length, GonePathTaker take, void *data, GError **error);
