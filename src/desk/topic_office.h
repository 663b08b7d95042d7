/* The office's pages of topics: a table for main/office_rows.c. */
#pragma once

#include "office/office.h"

extern const OfficeRoute topic_office[]; /* the list and one of them: name_office.c */
