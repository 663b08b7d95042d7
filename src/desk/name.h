/*
 * Display names of sections, topics and authors: what is accepted, and the slug of one; for the
 * files of this folder.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define DESK_NAME  200u  /* bytes */
#define DESK_ABOUT 4000u /* of a text about one */

/* Checks a name and makes the slug of it. `what` is "section" and so on, for the message. Errors:
 * INVALID (empty, not UTF-8, control characters, no letter or digit), LIMIT. Caller frees *slug. */
bool desk_name_slug(const char *what, const char *name, char **slug, GError **error);

/* Plain text of some length from a person: UTF-8, no control characters but line ends and tabs.
 * Errors: as above. */
bool desk_plain_text(const char *what, const char *text, size_t limit, GError **error);

/* The text on one line: every run of white space one space, none at the ends. Caller frees. */
char *desk_one_line(const char *text);
