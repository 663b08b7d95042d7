/*
 * Two topics become one (name_merge.h, which says how and with which errors): every story of the
 * first names the second.
 */
#pragma once

#include "desk/name_merge.h"

extern const NameMergeKind topic_merging;
extern const JobKind topic_jobs[];
