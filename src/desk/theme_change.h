/*
 * A theme file of the newsroom saved or taken away, with what belongs to it: judged before (theme/
 * edit.h), a row of the audit log, the press told.
 *
 * A file and a row cannot be written as one. So the row comes first: a kill in between leaves a row
 * of something that was not done, never something done that no row tells of; and if the write
 * fails, a second row says so. The press, told last, looks at the folder itself at each run, so a
 * kill before that delays the pages until the next.
 *
 * Errors: those of theme/edit.h and of the store.
 */
#pragma once

#include "office/office.h"
#include "theme/edit.h"

#include <stdint.h>

/* A file as it is, whether there is one of that name or not. */
typedef struct {
    const char *folder;     /* theme/ */
    char *name;             /* "story.mustache" */
    GBytes *own, *built_in; /* the newsroom's and the program's; NULL: there is none */
    char mark[THEME_MARK];  /* of the newsroom's own */
} ThemeHeld;

void theme_held_clear(ThemeHeld *held);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ThemeHeld, theme_held_clear)

/* NOT_FOUND: this office changes no theme. */
const char *theme_folder(const Office *office, GError **error);
bool theme_held_open(ThemeHeld *held, const Office *office, const char *name, GError **error);

typedef struct {
    int64_t person;    /* 0: the command line */
    const char *token; /* the name of the API's token that did it, or NULL: the person at a page,
                        * whose draft of the file then ends */
} ThemeAuthor;

bool theme_change_save(Store *store, const char *folder, const ThemeAuthor *author,
                       const char *file, GBytes *bytes, int64_t now, GError **error);
bool theme_change_reset(Store *store, const char *folder, const ThemeAuthor *author,
                        const char *file, int64_t now, GError **error);
