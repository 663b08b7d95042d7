/*
 * Two topics become one: every story of the first names the second, the page of the first leads on,
 * and who names the first from then on, in a form or an import, means the second (topic_ensure()).
 *
 * The order is one transaction. Where few stories name the topic they are changed in it too; else
 * the job "topic.merge" changes them TOPIC_MERGE_STEP at a time, each step a transaction with all
 * its touches, so that no write is long and a stop anywhere is gone on from; when none is left the
 * topic goes and the redirect comes. Until then both have their pages, each right.
 *
 * Errors: NOT_FOUND (either topic), INVALID (the same topic, or one that still goes into another),
 * those of the store.
 */
#pragma once

#include "desk/site.h"
#include "jobs/jobs.h"
#include "store/store.h"

#include <stdint.h>

#define TOPIC_MERGE_STEP 25u /* stories */

bool topic_merge(Store *store, const DeskSite *site, const char *language, const char *slug,
                 const char *target, int64_t now, GError **error);

/* One step of an order, for the job; *more is false when it is done, or was already. */
bool topic_merge_step(Store *store, const DeskSite *site, const char *language, const char *slug,
                      int64_t now, bool *more, GError **error);

/* The name is free again, for a new topic; the stories stay with the topic they went to, and the
 * page leads nowhere. NOT_FOUND; CONFLICT while stories are still being changed. */
bool topic_merge_release(Store *store, const DeskSite *site, const char *language, const char *slug,
                         int64_t now, GError **error);

/* For withhold.h: forgets all merged topics of a name, or that went into a topic of that name, and
 * what led on from their pages. Needs an open transaction. */
bool topic_merge_erase(Store *store, const DeskSite *site, const char *name, int64_t now,
                       GError **error);

/* The topic that a slug, or else a name, leads to since a merge: *target is NULL if it was in none.
 * Caller frees. */
bool topic_merge_target(Store *store, const char *language, const char *slug, const char *name,
                        char **target, GError **error);

/* What was merged into a topic. Elements TopicMerged, by slug, at most `most`. */
typedef struct {
    char *slug, *name;
    bool open; /* stories are still being changed */
} TopicMerged;

void topic_merged_free(TopicMerged *merged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TopicMerged, topic_merged_free)

GPtrArray *topic_merge_list(Store *store, const char *language, const char *target, unsigned most,
                            GError **error);

extern const JobKind topic_jobs[];
