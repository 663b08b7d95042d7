/*
 * Scripts that stand inside a page, as its style does: NAME.js of the program beside a partial is
 * part of every page that uses the partial. A template's own NAME.js is not: it is a file that its
 * page loads (search.js). The newsroom's theme/ has no scripts.
 */
#pragma once

/* The scripts of these partials in their order, without their lines of comment, but that of `own`;
 * NULL if there are none. `used` ends with NULL. Caller frees. */
char *script_of(const char *own, const char *const *used);
