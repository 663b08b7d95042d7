/* Moving on the front, and who comes second. */
#include "desk/front_order.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"

#include <string.h>

typedef struct {
    unsigned from, to;
    int64_t story, until;
    bool insert;
    const char *version;
} Step;

static bool step_body(Store *store, void *data, GError **error)
{
    const Step *step = data;
    if (step->version != NULL && !front_expect(store, "en", step->version, error)) {
        return false;
    }
    return step->insert
               ? front_insert(store, "en", step->to, step->story, step->until, fixture_now(), error)
               : front_move(store, "en", step->from, step->story, step->to, fixture_now(), error);
}

static bool move(Store *store, unsigned from, int64_t story, unsigned to, GError **error)
{
    Step step = {.from = from, .to = to, .story = story};
    return store_transact(store, step_body, &step, error);
}

static bool insert(Store *store, unsigned slot, int64_t story, GError **error)
{
    Step step = {.to = slot, .story = story, .until = INT64_MAX, .insert = true};
    return store_transact(store, step_body, &step, error);
}

/* "1:4 3:news" */
static char *set(Store *store)
{
    g_autoptr(GPtrArray) slots = front_slots(store, "en", NULL);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < slots->len; i++) {
        const FrontSlot *slot = slots->pdata[i];
        g_string_append_printf(all, "%s%u:", i > 0 ? " " : "", slot->slot);
        if (slot->section != NULL) {
            g_string_append(all, slot->section);
        } else {
            g_string_append_printf(all, "%d", (int)slot->story);
        }
    }
    return g_string_free(all, FALSE);
}

static void fill(Store *store)
{
    static const char *const titles[] = {"A", "B", "C", "D", "E"};
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
        fixture_put(store, "title", titles[i], "date", "2026-11-20T10:00:00", "section", "News",
                    NULL);
    }
    g_free(fixture_touches(store));
}

static void test_move(Store *store, const char *url)
{
    fill(store);
    assert_ok(move(store, 4, 2, 1, error)); /* B stood there by rule */
    assert_text(set(store), "1:2");
    assert_text(fixture_touches(store), "front:en");
    assert_ok(move(store, 1, 0, 3, error));
    assert_text(set(store), "3:2");
    assert_ok(front_set_section(store, "en", 1, "news", INT64_MAX, error));
    assert_ok(front_set_story(store, "en", 2, 5, INT64_MAX, error));
    assert_ok(move(store, 3, 0, 1, error));
    assert_text(set(store), "1:2 2:news 3:5");
    assert_ok(move(store, 1, 0, 2, error));
    assert_text(set(store), "1:news 2:2 3:5");
    assert_ok(move(store, 2, 0, 2, error));
    assert_text(set(store), "1:news 2:2 3:5");
    assert_fails(move(store, 9, 0, 1, error), KOLOKOL_ERROR_INVALID, "nothing to move");
    assert_fails(move(store, 0, 1, 1, error), KOLOKOL_ERROR_INVALID, "no slot 0");
    assert_fails(move(store, 1, 0, FRONT_SLOTS + 1, error), KOLOKOL_ERROR_INVALID, "no slot 61");
    assert_text(set(store), "1:news 2:2 3:5");
}

static void test_insert(Store *store, const char *url)
{
    fill(store);
    assert_ok(insert(store, 1, 1, error));
    assert_ok(insert(store, 1, 2, error));
    assert_ok(insert(store, 4, 3, error));
    assert_text(set(store), "1:2 2:1 4:3");
    assert_ok(insert(store, 1, 4, error)); /* the gap at 3 takes what is pushed */
    assert_text(set(store), "1:4 2:2 3:1 4:3");
    assert_ok(insert(store, 1, 1, error)); /* leaves its own place, which takes what is pushed */
    assert_text(set(store), "1:1 2:4 3:2 4:3");
    assert_fails(insert(store, 0, 1, error), KOLOKOL_ERROR_INVALID, "no slot 0");
    assert_fails(insert(store, 1, 99, error), KOLOKOL_ERROR_NOT_FOUND, "99");
    assert_text(set(store), "1:1 2:4 3:2 4:3");
}

/* A hold that has ended is no hold. */
static void test_ended(Store *store, const char *url)
{
    fill(store);
    assert_ok(front_set_story(store, "en", 1, 1, fixture_now() - CLOCK_HOUR, error));
    assert_fails(move(store, 1, 0, 2, error), KOLOKOL_ERROR_INVALID, "nothing to move");
    assert_ok(insert(store, 1, 2, error));
    assert_text(set(store), "1:2");
}

static void test_second(Store *store, const char *url)
{
    char seen[FRONT_VERSION], after[FRONT_VERSION];
    fill(store);
    assert_ok(front_version(store, "en", seen, error));
    Step first = {.from = 1, .story = 1, .to = 2, .version = seen};
    Step second = {.from = 1, .story = 3, .to = 1, .version = seen};
    assert_ok(store_transact(store, step_body, &first, error));
    assert_fails(store_transact(store, step_body, &second, error), KOLOKOL_ERROR_CONFLICT,
                 "nothing was done");
    assert_text(set(store), "2:1");
    assert_ok(front_version(store, "en", after, error));
    g_assert_cmpstr(seen, !=, after);
    second.version = after;
    assert_ok(store_transact(store, step_body, &second, error));
    assert_text(set(store), "1:3 2:1");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/front-order/move", test_move);
    stores_test_add("/desk/front-order/insert", test_insert);
    stores_test_add("/desk/front-order/ended", test_ended);
    stores_test_add("/desk/front-order/second", test_second);
    return g_test_run();
}
