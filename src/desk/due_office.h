/* The desk's part of the office's first page. */
#pragma once

#include "office/dashboard.h"

extern const OfficePart due_parts[];
