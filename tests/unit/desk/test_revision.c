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

static void test_restore(Store *store, const char *url)
{
    int64_t now = fixture_now(), number = 0;
    const DeskSite *site = fixture_site();
    int64_t id = fixture_put(store, "title", "A", "lead", "L", "body", "one", NULL);
    assert_ok(story_save(store, site, id, "B", "", "two", STORY_HTML, "anna", now, NULL, error));
    assert_ok(story_restore(store, site, id, 1, "vera", now + 1, &number, error));
    g_assert_cmpint(number, ==, 3);
    g_autoptr(Revision) restored = revision_read(store, id, 3, NULL);
    g_assert_cmpstr(restored->title, ==, "A");
    g_assert_cmpstr(restored->lead, ==, "L");
    g_assert_cmpstr(restored->body, ==, "one");
    g_assert_cmpint(restored->format, ==, STORY_MARKDOWN);
    g_assert_cmpstr(restored->editor, ==, "vera");
    assert_ok(story_restore(store, site, id, 3, "vera", now + 2, &number, error));
    g_assert_cmpint(number, ==, 3); /* it is that already */
    assert_fails(story_restore(store, site, id, 9, "vera", now, NULL, error),
                 KOLOKOL_ERROR_NOT_FOUND, "no revision 9");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/revision/history", test_history);
    stores_test_add("/desk/revision/restore", test_restore);
    return g_test_run();
}
