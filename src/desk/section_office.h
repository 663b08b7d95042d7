/* The office's pages of sections: a table for main/office_rows.c. */
#pragma once

#include "office/office.h"

extern const OfficeRoute section_office[]; /* the list and one of them: section_office.c */
