/*
 * The office's pages for what must not exist any more: taking a story down, withholding a name, and
 * the list of both with how far they are. Tables for main/office_rows.c.
 *
 * An order is one POST with a word of its own (office/once.h), so that sent twice it is one order;
 * what it cannot do at once the worker does (erasure.h).
 */
#pragma once

#include "office/office.h"
#include "text/html.h"

extern const OfficeRoute erasure_office[];  /* the list: erasure_office.c */
extern const OfficeRoute takedown_office[]; /* takedown_office.c */
extern const OfficeRoute withhold_office[]; /* withhold_office.c */

/* The reason, for a form of both kinds. */
void erasure_office_reason(HtmlWriter *page, const OfficeVisit *visit);

/* A button that cannot be undone, below what must be typed for it. */
void erasure_office_confirm(HtmlWriter *page, const OfficeVisit *visit, const char *label,
                            const char *button);
