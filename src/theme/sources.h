/*
 * The contents of every theme file in use: a table from file name ("story.mustache", "style.css",
 * "serif.woff2") to GBytes. Part of theme.c.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define SOURCES_FOLDER   "theme/"
#define SOURCES_TEMPLATE ".mustache"
#define SOURCES_STYLE    ".css"

/* Defaults with the newsroom's files (`seen`: overrides.h) over them, those at fault left aside for
 * `in_use` (the table chosen last, NULL at first) or the default. One line for each refusal is
 * added to `problems`. NULL with an error only if the defaults themselves are at fault. */
GHashTable *sources_choose(GHashTable *seen, GHashTable *in_use, GPtrArray *problems,
                           GError **error);

/* The same names with the same bytes; `a` may be NULL. */
bool sources_equal(GHashTable *a, GHashTable *b);

/* A MustacheSource: `data` is the table. */
bool sources_give(gpointer data, const char *name, char **text, size_t *length, GError **error);

/* The keys, sorted by bytes: no order of a hash table may show in a page or a message. Borrowed
 * strings; caller unrefs. */
GPtrArray *sources_files(GHashTable *table);

/* "story" and ".css" make "story.css". Caller frees. */
char *sources_file(const char *name, const char *ending);
