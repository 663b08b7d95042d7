/* Signing in and out, and the way to the first page. */
#pragma once

#include "office/office.h"

extern const OfficeRoute sign_in_routes[];

/* Signs the person in at this browser: a new session, its cookie, and on to `next` (or "/"). */
HttpReply *sign_in_done(OfficeVisit *visit, const Person *person, const char *next);
