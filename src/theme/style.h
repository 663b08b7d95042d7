/*
 * Style sheets: made small, because every page carries its own in its <style> element.
 *
 * Only what cannot change the meaning goes: comments, blanks around { } ; , > and after :, the last
 * semicolon of a block. Strings and url() are kept byte for byte. A sheet is not otherwise judged;
 * browsers skip what they do not know.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define LIMIT_STYLE (64u * 1024) /* bytes of one sheet before it is made small */

/* The sheet made small. Caller frees. Refused, with the line and without a file name: more than
 * LIMIT_STYLE (LIMIT), invalid UTF-8 or NUL, "</" or "<!" anywhere (they could end the <style>
 * element), a comment or string without end, brackets that do not match (INVALID). */
char *style_minify(const char *css, size_t length, GError **error);
