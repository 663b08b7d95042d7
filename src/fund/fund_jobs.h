/* The jobs of fund: rows, ended by kind NULL. Their handlers are in the files of their nouns. */
#pragma once

#include "jobs/jobs.h"

extern const JobKind fund_jobs[];
