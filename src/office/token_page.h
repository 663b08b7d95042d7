/* The pages of API tokens (staff/api_token.h): one's own, made, shown once and revoked; and
 * everybody's, for who manages the staff. */
#pragma once

#include "office/office.h"
#include "text/html.h"

extern const OfficeRoute token_routes[];

/* The part of the account's page: the way to one's tokens. */
void token_write_link(HtmlWriter *page, const OfficeVisit *visit);
