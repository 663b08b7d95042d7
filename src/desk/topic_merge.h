/*
 * Two topics become one (name_merge.h, which says how and with which errors): every story of the
 * first names the second.
 */
#pragma once

#include "desk/name_merge.h"

#define TOPIC_MERGE_STEP NAME_MERGE_STEP

typedef NameMerged TopicMerged;

bool topic_merge(Store *store, const DeskSite *site, const char *language, const char *slug,
                 const char *target, int64_t now, GError **error);
bool topic_merge_step(Store *store, const DeskSite *site, const char *language, const char *slug,
                      int64_t now, bool *more, GError **error);
bool topic_merge_release(Store *store, const DeskSite *site, const char *language, const char *slug,
                         int64_t now, GError **error);
bool topic_merge_erase(Store *store, const DeskSite *site, const char *name, int64_t now,
                       GError **error);
bool topic_merge_target(Store *store, const char *language, const char *slug, const char *name,
                        char **target, GError **error);
GPtrArray *topic_merge_list(Store *store, const char *language, const char *target, unsigned most,
                            GError **error);

extern const JobKind topic_jobs[];
