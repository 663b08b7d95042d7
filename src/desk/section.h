/*
 * Sections: a slug, unique within its language, a display name, a text about it and a position. The
 * first SECTION_MENU by position that are not hidden and have a story that readers see are the
 * menu; so a section that a draft names is told to nobody. A hidden one keeps its pages. Inputs:
 * "section:LANG/SLUG" (the record), "menu:LANG" (the menu), and the lists and counts of
 * story_list.h and story_count.h. A new one goes last. Errors: NOT_FOUND, INVALID (a name that is
 * empty, not UTF-8 or without a letter or digit), LIMIT (200 bytes), those of the store.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

#define SECTION_MENU 8u

typedef struct {
    char *language, *slug, *name;
    int64_t position; /* from 1 */
    char *about;      /* a few sentences, plain text; "" if none */
    bool hidden;      /* the menu leaves it out */
} Section;

void section_free(Section *section);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Section, section_free)

Section *section_read(Store *store, const char *language, const char *slug, GError **error);

/* By position. Elements Section. */
GPtrArray *section_list(Store *store, const char *language, GError **error);
GPtrArray *section_menu(Store *store, const char *language, int64_t as_of, GError **error);

/* The section that a name or slug stands for, created if there is none. Caller frees *slug;
 * *created may be NULL. */
bool section_ensure(Store *store, const char *language, const char *name, char **slug,
                    bool *created, GError **error);

/* Changes the display name; the slug stays. */
bool section_rename(Store *store, const char *language, const char *slug, const char *name,
                    GError **error);

/* Changes the text about it, at most 4,000 bytes. */
bool section_describe(Store *store, const char *language, const char *slug, const char *about,
                      GError **error);

/* Takes it out of the menu, or puts it back. */
bool section_hide(Store *store, const char *language, const char *slug, bool hidden,
                  GError **error);

/* Moves it to a position from 1; those from there on go one further. */
bool section_move(Store *store, const char *language, const char *slug, int64_t position,
                  GError **error);
