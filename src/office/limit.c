/* Limits by who asks: limit.h. */
#include "office/limit.h"

#include "base/clock.h"
#include "seal/hash.h"

#include <string.h>

static const unsigned most[OFFICE_LIMITS] = {
    [OFFICE_LIMIT_PASSWORD] = 10, [OFFICE_LIMIT_FORGOT] = 100,   [OFFICE_LIMIT_ADDRESS] = 5,
    [OFFICE_LIMIT_OPENING] = 60,  [OFFICE_LIMIT_READING] = 1500,
};

static bool take_number(const OfficeVisit *visit, OfficeLimit what, uint64_t number)
{
    return rate_take_number(office_rate(visit->office), number, what, most[what],
                            clock_monotonic());
}

bool office_limit(const OfficeVisit *visit, OfficeLimit what)
{
    return visit->session != NULL ? take_number(visit, what, (uint64_t)visit->session->id)
                                  : rate_take(office_rate(visit->office), &visit->client, what,
                                              most[what], clock_monotonic());
}

bool office_limit_name(const OfficeVisit *visit, OfficeLimit what, const char *name)
{
    uint64_t number = 0;
    g_autofree char *low = g_ascii_strdown(name, -1);
    Hash hash = hash_of(low, strlen(low));
    memcpy(&number, hash.bytes, sizeof number);
    return take_number(visit, what, number);
}
