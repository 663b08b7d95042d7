/* What is typed is a durable row, one a person, that no other window writes over. */
#include "desk/working.h"

#include "base/error.h"
#include "desk/revision.h"
#include "fixture.h"

#include <string.h>

static WorkingText text_of(int64_t story, int64_t person, const char *body)
{
    return (WorkingText){.story = story,
                         .person = person,
                         .base = 1,
                         .name = "Vera Lind",
                         .title = "A",
                         .lead = "",
                         .body = body,
                         .rest = ""};
}

static void test_keep(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "body", "one", NULL);
    assert_fails(working_read(store, id, 7, error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "no unsaved");
    WorkingText text = text_of(id, 7, "one, two");
    int64_t serial = 0;
    assert_ok(working_keep(store, &text, 0, now, &serial, error));
    int64_t first = serial;
    assert_ok(working_keep(store, &text, 0, now + 1, &serial, error)); /* the same: stays */
    g_assert_cmpint(serial, ==, first);
    text.body = "one, two, three";
    assert_ok(working_keep(store, &text, first, now + 2, &serial, error));
    g_assert_cmpint(serial, >, first);
    /* From another connection: it is there whatever becomes of this one. */
    g_autoptr(Store) other = store_open(url, NULL);
    g_autoptr(Working) working = working_read(other, id, 7, NULL);
    g_assert_cmpstr(working->body, ==, "one, two, three");
    g_assert_cmpint(working->serial, ==, serial);
    g_assert_cmpint(working->changed, ==, now + 2);
    g_autoptr(GPtrArray) revisions = revision_list(store, id, 9, NULL);
    g_assert_cmpuint(revisions->len, ==, 1);
}

static void test_windows(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "body", "one", NULL);
    WorkingText first = text_of(id, 7, "first"), second = text_of(id, 7, "second");
    assert_ok(working_keep(store, &first, 0, now, NULL, error));
    assert_fails(working_keep(store, &second, 0, now, NULL, error), KOLOKOL_ERROR_CONFLICT,
                 "another window");
    g_autoptr(Working) kept = working_read(store, id, 7, NULL);
    g_assert_cmpstr(kept->body, ==, "first");
    second.person = 8; /* somebody else has a copy of their own */
    assert_ok(working_keep(store, &second, 0, now + 1, NULL, error));
    g_autoptr(GPtrArray) all = working_list(store, id, NULL);
    g_assert_cmpuint(all->len, ==, 2);
    g_assert_cmpstr(((Working *)all->pdata[0])->body, ==, "second");
    g_autoptr(GPtrArray) mine = working_of_person(store, 7, 10, NULL);
    g_assert_cmpuint(mine->len, ==, 1);
    g_assert_null(((Working *)mine->pdata[0])->body);
    assert_ok(working_drop(store, id, 7, error));
    g_autoptr(GPtrArray) none = working_of_person(store, 7, 10, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

/* No serial comes back: what a window saw of a copy that has ended is nothing of the next. */
static void test_serial(Store *store, const char *url)
{
    int64_t now = fixture_now(), first = 0, second = 0, third = 0;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "body", "one", NULL);
    WorkingText a = text_of(id, 7, "of A"), b = text_of(id, 7, "of B");
    assert_ok(working_keep(store, &a, 0, now, &first, error));
    assert_ok(working_drop(store, id, 7, error));
    assert_ok(working_keep(store, &b, 0, now + 1, &second, error));
    a.body = "of A, and more";
    assert_fails(working_keep(store, &a, first, now + 2, NULL, error), KOLOKOL_ERROR_CONFLICT,
                 "another window");
    g_autoptr(Working) kept = working_read(store, id, 7, NULL);
    g_assert_cmpstr(kept->body, ==, "of B");
    /* It grows though the clock stands or goes back, and a browser can count it. */
    assert_ok(working_keep(store, &a, second, now - 9, &third, error));
    g_assert_cmpint(third, >, second);
    g_assert_cmpint(third, <, INT64_C(1) << 53);
}

static void test_refused(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    WorkingText text = text_of(id, 7, "bad \xff");
    assert_fails(working_keep(store, &text, 0, now, NULL, error), KOLOKOL_ERROR_INVALID, "UTF-8");
    text.body = "good";
    text.base = 2;
    assert_fails(working_keep(store, &text, 0, now, NULL, error), KOLOKOL_ERROR_INVALID,
                 "no revision 2");
    text.story = 99;
    assert_fails(working_keep(store, &text, 0, now, NULL, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no story 99");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/working/keep", test_keep);
    stores_test_add("/desk/working/windows", test_windows);
    stores_test_add("/desk/working/serial", test_serial);
    stores_test_add("/desk/working/refused", test_refused);
    return g_test_run();
}
