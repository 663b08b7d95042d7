/* What was given, by the API: totals by currency and frequency (ledger.h), read only. No gift of
 * anybody is told. */
#pragma once

#include "office/api.h"

extern const ApiRoute gift_api[];
