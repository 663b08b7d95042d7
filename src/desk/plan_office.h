/* The calendar of stories in the office: a month or a week, day by day. What it shows is plan.h. */
#pragma once

#include "office/office.h"

extern const OfficeRoute plan_office[]; /* a table for main/office_rows.c */
