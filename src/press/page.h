/*
 * Page kinds and a page while it renders: what a recipe (src/paper) gives to the press.
 *
 * A kind is a row: how to list the keys that have a page, and how to render one. `render` must be a
 * pure function of what it reads through this header's press_page_read*() functions, the database
 * rows those names stand for, and the as-of time; it must name every input, because the press
 * learns the dependency from that. It ends with press_page_set(), or without it if there is no such
 * page now. Rendering happens in several processes at once, each with its own store.
 */
#pragma once

#include "press/press.h"

#include <stdbool.h>
#include <stdint.h>

#define PRESS_WAVE_NEWS 1 /* in the first edition after a publish: story, front, section, day */
#define PRESS_WAVE_REST 2 /* within a minute: feeds, topics, authors, archives, sitemaps */

#define PRESS_INPUT_MAX 300u /* bytes of an input's name */

typedef struct PressPage PressPage;

/* Takes a key; false stops the listing. */
typedef bool (*PressKeyTaker)(const char *key, int64_t newness, void *data, GError **error);

typedef struct {
    const char *name; /* page names are "kind:key" */
    int wave;
    /* Classes of inputs whose touch can call the page of the same key into being, NULL-ended: a
     * touch of "list:section/en/politics" (class "list:section", key "en/politics") makes
     * "section:en/politics" stale even where no such page exists yet. */
    const char *const *created_by;
    /* Its keys are few and follow from settings alone: they are looked for at each run, and need no
     * created_by. */
    bool fixed;
    /* A page that was not there yet comes in the first edition even if the kind is of a later wave:
     * pages of that edition lead to it. */
    bool early;
    /* Every key that has, or may have, a page at as_of. */
    bool (*keys)(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error);
    bool (*render)(PressPage *page, const char *key, GError **error);
    bool budgeted; /* its pages have a budget: weight.h */
    const char *help;
    /* May be NULL. Turns the key of a touch into the keys of the pages that it can call into being,
     * where that is not one page of the same key. */
    bool (*expand)(Store *store, void *run, int64_t as_of, const char *key, PressKeyTaker take,
                   void *data, GError **error);
} PressKind;

/* A class of global inputs: templates, settings, the frame. Their versions are asked for at the
 * start of each run, so a change is found even where nobody touched it (an edited template file).
 */
typedef struct {
    const char *class_name;
    /* A short text that differs if and only if the input does. Caller frees. */
    char *(*version)(Store *store, void *run, const char *key, int64_t as_of, GError **error);
} PressGlobal;

/* All that a newspaper's pages are made by. `begin` makes what the pages of one run in one process
 * share. */
typedef struct {
    const PressKind *const *kinds; /* NULL-ended */
    const PressGlobal *globals;    /* ended by class_name NULL */
    void *(*begin)(Store *store, void *context, int64_t as_of, GError **error);
    void (*end)(void *run);
    void *context; /* given to begin */
} PressRecipes;

/* What the page may use. */
Store *press_page_store(PressPage *page);
int64_t press_page_as_of(const PressPage *page);
void *press_page_run(PressPage *page);

/* Records a plain input. */
void press_page_read(PressPage *page, const char *input);

/* Records a list of which the page read a window. If the window is full, it ends at (published,
 * id), and changes older than that do not concern the page. */
void press_page_read_list(PressPage *page, const char *list, bool full, int64_t published,
                          int64_t id);

/* Records a global input. */
bool press_page_read_global(PressPage *page, const char *input, GError **error);

/* The page will differ from `moment` on though nothing is touched; the earliest one given counts.
 * Moments up to as_of are ignored. */
void press_page_boundary(PressPage *page, int64_t moment);

/* The page uses the hash-named file o/ab/<sha256>.<ext> of that size, whose bytes are in the file
 * `source`: it is put into the object store if it is not there. NOT_FOUND if there is no such file.
 */
bool press_page_object_file(PressPage *page, const char *name, const char *source, int64_t size,
                            GError **error);

/* The page uses the hash-named file o/ab/<sha256>.<ext> (its name in the edition) of that size,
 * which the caller has put into the object store. */
void press_page_object(PressPage *page, const char *name, int64_t size);

/* The same of bytes in memory that the caller has under the name made of their hash: a font of the
 * theme, which very many pages share. They are written where they are missing. CORRUPT if the name
 * is not theirs. */
bool press_page_object_named(PressPage *page, const char *name, const char *bytes, size_t length,
                             GError **error);

/* The same of bytes in memory: a script of the theme. *name is its name in the edition; caller
 * frees.
 */
bool press_page_object_bytes(PressPage *page, const char *extension, const char *bytes,
                             size_t length, char **name, GError **error);

/* The page: its path in the edition and its bytes (copied). `newness` orders a long run, newest
 * first. */
bool press_page_set(PressPage *page, const char *path, const char *bytes, size_t length,
                    int64_t newness, GError **error);
