/* Assignee and due date: task.h. Lists of tasks are story_find.c. */
#include "desk/task.h"

#include "base/error.h"
#include "desk/story.h"
#include "desk_sql.h"
#include "staff/person.h"

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

/* Transaction body of task_reassign(). */
typedef struct {
    int64_t from, to, moved;
} Leaving;

static bool reassign(Store *store, void *data, GError **error)
{
    Leaving *leaving = data;
    g_autoptr(GError) none = NULL;
    int64_t adopted = 0;
    g_autoptr(Person) person = person_read(store, leaving->from, &none);
    if (person == NULL && !g_error_matches(none, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&none));
        return false;
    }
    if (!desk_task_reassign_counted(store, leaving->from, leaving->to, &leaving->moved, error) ||
        (person != NULL && leaving->to != 0 &&
         !desk_task_adopt_counted(store, person->name, leaving->to, &adopted, error))) {
        return false;
    }
    leaving->moved += adopted;
    return true;
}

bool task_reassign(Store *store, int64_t from, int64_t to, int64_t *moved, GError **error)
{
    Leaving leaving = {.from = from, .to = to};
    if (!store_transact(store, reassign, &leaving, error)) {
        return false;
    }
    if (moved != NULL) {
        *moved = leaving.moved;
    }
    return true;
}
