/*
 * Changing the newsroom's own theme files from within the program, for the office and for `kolokol
 * theme`. What a file means, and its ceiling, are theme.h's.
 *
 * Nothing that could not be used is written: the file is tried over the theme as it is
 * (theme_try()) and must be UTF-8; a template that has a <head> of its own must have the page's
 * policy, {{policy}}, there before any script, because the copies of the paper have no other. The
 * write is file_replace()'s: after a kill or a power cut the old file is there or the new one. The
 * press notices by itself when it next runs; who saves tells it to (press_touch()).
 *
 * Names are those of overrides.h, so they lead out of no directory. Errors: INVALID with file, line
 * and reason, LIMIT, NOT_FOUND, IO.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define THEME_EDIT_MOST (128u * 1024) /* bytes of a file that is edited as text */
#define THEME_MARK      17u           /* bytes of a mark with its end */

typedef struct {
    char *name;         /* "story.mustache" */
    bool own, built_in; /* in theme/; in the program; or both: an override */
    size_t bytes;       /* of the newsroom's own, else of the program's */
    char *problem;      /* why the newsroom's own is left aside, or NULL */
} ThemeFile;

/* Templates, styles, fonts and the icon, by name. Elements ThemeFile. */
GPtrArray *theme_edit_list(const char *directory, GError **error);

/* Is it a template or a style: text that theme_edit_save() takes? */
bool theme_edit_is_text(const char *name);

/* The newsroom's own file (NOT_FOUND), or the program's (NULL). */
GBytes *theme_edit_own(const char *directory, const char *name, GError **error);
GBytes *theme_edit_built_in(const char *name);

/* Tells two contents apart: 16 hex digits, "-" for NULL. */
void theme_edit_mark(GBytes *bytes, char mark[THEME_MARK]);

/* Whether it would be saved. */
bool theme_edit_check(const char *directory, const char *name, GBytes *bytes, GError **error);
bool theme_edit_save(const char *directory, const char *name, GBytes *bytes, GError **error);

/* Whether it would be taken away; and takes the newsroom's own file away, so that the program's is
 * used again, or, where the program has none, nothing. Refused while another file needs it. */
bool theme_edit_check_reset(const char *directory, const char *name, GError **error);
bool theme_edit_reset(const char *directory, const char *name, GError **error);
