/*
 * One page shown before, or apart from, any edition: rendered in this process by the same recipes
 * and the same code as the press's, and kept in memory. Nothing is written: no object, no book, no
 * edition. For previews of what is not out.
 */
#pragma once

#include "press/page.h"

/* A hash-named file that the page uses: "o/ab/<sha256>.<ext>". */
typedef struct {
    char *name;
    char *source;  /* a file that holds it, or NULL */
    GBytes *bytes; /* or these */
} PressShownObject;

typedef struct {
    char *path;         /* where it would stand in the edition */
    GBytes *html;       /* ended by a NUL that is not counted */
    GPtrArray *objects; /* of PressShownObject */
} PressShown;

void press_shown_clear(PressShown *shown);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PressShown, press_shown_clear)

/* The page "kind:key" as of a moment. NOT_FOUND if there is no such page; else what its recipe, or
 * the machine, says. */
bool press_show(Store *store, const PressRecipes *recipes, int64_t as_of, const char *name,
                PressShown *shown, GError **error);

/* The file of that name, if the page uses it; NULL otherwise. */
const PressShownObject *press_shown_object(const PressShown *shown, const char *name);

/* For render.c: what a page brings. Bytes are copied. */
void press_shown_file(PressShown *shown, const char *name, const char *source);
void press_shown_bytes(PressShown *shown, const char *name, const char *bytes, size_t length);
