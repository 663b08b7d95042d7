/* The page of the contribution form: there while a campaign asks, in each language of its own. */
#include "paper/fixture.h"

#include "fund/campaign.h"

#include <string.h>

static void campaign(Fixture *fixture, const char *name, const char *language, const char *more)
{
    g_autofree char *text =
        g_strdup_printf("---\nname: %s\nlanguage: %s\nheading: A message\ncall: Give\n%s---\n"
                        "Dear readers of %s.\n",
                        name, language, more, name);
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(Campaign) read = campaign_parse(text, strlen(text), zone, fixture->now, &error);
    g_assert_no_error(error);
    campaign_set(test_newsroom_store(fixture->newsroom), read, fixture->now, &changed, &error);
    g_assert_no_error(error);
}

static void test_none(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    g_assert_null(fixture_page(&fixture, "support/index.html"));
    g_assert_null(fixture_page(&fixture, "ru/support/index.html"));
}

static void test_running(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    test_newsroom_set(fixture.newsroom, "url", "http://paper.localhost:8080"); /* for practice */
    campaign(&fixture, "winter", "ru", "");
    g_assert_null(fixture_page(&fixture, "support/index.html")); /* it has no English */
    campaign(&fixture, "winter", "en", "");
    g_autofree char *page = fixture_page(&fixture, "support/index.html");
    g_autofree char *russian = fixture_page(&fixture, "ru/support/index.html");
    fixture_in_order(page, "Dear readers of winter.", "<form", "/en/contribute\"", NULL);
    fixture_in_order(russian, "<form", "/ru/contribute\"", NULL);
}

/* Old pages lead here after a campaign has ended, so what stands is shown then. */
static void test_ended(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    campaign(&fixture, "first", "en", "ends: 2026-11-20\n");
    fixture_wait(&fixture, CLOCK_HOUR);
    campaign(&fixture, "second", "en", "ends: 2026-11-22\n");
    g_autofree char *now = fixture_page(&fixture, "support/index.html");
    fixture_in_order(now, "Dear readers of second.", NULL);
    fixture_without(now, "<form action"); /* nobody takes money at that address */
    fixture_wait(&fixture, 10 * CLOCK_DAY);
    g_autofree char *later = fixture_page(&fixture, "support/index.html");
    fixture_in_order(later, "Dear readers of first.", NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/support-page/none", test_none);
    g_test_add_func("/support-page/running", test_running);
    g_test_add_func("/support-page/ended", test_ended);
    return g_test_run();
}
