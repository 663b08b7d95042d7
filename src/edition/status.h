/*
 * STATUS (DESIGN 6): pages that moved or went, a file for each month: STATUS/2026-11. A month that
 * does not fit into a page (LIMIT_PAGE, some 15,000 lines) goes on in STATUS/2026-11.1,
 * STATUS/2026-11.2 and so forth. Lines, sorted by the bytes of the path:
 *
 *   301 2026/11/23/old.html 2026/11/23/new.html
 *   301 blog/old.html https://elsewhere.example/new
 *   410 2026/11/24/gone.html
 *
 * A target is a path of the edition or an http(s) address; neither has spaces. The stand answers
 * from these; a server that knows nothing of them serves the stub page that stands at the path.
 */
#pragma once

#include "edition/reader.h"

#define STATUS_TARGET_MAX 2000u /* bytes */

typedef struct {
    unsigned code; /* 301 or 410 */
    char *path;
    char *target; /* NULL for 410 */
} StatusLine;

/* Appends a line. INVALID if path or target cannot stand in one. */
bool status_write(GString *text, unsigned code, const char *path, const char *target,
                  GError **error);

/* Appends a line to the last of a month's files (elements GString, to be freed by the caller), or
 * to a new one if that would have more than `most` bytes. Errors as above; then nothing is
 * appended. */
bool status_add(GPtrArray *files, size_t most, unsigned code, const char *path, const char *target,
                GError **error);

/* The lines of a STATUS file (elements StatusLine, which own their strings). CORRUPT with the line
 * number for anything else; LIMIT above LIMIT_PAGE. */
GArray *status_parse(const char *text, size_t length, GError **error);

/* The statuses of all months. */
typedef struct StatusTable StatusTable;

StatusTable *status_table_new(void);
void status_table_free(StatusTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StatusTable, status_table_free)

/* Takes in a month's file; give the months in order, for a later line about a path replaces an
 * earlier one. */
bool status_table_add(StatusTable *table, const char *text, size_t length, GError **error);

/* The line about a path, the table's own; NULL if there is none. */
const StatusLine *status_table_find(const StatusTable *table, const char *path);
unsigned status_table_count(const StatusTable *table);

/* Takes in a file of GONE (gone.h). */
bool status_table_add_gone(StatusTable *table, const char *text, size_t length, GError **error);

/* Is the path gone for good, its name untold? */
bool status_table_gone(const StatusTable *table, const char *path);

/* All months of an edition, in order, and all of GONE. An edition without gives an empty table. */
StatusTable *status_table_read(EditionReader *reader, GError **error);
