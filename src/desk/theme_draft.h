/*
 * A theme file as one person has changed it, before it is the newspaper's: a row of the database,
 * so that what was looked at can be looked at again, and is not lost. No edition reads it. It ends
 * by being saved, or by its person's own wish.
 *
 * `seen` is the mark (theme/edit.h) of the newsroom's file that it was made from: who saves over
 * another is told. Errors: NOT_FOUND, LIMIT (THEME_DRAFTS a person), those of the store. What the
 * text is good for is not asked here.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

#define THEME_DRAFTS 50u

typedef struct {
    char *seen, *body;
    int64_t changed;
} ThemeDraft;

void theme_draft_free(ThemeDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ThemeDraft, theme_draft_free)

ThemeDraft *theme_draft_read(Store *store, int64_t person, const char *file, GError **error);

/* The names of the files that the person has drafts of. Elements char *. */
GPtrArray *theme_draft_files(Store *store, int64_t person, GError **error);

bool theme_draft_keep(Store *store, int64_t person, const char *file, const char *seen,
                      const char *body, int64_t now, GError **error);

/* No failure if there is none. */
bool theme_draft_drop(Store *store, int64_t person, const char *file, GError **error);
