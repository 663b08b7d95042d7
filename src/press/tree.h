/*
 * The tree of nodes above the pages (edition/node.h): MANIFESTs and OBJECTS per directory, kept up
 * to date from the books. The cost of a change is the nodes from its directory to the root,
 * whatever the archive's size: a directory's entries are counted as pages come and go, and of a
 * split directory only the shards concerned are read and written.
 */
#pragma once

#include "edition/objects.h"
#include "store/store.h"

/* Bookkeeping by books.c, in its transaction and after the page's row was written: a page appeared
 * at, vanished from, or changed at a path. Of two pages at one path the first by name stands in the
 * node; they are one entry, also for the split. */
bool press_tree_page_new(Store *store, const char *path, GError **error);
bool press_tree_page_gone(Store *store, const char *path, GError **error);
bool press_tree_page_changed(Store *store, const char *path, GError **error);

/* Writes all stale nodes, deepest first; *written gets how many. *root is the hash of an object
 * that holds the root's entries, which become the body of EDITION. */
bool press_tree_update(Store *store, ObjectStore *objects, unsigned *written, Hash *root,
                       GError **error);
