/*
 * The office's one cookie, and the token of forms that hangs on it.
 *
 * The cookie is 32 hex digits: the token of a session (staff/session.h), or before signing in just
 * a random number; then, once somebody has signed in here, the mark ".PERSON.BROWSER.MAC", which
 * opens nothing but says that this browser is theirs (guard.h), for COOKIE_DAYS. BROWSER is random,
 * made anew each time somebody signs in, so no two browsers have the same. The MAC is of the
 * person's stored password too: a new password, and disabling, make all marks of theirs void.
 * Signing out leaves the mark, and so does locking the office.
 *
 * A form's token is a hash of the cookie's first part, so that a form is good for the browser that
 * was given it, and another site cannot make one. Signing in gives a new cookie, hence new tokens.
 */
#pragma once

#include "office/office.h"

#define COOKIE_DAYS    90
#define COOKIE_BROWSER 17u /* bytes of a browser's id with its end */

/* Reads what the browser sent; a GET of somebody who has none is given a fresh one. Fills
 * visit->cookie, mark, new_cookie and csrf. */
void cookie_read(OfficeVisit *visit);

/* Whose browser this is by its mark, and its id; NULL if there is no mark that is good. Asks the
 * database in any case. Caller frees. */
Person *cookie_known(const OfficeVisit *visit, char browser[COOKIE_BROWSER]);

/* Adds Set-Cookie if the visit has a new one. */
void cookie_write(const OfficeVisit *visit, HttpReply *reply);

/* The token of forms for a cookie. */
void cookie_csrf(const char *cookie, char csrf[OFFICE_TOKEN]);

/* Compares secrets of the same length in the same time. */
bool secret_equal(const char *a, const char *b, size_t length);

/* A GET without the cookie that a link elsewhere may have led to, for the first time: SameSite
 * keeps the cookie away from it. */
bool cookie_from_outside(const OfficeVisit *visit);
