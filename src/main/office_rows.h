/* The tables of the office's pages: a new department's is a line in office_rows.c. */
#pragma once

#include "office/office.h"

/* Ended by NULL; the order of the menu. */
extern const OfficeRoute *const office_tables[];
