/* Private to src/office: what the door keeps, and its own table of rows. */
#pragma once

#include "office/api.h"
#include "office/office.h"

struct Office {
    OfficeOptions options;
    const OfficeRoute **rows;
    Route *routes; /* of web/route.h, in the same order */
    unsigned count;
    const ApiRoute **api_rows; /* the same for the API */
    Route *api_routes;
    HttpProxies *proxies;
    Rate *rate;
    Guard *guard;
    bool https;
};

/* The rows of the API's tables (NULL: none), and their routes. office_new()'s and office_free()'s.
 */
void office_api_init(Office *office);

/* The path of this request with its query, to come back to. Caller frees. */
char *office_here(const OfficeVisit *visit);
