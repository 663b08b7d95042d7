/*
 * Reading an edition: from a path to the hash of its bytes, by walking the nodes from EDITION down.
 * Nothing is read before it is asked for, so opening is quick however large the edition. Parsed
 * nodes are kept in a cache of bounded size; a node is named by its hash and never changes, so a
 * cache can outlive an edition.
 */
#pragma once

#include "edition/edition.h"
#include "edition/objects.h"

#define READER_NODES 256u /* parsed nodes kept: about 16 KB each at most */

typedef struct EditionReader EditionReader;

/* Opens the current edition of an edition directory. NOT_FOUND if there is none yet. `objects` is
 * borrowed. */
EditionReader *edition_reader_open(int directory, const ObjectStore *objects, GError **error);
void edition_reader_free(EditionReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EditionReader, edition_reader_free)

const Edition *edition_reader_edition(const EditionReader *reader);

/* Is there a newer current edition? Then it is read, and *changed is true; the cache stays. */
bool edition_reader_refresh(EditionReader *reader, bool *changed, GError **error);

/* The hash of the file at a root-relative path ("2026/11/26/storm.html", also of a node). NOT_FOUND
 * if the edition has no such file. Hash-named files (o/…) stand in no node: their hash is their
 * name, and only the object store knows whether they are there. */
bool edition_reader_find(EditionReader *reader, const char *path, Hash *hash, GError **error);

typedef bool (*EditionTaker)(const char *name, const Hash *hash, bool is_node, void *data,
                             GError **error);

/* Every file of the edition, nodes included, in no order that matters; hash-named files by the
 * OBJECTS that list them, some of them more than once. */
bool edition_reader_each(EditionReader *reader, EditionTaker take, void *data, GError **error);
