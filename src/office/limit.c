/* Limits by client: limit.h. */
#include "office/limit.h"

#include "base/clock.h"

bool office_limit(const OfficeVisit *visit, OfficeLimit what)
{
    static const unsigned most[OFFICE_LIMITS] = {
        [OFFICE_LIMIT_PASSWORD] = 10,
        [OFFICE_LIMIT_FORGOT] = 5,
        [OFFICE_LIMIT_OPENING] = 60,
        [OFFICE_LIMIT_READING] = 1500,
    };
    return rate_take(office_rate(visit->office), &visit->client, what, most[what],
                     clock_monotonic());
}
