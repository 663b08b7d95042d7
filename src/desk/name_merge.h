/*
 * Two names of one kind, topics or authors, become one: every story of the first names the second,
 * the page of the first leads on, and who names the first from then on, in a form or an import,
 * means the second (topic_ensure(), author_ensure()). What a kind is: topic_merge.c,
 * author_merge.c.
 *
 * The order is one transaction. Where few stories have the name they are changed in it too; else
 * the kind's job changes them NAME_MERGE_STEP at a time, each step a transaction with all its
 * touches, so that no write is long and a stop anywhere is gone on from; when none is left the name
 * goes and the redirect comes. Until then both have their pages, each right.
 *
 * Errors: NOT_FOUND (either name), INVALID (the same, or one that still goes into another), those
 * of the store.
 */
#pragma once

#include "desk/site.h"
#include "desk/story_change.h"
#include "jobs/jobs.h"
#include "store/store.h"

#include <stdint.h>

#define NAME_MERGE_STEP 25u /* stories */

/* What differs between kinds: words, and the statements of their tables (merge.sql). */
typedef struct {
    const char *word; /* "topic": in lists, inputs and addresses */
    const char *one;  /* "a topic", for messages */
    const char *job;  /* "topic.merge" */
    /* Of a story: `to` takes the place of `from`. */
    void (*replace)(StoryChange *change, const char *from, const char *to);
    /* NOT_FOUND. *name (may be NULL) is the caller's to free. */
    bool (*read)(Store *store, const char *language, const char *slug, char **name, GError **error);
    StoreRows *(*stories)(Store *store, const char *list, const char *pages, const char *language,
                          const char *pattern, int64_t after, int64_t most, GError **error);
    bool (*forget)(Store *store, const char *language, const char *slug, GError **error);
    bool (*put)(Store *store, const char *language, const char *slug, const char *name,
                const char *target, GError **error);
    bool (*lead_on)(Store *store, const char *language, const char *slug, const char *target,
                    GError **error);
    StoreRows *(*open)(Store *store, const char *language, const char *slug, GError **error);
    bool (*reached)(Store *store, const char *language, const char *slug, int64_t reached,
                    GError **error);
    StoreRows *(*target)(Store *store, const char *language, const char *slug, GError **error);
    StoreRows *(*target_by_name)(Store *store, const char *language, const char *name,
                                 GError **error);
    StoreRows *(*into)(Store *store, const char *language, const char *target, int64_t most,
                       GError **error);
    bool (*unmerge)(Store *store, const char *language, const char *slug, GError **error);
    bool (*unmerge_counted)(Store *store, const char *language, const char *slug, int64_t *count,
                            GError **error);
    StoreRows *(*named)(Store *store, const char *name, GError **error);
} NameMergeKind;

bool name_merge(Store *store, const NameMergeKind *kind, const DeskSite *site, const char *language,
                const char *slug, const char *target, int64_t now, GError **error);

/* One step of an order, for the job; *more is false when it is done, or was already. */
bool name_merge_step(Store *store, const NameMergeKind *kind, const DeskSite *site,
                     const char *language, const char *slug, int64_t now, bool *more,
                     GError **error);
bool name_merge_run(Store *store, const NameMergeKind *kind, const Job *job, GError **error);

/* The name is free again, for a new one; the stories stay with what they went to, and the page
 * leads nowhere. NOT_FOUND; CONFLICT while stories are still being changed. */
bool name_merge_release(Store *store, const NameMergeKind *kind, const DeskSite *site,
                        const char *language, const char *slug, int64_t now, GError **error);

/* For withhold.h: forgets all that were merged of a name, or that went into one of that name, and
 * what led on from their pages. Needs an open transaction. */
bool name_merge_erase(Store *store, const NameMergeKind *kind, const DeskSite *site,
                      const char *name, int64_t now, GError **error);

/* What a slug, or else a name, leads to since a merge: *target is NULL if it was in none. Caller
 * frees. */
bool name_merge_target(Store *store, const NameMergeKind *kind, const char *language,
                       const char *slug, const char *name, char **target, GError **error);

/* What was merged into one. Elements NameMerged, by slug, at most `most`. */
typedef struct {
    char *slug, *name;
    bool open; /* stories are still being changed */
} NameMerged;

void name_merged_free(NameMerged *merged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NameMerged, name_merged_free)

GPtrArray *name_merge_list(Store *store, const NameMergeKind *kind, const char *language,
                           const char *target, unsigned most, GError **error);

/* For `replace`: the slugs with `to` in the place of `from`, or without `from` where `to` stands
 * already. Caller frees. */
char **name_merge_slugs(char *const *slugs, const char *from, const char *to);
