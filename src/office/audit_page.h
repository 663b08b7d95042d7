/* The audit log (staff/audit.h) as pages, and locking the office. */
#pragma once

#include "office/office.h"

extern const OfficeRoute audit_routes[];
