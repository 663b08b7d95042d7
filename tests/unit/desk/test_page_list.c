/* The order of the paper's own pages. */
#include "desk/page_list.h"

#include "base/error.h"
#include "desk/story_state.h"
#include "fixture.h"

#define PAGE(title, language, date)                                                                \
    "title", title, "language", language, "kind", "page", "date", date, "body", "Text.", NULL

static void three(Store *store)
{
    fixture_put(store, PAGE("A", "en", "2026-01-03T10:00:00"));
    fixture_put(store, PAGE("B", "en", "2026-01-01T10:00:00"));
    fixture_put(store, PAGE("C", "en", "2026-01-02T10:00:00"));
    fixture_put(store, PAGE("D", "ru", "2026-01-02T10:00:00"));
}

static char *listed(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) pages = page_list(store, "en", &error);
    GString *all = g_string_new(NULL);
    g_assert_no_error(error);
    for (guint i = 0; i < pages->len; i++) {
        const PageRow *row = pages->pdata[i];
        g_string_append_printf(all, "%s%s", row->headline, row->hidden ? "-" : "");
    }
    return g_string_free(all, FALSE);
}

static char *foot(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) cards = page_menu(store, "en", fixture_now(), &error);
    GString *all = g_string_new(NULL);
    g_assert_no_error(error);
    for (guint i = 0; i < cards->len; i++) {
        g_string_append(all, ((const StoryCard *)cards->pdata[i])->headline);
    }
    return g_string_free(all, FALSE);
}

#define assert_order(store, list, menu)                                                            \
    do {                                                                                           \
        g_autofree char *listed_now = listed(store);                                               \
        g_autofree char *foot_now = foot(store);                                                   \
        g_assert_cmpstr(listed_now, ==, list);                                                     \
        g_assert_cmpstr(foot_now, ==, menu);                                                       \
    } while (0)

static void test_order(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    three(store);
    assert_order(store, "BCA", "BCA"); /* as they came out */
    g_assert_true(page_move(store, "en", 1, 1, &error));
    assert_order(store, "ABC", "ABC");
    g_assert_true(page_move(store, "en", 1, 2, &error));
    assert_order(store, "BAC", "BAC");
    g_assert_true(page_move(store, "en", 2, 99, &error));
    assert_order(store, "ACB", "ACB");
    g_assert_true(page_hide(store, "en", 3, true, &error));
    assert_order(store, "AC-B", "AB");
    g_assert_true(page_move(store, "en", 3, 1, &error));
    assert_order(store, "C-AB", "AB");
    g_assert_true(page_hide(store, "en", 3, false, &error));
    assert_order(store, "CAB", "CAB");
    g_assert_no_error(error);
}

/* A new one goes last, a draft is listed and not in the foot, and what is gone is in neither. */
static void test_states(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    three(store);
    g_assert_true(page_move(store, "en", 1, 1, &error));
    fixture_put(store, PAGE("E", "en", "2020-01-01T10:00:00"));
    g_assert_cmpint(fixture_try(store, 0, &error, PAGE("F", "en", "2019-01-01T10:00:00")), >, 0);
    assert_order(store, "ABCFE", "ABCE");
    g_assert_true(story_withdraw(store, fixture_site(), 2, fixture_now(), &error));
    g_assert_no_error(error);
    assert_order(store, "ABCFE", "ACE");
}

static void test_refused(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    three(store);
    g_assert_false(page_move(store, "en", 4, 1, &error)); /* of another language */
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_false(page_move(store, "en", 1, 0, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(page_hide(store, "en", 99, true, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    assert_order(store, "BCA", "BCA");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/page_list/order", test_order);
    stores_test_add("/desk/page_list/states", test_states);
    stores_test_add("/desk/page_list/refused", test_refused);
    return g_test_run();
}
