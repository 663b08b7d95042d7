/*
 * What is due on the desk, for the office's first page: stories scheduled for today, embargoes that
 * end today, what one person is to do, what others are late with, pictures whose licence ends
 * within a week. Only looks; each list has a ceiling, the soonest first.
 */
#pragma once

#include "store/store.h"

#define DUE_MOST     30u                        /* of each kind */
#define DUE_LICENCES (7 * INT64_C(86400000000)) /* µs ahead */

typedef enum {
    DUE_SCHEDULED,
    DUE_EMBARGO, /* ends */
    DUE_TASK,    /* of the person asked for; moment 0: at no time */
    DUE_OVERDUE, /* of another, or of nobody */
    DUE_LICENCE, /* of a picture: id is its own */
    DUE_KINDS
} DueKind;

typedef struct {
    DueKind kind;
    int64_t id; /* of the story, or picture */
    int64_t moment;
    int64_t person; /* DUE_OVERDUE: whose task, 0: nobody's */
    char *title;    /* the headline, or the picture's caption; may be "" */
} DueItem;

/* `day_end`: the end of today in the site's zone. Elements DueItem, by kind, then by time. */
GPtrArray *due_list(Store *store, int64_t person, int64_t now, int64_t day_end, GError **error);
