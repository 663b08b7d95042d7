/* The pages of the second factor: setting it up, giving a code, one's own account's part of it. */
#pragma once

#include "office/office.h"
#include "text/html.h"

extern const OfficeRoute second_routes[];

/* The part of the account's page: whether it is on, and what can be done. */
bool second_write(HtmlWriter *page, const OfficeVisit *visit, GError **error);
