/*
 * Blocks: parts of the frame that a department puts on pages (DESIGN 4): the call to support, the
 * letter, the newsletter field. A block is a row; its content per language is loaded once a run and
 * shared by all pages, and its version is part of the global input "frame:LANGUAGE/recent" or
 * "frame:LANGUAGE/standing", so a page is stale when it differs.
 */
#pragma once

#include "store/store.h"
#include "text/value.h"

typedef struct {
    const char *name;
    /* What the block says in that language at as_of; `standing` for pages older than the frame's 90
     * days. Content NULL (and true) if it says nothing. *version must differ if and only if what
     * fill() writes does. */
    bool (*load)(Store *store, const char *language, bool standing, int64_t as_of, void **content,
                 char **version, GError **error);
    /* Sets its keys in a page's values. `root` is the relative way to the edition's root: "../../".
     * The content outlives the values. */
    void (*fill)(const void *content, Value *page, const char *root);
    void (*free)(void *content);
    const char *help;
} PressBlock;
