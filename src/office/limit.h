/*
 * How often a client may do what costs or tells something: counted by web/rate.h, in memory, for
 * RATE_WINDOW. Guessing one person's password is guard.h's.
 */
#pragma once

#include "office/office.h"

typedef enum {
    OFFICE_LIMIT_PASSWORD, /* one's own old password */
    OFFICE_LIMIT_FORGOT,
    OFFICE_LIMIT_OPENING, /* of links for readers outside */
    OFFICE_LIMIT_READING, /* pages and pictures by such a link: each is rendered anew */
    OFFICE_LIMITS
} OfficeLimit;

/* Counts one; false if that was too many. */
bool office_limit(const OfficeVisit *visit, OfficeLimit what);
