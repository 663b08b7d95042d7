#include "desk/front.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

/* "1A 2B;front:en card:1 list:all/en<3" with < for a full window and the id it ends at. */
static char *front(Store *store, int64_t as_of, unsigned slots)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Front) read = front_read(store, "en", as_of, slots, &error);
    g_assert_no_error(error);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < read->places->len; i++) {
        const FrontPlace *place = read->places->pdata[i];
        g_string_append_printf(all, "%u%s%c ", place->slot, place->card->headline,
                               "hsn"[place->origin]);
    }
    g_string_append_c(all, ';');
    for (unsigned i = 0; i < read->inputs->len; i++) {
        const FrontInput *input = read->inputs->pdata[i];
        g_string_append_printf(all, " %s", input->input);
        if (input->list && input->full) {
            g_string_append_printf(all, "<%d", (int)input->id);
        }
    }
    if (read->boundary != INT64_MAX) {
        g_string_append_printf(all, " until %d",
                               (int)((read->boundary - fixture_now()) / CLOCK_HOUR));
    }
    return g_string_free(all, FALSE);
}

static void fill(Store *store)
{
    fixture_put(store, "title", "A", "date", "2026-11-20T10:00:00", "section", "News", NULL);
    fixture_put(store, "title", "B", "date", "2026-11-20T11:00:00", "section", "News", NULL);
    fixture_put(store, "title", "C", "date", "2026-11-20T12:00:00", "section", "Culture", NULL);
    fixture_put(store, "title", "D", "date", "2026-11-20T13:00:00", "section", "Culture", NULL);
    fixture_put(store, "title", "P", "kind", "page", NULL);
    fixture_put(store, "title", "R", "language", "ru", NULL);
    fixture_put(store, "title", "L", "date", "2026-12-01T00:00:00Z", NULL);
    g_free(fixture_touches(store));
}

static void test_rules(Store *store, const char *url)
{
    int64_t now = fixture_now();
    fill(store);
    assert_text(front(store, now, 3), "1Dn 2Cn 3Bn ; front:en list:all/en<2");
    assert_text(front(store, now, 6), "1Dn 2Cn 3Bn 4An ; front:en list:all/en");
    assert_ok(front_set_story(store, "en", 1, 1, INT64_MAX, error));
    assert_ok(front_set_section(store, "en", 2, "news", now + 5 * CLOCK_HOUR, error));
    assert_text(fixture_touches(store), "front:en");
    assert_text(front(store, now, 3),
                "1Ah 2Bs 3Dn ; front:en card:1 list:section/en/news<2 list:all/en<4 until 5");
    assert_text(front(store, now + 5 * CLOCK_HOUR, 3),
                "1Ah 2Dn 3Cn ; front:en card:1 list:all/en<3");
    assert_ok(
        front_set_section(store, "en", 3, "news", INT64_MAX, error)); /* nothing is left of it */
    assert_text(front(store, now, 3),
                "1Ah 2Bs 3Dn ; front:en card:1 list:section/en/news list:all/en<4 until 5");
}

static void test_hidden(Store *store, const char *url)
{
    int64_t now = fixture_now();
    fill(store);
    assert_ok(front_set_story(store, "en", 1, 7, INT64_MAX, error)); /* scheduled */
    assert_text(front(store, now, 2), "1Dn 2Cn ; front:en card:7 list:all/en<3");
    assert_text(front(store, now + 30 * CLOCK_DAY, 2), "1Lh 2Dn ; front:en card:7 list:all/en<4");
    assert_ok(front_set_story(store, "en", 2, 7, INT64_MAX, error)); /* moves */
    g_autoptr(GPtrArray) slots = front_slots(store, "en", NULL);
    g_assert_cmpuint(slots->len, ==, 1);
    g_assert_cmpuint(((FrontSlot *)slots->pdata[0])->slot, ==, 2);
    assert_ok(story_withdraw(store, fixture_site(), 4, now, error));
    assert_text(front(store, now, 1), "1Cn ; front:en list:all/en<3");
}

static void test_set(Store *store, const char *url)
{
    fill(store);
    assert_ok(front_set_story(store, "en", 1, 1, INT64_MAX, error));
    g_free(fixture_touches(store));
    assert_ok(front_set_story(store, "en", 1, 1, INT64_MAX, error));
    assert_text(fixture_touches(store), "");
    assert_ok(front_clear(store, "en", 1, error));
    assert_text(fixture_touches(store), "front:en");
    assert_ok(front_clear(store, "en", 1, error));
    assert_text(fixture_touches(store), "");
    assert_fails(front_set_story(store, "en", 0, 1, 1, error), KOLOKOL_ERROR_INVALID, "no slot 0");
    assert_fails(front_set_story(store, "en", 61, 1, 1, error), KOLOKOL_ERROR_INVALID,
                 "no slot 61");
    assert_fails(front_set_story(store, "en", 1, 5, 1, error), KOLOKOL_ERROR_INVALID, "is a page");
    assert_fails(front_set_story(store, "en", 1, 6, 1, error), KOLOKOL_ERROR_INVALID, "in \"ru\"");
    assert_fails(front_set_story(store, "en", 1, 60, 1, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no story 60");
    assert_fails(front_set_section(store, "en", 1, "no", 1, error), KOLOKOL_ERROR_NOT_FOUND,
                 "section \"no\"");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/front/rules", test_rules);
    stores_test_add("/desk/front/hidden", test_hidden);
    stores_test_add("/desk/front/set", test_set);
    return g_test_run();
}
