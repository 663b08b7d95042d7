/* Assignee and due date: task.h. Lists of tasks are story_find.c. */
#include "desk/task.h"

#include "desk/story.h"
#include "desk_sql.h"

bool task_read(Store *store, int64_t story, Task *task, GError **error)
{
    g_autoptr(StoreRows) rows = desk_task_read(store, story, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *task = step == STORE_ROW ? (Task){store_number(rows, 0), store_number(rows, 1)} : (Task){0};
    return true;
}

typedef struct {
    int64_t story;
    const Task *task;
} Set;

static bool set(Store *store, void *data, GError **error)
{
    const Set *work = data;
    g_autoptr(Story) story = story_read(store, work->story, error);
    return story != NULL &&
           desk_task_put(store, work->story, work->task->assignee, work->task->due, error);
}

bool task_set(Store *store, int64_t story, const Task *task, GError **error)
{
    Set work = {story, task};
    return store_transact(store, set, &work, error);
}

bool task_reassign(Store *store, int64_t from, int64_t to, int64_t *moved, GError **error)
{
    return desk_task_reassign_counted(store, from, to, moved, error);
}
