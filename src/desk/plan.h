/*
 * What a newsroom has before it and behind it in a span of time: stories that went out or are to go
 * out, deadlines, ends of embargoes, ends of what is held on the front. For the office's calendar.
 *
 * Each kind is one range of an index, so the span costs what it shows. Of who may not see stories
 * under embargo, only those are shown that the person has the task of. Errors: the store's.
 */
#pragma once

#include "store/store.h"

#define PLAN_MOST 400u /* of one kind and language */

typedef enum {
    PLAN_PUBLISHED,
    PLAN_SCHEDULED,
    PLAN_DUE,     /* a deadline of a draft, in edit or ready */
    PLAN_EMBARGO, /* one ends */
    PLAN_HOLD,    /* a slot of the front is free again */
    PLAN_KINDS
} PlanKind;

typedef struct {
    PlanKind kind;
    int64_t story; /* or 0: PLAN_HOLD of a section */
    char *title;   /* headline, or the section's slug */
    char *language;
    int64_t moment;
    int64_t embargo; /* of the story, or 0 */
} PlanItem;

typedef struct {
    const char *const *languages; /* NULL-ended */
    const char *section;          /* slug; "" for all */
    int64_t since, until;         /* since ≤ moment < until */
    int64_t now;
    int64_t person;
    bool embargoed; /* may the person see all stories under embargo? */
} PlanAsked;

/* In the order of their moments. *more tells whether a kind had more than PLAN_MOST. Elements
 * PlanItem. */
GPtrArray *plan_read(Store *store, const PlanAsked *asked, bool *more, GError **error);

/* "published" …: of texts and styles. */
const char *plan_kind_name(PlanKind kind);
