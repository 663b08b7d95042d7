/* Pages about the staff: who works here, inviting, roles, leaving. */
#pragma once

#include "office/office.h"

extern const OfficeRoute people_routes[];

/* What to change when somebody has left who had the machine in hand, each with how: ids of texts,
 * ended by NULL. The page says them, and `kolokol staff disable`. */
extern const char *const people_keys[];
