/* Who has a story open, and that they go by themselves. */
#include "desk/presence.h"

#include "desk/working.h"
#include "fixture.h"

static void test_presence(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    assert_ok(presence_note(store, id, 7, "Vera", now, error));
    assert_ok(presence_note(store, id, 8, "Anna", now + PRESENCE_BEAT, error));
    assert_ok(presence_note(store, id + 1, 9, "Else", now, error));
    WorkingText text = {id, 7, 1, 0, "Vera", "A", "", "typed", ""};
    assert_ok(working_keep(store, &text, 0, now, NULL, error));
    g_autoptr(GPtrArray) two = presence_list(store, id, now + PRESENCE_BEAT, NULL);
    g_assert_cmpuint(two->len, ==, 2);
    g_assert_cmpstr(((Presence *)two->pdata[0])->name, ==, "Anna");
    g_assert_false(((Presence *)two->pdata[0])->typing);
    g_assert_true(((Presence *)two->pdata[1])->typing);
    g_autoptr(GPtrArray) one = presence_list(store, id, now + PRESENCE_LASTS + 1, NULL);
    g_assert_cmpuint(one->len, ==, 1);
    assert_ok(presence_leave(store, id, 8, error));
    g_autoptr(GPtrArray) none = presence_list(store, id, now + PRESENCE_LASTS + 1, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/presence", test_presence);
    return g_test_run();
}
