/* Pages about the staff: who works here, inviting, roles, leaving. */
#pragma once

#include "office/office.h"

extern const OfficeRoute people_routes[];
