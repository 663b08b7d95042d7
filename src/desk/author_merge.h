/*
 * Two authors become one (name_merge.h, which says how and with which errors): every story that is
 * by the first, or on which the first reported, is by the second.
 */
#pragma once

#include "desk/name_merge.h"

extern const NameMergeKind author_merging;
extern const JobKind author_jobs[];
