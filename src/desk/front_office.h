/* The office's pages of the front: tables for main/office_rows.c. */
#pragma once

#include "office/office.h"

extern const OfficeRoute front_office[]; /* arranging, and the breaking line: front_office.c */
