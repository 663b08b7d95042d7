/* What was given, as totals by currency and frequency (ledger.h): no person's gift is shown. */
#pragma once

#include "office/office.h"

extern const OfficeRoute gift_office[]; /* a table for main/office_rows.c */
