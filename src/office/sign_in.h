/* Signing in and out, and the way to the first page. */
#pragma once

#include "office/cookie.h"
#include "office/office.h"

extern const OfficeRoute sign_in_routes[];

/* After the password, or a one-time link: if this person has a second factor, or must have one,
 * halfway in and on to /second-factor; else all the way. */
HttpReply *sign_in_halfway(OfficeVisit *visit, const Person *person, const char *next);

/* All the way: a new session at this browser in the place of the one it had, and its cookie.
 * `told`: it is worth a row of the audit log. */
bool sign_in_whole(OfficeVisit *visit, const Person *person, bool told, GError **error);

/* `next` if it is a path of this door, else "/". */
const char *sign_in_next(const char *next);

/* Is this browser known as that of whoever has the address, and by which id? The work is the same
 * whoever has it. */
bool sign_in_known(const OfficeVisit *visit, const char *email, char browser[COOKIE_BROWSER]);

/* A page that says how long to wait, if guessing at `name` from here must (guard.h); else NULL. */
HttpReply *sign_in_wait(OfficeVisit *visit, const GuardTry *try);
