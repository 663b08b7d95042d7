/* Who is to do what until when. */
#include "desk/task.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>

static void test_task(Store *store, const char *url)
{
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    Task task = {9, 9};
    assert_ok(task_read(store, id, &task, error));
    g_assert_cmpint(task.assignee, ==, 0);
    assert_ok(task_set(store, id, &(Task){7, fixture_now()}, error));
    assert_ok(task_set(store, id, &(Task){7, fixture_now() + 1}, error));
    assert_ok(task_read(store, id, &task, error));
    g_assert_cmpint(task.assignee, ==, 7);
    g_assert_cmpint(task.due, ==, fixture_now() + 1);
    assert_text(fixture_touches(store), ""); /* readers see none of it */
    int64_t moved = 0;
    assert_ok(task_reassign(store, 7, 0, &moved, error));
    g_assert_cmpint(moved, ==, 1);
    assert_ok(task_read(store, id, &task, error));
    g_assert_cmpint(task.assignee, ==, 0);
    assert_fails(task_set(store, 99, &task, error), KOLOKOL_ERROR_NOT_FOUND, "no story 99");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/task", test_task);
    return g_test_run();
}
