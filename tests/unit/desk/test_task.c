/* Who is to do what until when. */
#include "desk/task.h"

#include "base/error.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "fixture.h"
#include "staff/person.h"

#include <inttypes.h>
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
    g_autofree char *left = NULL;
    assert_ok(task_reassign(store, 7, 0, &moved, &left, error));
    g_assert_cmpint(moved, ==, 1);
    assert_ok(task_read(store, id, &task, error));
    g_assert_cmpint(task.assignee, ==, 0);
    assert_fails(task_set(store, 99, &task, error), KOLOKOL_ERROR_NOT_FOUND, "no story 99");
}

/* What somebody who leaves began goes along, unless it is out or another's; what a namesake began
 * stays. Without an heir it is told, and may be given later. */
static void test_leaving(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), vera = 0, namesake = 0, ilya = 0, moved = 0, stories[5];
    g_autofree char *left = NULL, *after = NULL;
    assert_ok(person_add(store, "Vera", "vera@bell.example", ROLE_REPORTER, 0, now, &vera, error));
    assert_ok(
        person_add(store, "Vera", "vera2@bell.example", ROLE_REPORTER, 0, now, &namesake, error));
    assert_ok(person_add(store, "Ilya", "ilya@bell.example", ROLE_REPORTER, 0, now, &ilya, error));
    const int64_t begun[] = {vera, ilya, vera, vera, namesake};
    for (unsigned i = 0; i < G_N_ELEMENTS(stories); i++) {
        g_autofree char *title = g_strdup_printf("Story %u", i);
        stories[i] = fixture_try(store, 0, NULL, "title", title, NULL);
        assert_ok(task_begun(store, stories[i], begun[i], error));
        assert_ok(task_begun(store, stories[i], ilya, error)); /* who comes later began nothing */
        assert_ok(task_begun(store, stories[i], 0, error));
        assert_ok(story_save(store, site, stories[i], title, "", "Text.", STORY_MARKDOWN, "Vera",
                             now, NULL, error));
    }
    assert_ok(story_publish(store, site, stories[2], now, error));
    assert_ok(task_set(store, stories[3], &(Task){99, 0}, error));
    assert_ok(task_reassign(store, vera, 0, &moved, &left, error));
    g_assert_cmpint(moved, ==, 0);
    g_autofree char *first = g_strdup_printf("%" PRId64, stories[0]);
    g_assert_cmpstr(left, ==, first);
    assert_ok(task_reassign(store, vera, ilya, &moved, &after, error));
    g_assert_cmpint(moved, ==, 1);
    g_assert_cmpstr(after, ==, "");
    const int64_t wanted[] = {ilya, 0, 0, 99, 0};
    for (unsigned i = 0; i < G_N_ELEMENTS(stories); i++) {
        Task task = {0};
        assert_ok(task_read(store, stories[i], &task, error));
        g_assert_cmpint(task.assignee, ==, wanted[i]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/task", test_task);
    stores_test_add("/desk/task/leaving", test_leaving);
    return g_test_run();
}
