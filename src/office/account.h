/* One's own account: password, sessions. */
#pragma once

#include "office/office.h"

extern const OfficeRoute account_routes[];
