/*
 * Two authors become one (name_merge.h, which says how and with which errors): every story that is
 * by the first, or on which the first reported, is by the second.
 */
#pragma once

#include "desk/name_merge.h"

#define AUTHOR_MERGE_STEP NAME_MERGE_STEP

typedef NameMerged AuthorMerged;

bool author_merge(Store *store, const DeskSite *site, const char *language, const char *slug,
                  const char *target, int64_t now, GError **error);
bool author_merge_step(Store *store, const DeskSite *site, const char *language, const char *slug,
                       int64_t now, bool *more, GError **error);
bool author_merge_release(Store *store, const DeskSite *site, const char *language,
                          const char *slug, int64_t now, GError **error);
bool author_merge_erase(Store *store, const DeskSite *site, const char *name, int64_t now,
                        GError **error);
bool author_merge_target(Store *store, const char *language, const char *slug, const char *name,
                         char **target, GError **error);
GPtrArray *author_merge_list(Store *store, const char *language, const char *target, unsigned most,
                             GError **error);

extern const JobKind author_jobs[];
