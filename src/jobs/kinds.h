/* Private to jobs.c and run.c: the kinds that jobs_register() was given. */
#pragma once

#include "jobs/jobs.h"

/* NULL if there is no such kind. */
const JobKind *job_kind(const char *name);
