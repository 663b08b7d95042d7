/* The office's pages of a live story's entries: the table for main/office_rows.c. */
#pragma once

#include "office/office.h"

extern const OfficeRoute live_office[];
