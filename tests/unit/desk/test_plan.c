/* What the calendar shows: kinds, spans, who sees what is under embargo. */
#include "desk/plan.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/front.h"
#include "desk/story_embargo.h"
#include "desk/task.h"
#include "fixture.h"

#include <string.h>

static PlanAsked asked(const char *section)
{
    static const char *const languages[] = {"en", "ru", NULL};
    return (PlanAsked){.languages = languages,
                       .section = section,
                       .since = fixture_moment("2026-11-01T00:00:00Z"),
                       .until = fixture_moment("2026-12-01T00:00:00Z"),
                       .now = fixture_now(),
                       .person = 7,
                       .embargoed = true};
}

/* "published A en, due B ru". Caller frees. */
static char *told(Store *store, const PlanAsked *what)
{
    g_autoptr(GError) error = NULL;
    GString *all = g_string_new(NULL);
    bool more = true;
    g_autoptr(GPtrArray) items = plan_read(store, what, &more, &error);
    g_assert_no_error(error);
    g_assert_false(more);
    for (guint i = 0; i < items->len; i++) {
        const PlanItem *item = items->pdata[i];
        g_string_append_printf(all, "%s%s %s %s", i == 0 ? "" : ", ", plan_kind_name(item->kind),
                               item->title, item->language);
    }
    return g_string_free(all, FALSE);
}

static void test_kinds(Store *store, const char *url)
{
    fixture_put(store, "title", "Out", "date", "2026-11-20", "section", "City", NULL);
    fixture_put(store, "title", "Old", "date", "2026-10-20", NULL);
    fixture_put(store, "title", "Soon", "date", "2026-11-25", "language", "ru", NULL);
    int64_t draft = fixture_try(store, 0, NULL, "title", "Draft", "section", "City", NULL);
    int64_t done = fixture_put(store, "title", "Done", "date", "2026-09-01", NULL);
    int64_t due = fixture_moment("2026-11-24T10:00:00Z");
    assert_ok(task_set(store, draft, &(Task){0, due}, error));
    assert_ok(task_set(store, done, &(Task){0, due}, error));
    int64_t held = fixture_try(store, 0, NULL, "title", "Held", NULL);
    assert_ok(
        story_set_embargo(store, fixture_site(), held, due + CLOCK_HOUR, fixture_now(), error));
    assert_ok(front_set_story(store, "en", 1, done, due + 2 * CLOCK_HOUR, error));
    assert_ok(front_set_section(store, "en", 2, "city", INT64_MAX, error)); /* for good */
    PlanAsked all = asked(""), city = asked("city");
    assert_text(told(store, &all), "published Out en, due Draft en, embargo Held en, hold Done en, "
                                   "scheduled Soon ru");
    assert_text(told(store, &city), "published Out en, due Draft en");
    all.until = all.since;
    assert_text(told(store, &all), "");
    all = asked("");
    all.since = due;
    all.until = due + 1;
    assert_text(told(store, &all), "due Draft en"); /* since counts, until does not */
    all.until = due;
    assert_text(told(store, &all), "");
}

static void test_embargo(Store *store, const char *url)
{
    int64_t until = fixture_moment("2026-11-25T10:00:00Z");
    int64_t held = fixture_try(store, 0, NULL, "title", "Held", NULL);
    int64_t mine = fixture_try(store, 0, NULL, "title", "Mine", NULL);
    assert_ok(story_set_embargo(store, fixture_site(), held, until, fixture_now(), error));
    assert_ok(story_set_embargo(store, fixture_site(), mine, until, fixture_now(), error));
    assert_ok(task_set(store, held, &(Task){8, until - 5}, error));
    assert_ok(task_set(store, mine, &(Task){7, until - 4}, error));
    PlanAsked what = asked("");
    what.embargoed = false;
    assert_text(told(store, &what), "due Mine en, embargo Mine en");
    what.now = until;
    assert_text(told(store, &what), "due Held en, due Mine en, embargo Held en, embargo Mine en");
}

static void test_most(Store *store, const char *url)
{
    PlanAsked what = asked("");
    bool more = false;
    for (unsigned i = 0; i <= PLAN_MOST; i++) {
        fixture_put(store, "title", "Out", "date", "2026-11-20", NULL);
    }
    g_autoptr(GPtrArray) items = plan_read(store, &what, &more, NULL);
    g_assert_true(more);
    g_assert_cmpuint(items->len, ==, PLAN_MOST);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/plan/kinds", test_kinds);
    stores_test_add("/desk/plan/embargo", test_embargo);
    stores_test_add("/desk/plan/most", test_most);
    return g_test_run();
}
