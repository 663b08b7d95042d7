/* The tables of the office's pages: a new department's is a line in office_rows.c. */
#pragma once

#include "office/dashboard.h"

/* Ended by NULL; the order of the menu. */
extern const OfficeRoute *const office_tables[];

/* What stands on the first page, in this order; ended by NULL. */
extern const OfficePart *const office_parts[];
/* The same of the API's routes. */
extern const ApiRoute *const api_tables[];
