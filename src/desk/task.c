/* Assignee and due date: task.h. Lists of tasks are story_find.c. */
#include "desk/task.h"

#include "base/error.h"
#include "desk/story.h"
#include "desk_sql.h"

#include <inttypes.h>

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

bool task_begun(Store *store, int64_t story, int64_t person, GError **error)
{
    return person == 0 || desk_begun_put(store, story, person, error);
}

/* ---- Somebody leaves ------------------------------------------------------------------------ */

typedef struct {
    int64_t from, to, moved;
    char *left;
} Leaving;

/* "12, 14", "12, 14 …" beyond TASK_LEFT. Caller frees; NULL on an error. */
static char *numbers_left(Store *store, int64_t person, GError **error)
{
    unsigned count = 0;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(StoreRows) rows = desk_task_left(store, person, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        if (++count > TASK_LEFT) {
            g_string_append(text, " …");
            return g_string_free(g_steal_pointer(&text), FALSE);
        }
        g_string_append_printf(text, "%s%" PRId64, count == 1 ? "" : ", ", store_number(rows, 0));
    }
    return step == STORE_END ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

static bool reassign(Store *store, void *data, GError **error)
{
    Leaving *leaving = data;
    int64_t adopted = 0;
    if (!desk_task_reassign_counted(store, leaving->from, leaving->to, &leaving->moved, error) ||
        (leaving->to != 0 &&
         !desk_task_adopt_counted(store, leaving->from, leaving->to, &adopted, error))) {
        return false;
    }
    leaving->moved += adopted;
    g_free(leaving->left); /* the body may run again */
    leaving->left = numbers_left(store, leaving->from, error);
    return leaving->left != NULL;
}

bool task_reassign(Store *store, int64_t from, int64_t to, int64_t *moved, char **left,
                   GError **error)
{
    Leaving leaving = {.from = from, .to = to};
    bool done = store_transact(store, reassign, &leaving, error);
    if (done) {
        *moved = leaving.moved;
        *left = g_steal_pointer(&leaving.left);
    }
    g_free(leaving.left);
    return done;
}
