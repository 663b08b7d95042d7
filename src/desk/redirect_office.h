/* The office's page of redirects: a table for main/office_rows.c. */
#pragma once

#include "office/office.h"

extern const OfficeRoute redirect_office[]; /* redirect_office.c */
