/* The queue: what is late, what runs, what was given up and waits for a person. */
#pragma once

#include "office/office.h"

extern const OfficeRoute jobs_routes[];
