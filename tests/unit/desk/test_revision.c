#include "desk/revision.h"

#include "base/error.h"
#include "desk/story_edit.h"
#include "fixture.h"

#include <string.h>

static void test_history(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "body", "one", NULL);
    assert_ok(story_save(store, fixture_site(), id, "B", "lead", "three", STORY_HTML, "anna",
                         now + 5, NULL, error));
    g_autoptr(GPtrArray) list = revision_list(store, id, 10, NULL);
    g_assert_cmpuint(list->len, ==, 2);
    const Revision *newest = list->pdata[0];
    g_assert_cmpint(newest->number, ==, 2);
    g_assert_cmpint(newest->created, ==, now + 5);
    g_assert_cmpint(newest->size, ==, 5);
    g_assert_cmpstr(newest->editor, ==, "anna");
    g_assert_null(newest->body);
    g_autoptr(Revision) first = revision_read(store, id, 1, NULL);
    g_assert_cmpstr(first->body, ==, "one");
    g_assert_cmpstr(first->title, ==, "A");
    g_assert_cmpint(first->format, ==, STORY_MARKDOWN);
    g_autoptr(GPtrArray) one = revision_list(store, id, 1, NULL);
    g_assert_cmpuint(one->len, ==, 1);
    assert_fails(revision_read(store, id, 3, error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "no revision 3");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/revision/history", test_history);
    return g_test_run();
}
