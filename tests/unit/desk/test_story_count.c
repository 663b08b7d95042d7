#include "desk/story_count.h"

#include "base/error.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

static void test_read(Store *store, const char *url)
{
    int64_t now = fixture_now();
    fixture_put(store, "title", "A", "date", "2025-10-31T12:00:00", "section", "News", "topics",
                "Maps", "authors", "Anna", NULL);
    fixture_put(store, "title", "B", "date", "2026-11-20T12:00:00", "section", "News", NULL);
    int64_t c =
        fixture_put(store, "title", "C", "date", "2026-11-20T13:00:00", "section", "Old", NULL);
    fixture_put(store, "title", "D", "date", "2026-11-24T12:00:00", "section", "News", "topics",
                "Maps", NULL);
    fixture_put(store, "title", "P", "date", "2026-11-20T12:00:00", "kind", "page", NULL);
    int64_t later = fixture_moment("2026-11-25T00:00:00Z");
    assert_text(fixture_counts(store, "count:month/en/2026-11", now), "2026-11-20 2");
    assert_text(fixture_counts(store, "count:month/en/2026-11", later),
                "2026-11-20 2, 2026-11-24 1");
    assert_text(fixture_counts(store, "count:year/en/2026", now), "2026-11 2");
    assert_text(fixture_counts(store, "count:year/en/2026", later), "2026-11 3");
    assert_text(fixture_counts(store, "count:years/en", now), "2025 1, 2026 2");
    assert_text(fixture_counts(store, "count:section-year/en/news/2026", now), "2026-11 1");
    assert_text(fixture_counts(store, "count:section-years/en/news", later), "2025 1, 2026 2");
    assert_text(fixture_counts(store, "count:topic-years/en/maps", now), "2025 1");
    assert_text(fixture_counts(store, "count:topic-year/en/maps/2026", now), "");
    assert_text(fixture_counts(store, "count:author-years/en/anna", now), "2025 1");
    assert_text(fixture_counts(store, "count:author-year/en/anna/2025", now), "2025-10 1");
    assert_text(fixture_counts(store, "count:years/ru", now), "");
    int64_t count = 0;
    assert_ok(story_count_list(store, "list:all/en", now, &count, error));
    g_assert_cmpint(count, ==, 3);
    assert_ok(story_withdraw(store, fixture_site(), c, now, error));
    assert_text(fixture_counts(store, "count:year/en/2026", now), "2026-11 1");
    assert_text(fixture_counts(store, "count:section-years/en/old", now), "");
}

static void test_refused(Store *store, const char *url)
{
    static const char *const bad[] = {"",
                                      "count:month/en",
                                      "count:month/en/2026",
                                      "count:year/en/26",
                                      "count:years/",
                                      "count:section-years/en",
                                      "count:day/en/2026-11-23",
                                      "list:all/en"};
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        GArray *counts = NULL;
        assert_fails(story_counts_read(store, bad[i], 0, &counts, error), KOLOKOL_ERROR_INVALID,
                     "no count");
        g_assert_null(counts);
    }
    int64_t count = 7;
    assert_fails(story_count_list(store, "list:day/en/2026-11-23", 0, &count, error),
                 KOLOKOL_ERROR_INVALID, "no list");
    g_assert_cmpint(count, ==, 7);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/count/read", test_read);
    stores_test_add("/desk/count/refused", test_refused);
    return g_test_run();
}
