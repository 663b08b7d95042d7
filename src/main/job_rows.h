/* The table of all kinds of jobs: a new kind is a line in job_rows.c. */
#pragma once

#include "jobs/jobs.h"

/* For jobs_register(): copied together from the departments' tables, at the first call. */
const JobKind *job_rows(void);
