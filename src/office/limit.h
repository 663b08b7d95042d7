/*
 * How often somebody may do what costs or tells something: counted by web/rate.h, in memory, for
 * RATE_WINDOW. Guessing one person's password is guard.h's.
 *
 * No limit is a weapon against a colleague: who is signed in is counted by that session alone, not
 * by an address that a newsroom shares, nor with another session that a thief may have.
 */
#pragma once

#include "office/office.h"

typedef enum {
    OFFICE_LIMIT_PASSWORD, /* one's own old password */
    OFFICE_LIMIT_FORGOT,   /* ways back in that one client asks for, whatever the address */
    OFFICE_LIMIT_ADDRESS,  /* and those for one e-mail address, whoever asks */
    OFFICE_LIMIT_OPENING,  /* of links for readers outside */
    OFFICE_LIMIT_READING,  /* pages and pictures by such a link: each is rendered anew */
    OFFICE_LIMITS
} OfficeLimit;

/* Counts one of the visit's session or, of somebody who is not signed in, its client; false if that
 * was too many. */
bool office_limit(const OfficeVisit *visit, OfficeLimit what);

/* The same by a name, as an e-mail address in whatever case. Strangers make up as many as they
 * like, so a limit by client stands before it. */
bool office_limit_name(const OfficeVisit *visit, OfficeLimit what, const char *name);
