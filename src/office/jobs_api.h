/* How the queue is, by the API: counts by lane (jobs/look.h), for a monitor. What a job carries and
 * why it failed is not told: it may name a reader. */
#pragma once

#include "office/api.h"

extern const ApiRoute jobs_api[];
