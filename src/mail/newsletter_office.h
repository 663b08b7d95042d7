/*
 * Newsletters in the office: which there are, what readers subscribe to, when and from whom it
 * comes; composing the next issue. The form is made into the file that `kolokol newsletter set`
 * takes and read by the same newsletter_parse(). Issues are issue_office.h.
 */
#pragma once

#include "office/office.h"

extern const OfficeRoute newsletter_office[]; /* a table for main/office_rows.c */
