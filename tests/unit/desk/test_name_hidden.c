/* Names that only stories under embargo have: by kind and language, until readers see them. */
#include "desk/name_hidden.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/story_embargo.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

static NameHidden *names(Store *store, const char *language, int64_t now)
{
    g_autoptr(GError) error = NULL;
    NameHidden *hidden = name_hidden_read(store, language, now, &error);
    g_assert_no_error(error);
    return hidden;
}

static void test_hidden(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), until = now + CLOCK_HOUR;
    fixture_put(store, "title", "Out", "section", "City", "topics", "Harbour", "authors", "Vera",
                NULL);
    fixture_try(store, 0, NULL, "title", "Draft", "topics", "Quay", NULL);
    int64_t id =
        fixture_try(store, 0, NULL, "title", "Held", "section", "Secret", "topics", "Harbour",
                    "topics", "Quay", "authors", "reporting: Anna", "authors", "withheld", NULL);
    assert_ok(story_set_embargo(store, site, id, until, now, error));
    g_autoptr(NameHidden) hidden = names(store, "en", now);
    g_assert_true(name_hidden_has(hidden, "section", "secret"));
    g_assert_true(name_hidden_has(hidden, "topic", "quay")); /* a draft shows it to nobody */
    g_assert_true(name_hidden_has(hidden, "author", "anna"));
    g_assert_false(name_hidden_has(hidden, "topic", "harbour"));
    g_assert_false(name_hidden_has(hidden, "section", "city"));
    g_assert_false(name_hidden_has(hidden, "author", "vera"));
    g_assert_false(name_hidden_has(hidden, "topic", "secret"));
    g_autoptr(NameHidden) russian = names(store, "ru", now);
    g_assert_false(name_hidden_has(russian, "section", "secret"));
    /* Scheduled for its end it is in lists, but no reader sees it yet. */
    assert_ok(story_schedule(store, site, id, until, now, error));
    g_autoptr(NameHidden) scheduled = names(store, "en", until - 1);
    g_assert_true(name_hidden_has(scheduled, "section", "secret"));
    g_autoptr(NameHidden) then = names(store, "en", until);
    g_assert_false(name_hidden_has(then, "section", "secret"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/name_hidden/hidden", test_hidden);
    return g_test_run();
}
