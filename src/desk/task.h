/*
 * The work on a story: who is to do it, and until when. Not part of what readers see, so it touches
 * nothing and makes no revision.
 *
 * Overdue: a task whose `due` has passed while its story is a draft, in edit or ready. A story that
 * went out, or was withdrawn, is not overdue whatever its task says.
 *
 * Errors: NOT_FOUND (no such story), those of the store.
 */
#pragma once

#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t assignee; /* staff/person.h; 0: nobody */
    int64_t due;      /* 0: at no time */
} Task;

/* All 0 where nothing was ever said. */
bool task_read(Store *store, int64_t story, Task *task, GError **error);
bool task_set(Store *store, int64_t story, const Task *task, GError **error);

/* Notes that `person` of the staff began a story, where nobody is noted yet; nothing for 0. Who
 * makes it in the office or by the API; of what was brought in, who first writes at it. */
bool task_begun(Store *store, int64_t story, int64_t person, GError **error);

/* Every task of `from` becomes one of `to` (0: nobody): for somebody who leaves. `to` also gets
 * what `from` began, is not out and is nobody's task. *moved: how many tasks and drafts that were.
 * *left: the numbers of such drafts that are nobody's now, "" for none; the first TASK_LEFT, parted
 * by commas. Caller frees. Again with a `to` gives those too. */
#define TASK_LEFT 50u
bool task_reassign(Store *store, int64_t from, int64_t to, int64_t *moved, char **left,
                   GError **error);
