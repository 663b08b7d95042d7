/* The pages of one-time links (staff/link.h), and asking for a way back in. */
#pragma once

#include "office/office.h"

extern const OfficeRoute link_routes[];
