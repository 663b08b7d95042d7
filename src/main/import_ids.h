/*
 * The ids that one import has brought, so that a second story of the same id is refused rather than
 * put over the first: each later import would change both again. An import may be of any size;
 * so an id is kept as 64 bits of its SHA-256, 16 bytes a place, and no more than IMPORT_IDS_MOST of
 * them. Two different ids are taken for one with a chance of less than one in ten million.
 */
#pragma once

#include <stdbool.h>

#define IMPORT_IDS_MOST 786432u /* then the table is 16 MB; ids beyond it are not looked for */

typedef struct ImportIds ImportIds;

ImportIds *import_ids_new(void);
void import_ids_free(ImportIds *ids);

/* Notes the id of a story in `line` of `file`. True if it is new, or the table is full. Else *line
 * is where it stands in this file, 0 if it came with an earlier file. Stories of one file come one
 * after another. */
bool import_ids_add(ImportIds *ids, const char *id, const char *file, unsigned *line);
