/* Private to src/office: what the door keeps, and its own table of rows. */
#pragma once

#include "office/office.h"

struct Office {
    OfficeOptions options;
    const OfficeRoute **rows;
    Route *routes; /* of web/route.h, in the same order */
    unsigned count;
    HttpProxies *proxies;
    Rate *rate;
    Guard *guard;
    bool https;
};

/* The path of this request with its query, to come back to. Caller frees. */
char *office_here(const OfficeVisit *visit);
