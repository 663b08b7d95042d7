#include "fund/campaign.h"

#include "base/error.h"
#include "doubles/stores.h"

#include <string.h>

#include "fixture.h"

static Campaign *parse(const char *more, GError **error)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autofree char *text = g_strdup_printf(
        "---\nname: w\nlanguage: en\nheading: H\ncall: C\n%s---\nDear readers\n", more);
    return campaign_parse(text, strlen(text), zone, FIXTURE_NOW, error);
}

static void test_parse(void)
{
    g_autoptr(Campaign) campaign = parse("amounts: once 5 10\nminimum: 3\nstanding: yes\n", NULL);
    g_assert_cmpstr(campaign->amounts, ==, "once 5 10");
    g_assert_cmpint(campaign->starts, ==, FIXTURE_NOW);
    g_assert_cmpint(campaign->ends, ==, INT64_MAX);
    g_assert_true(campaign->standing);
    g_assert_cmpstr(campaign->letter, ==, "Dear readers\n");
}

static void test_refused(void)
{
    static const char *const bad[] = {"amounts: once\n", "minimum: much\n", "amounts: once 1\n",
                                      "starts: never\n", "starts: 2026-01-02\nends: 2026-01-01\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(parse(bad[i], &error));
        g_assert_nonnull(error);
    }
}

static void test_shown(Store *store, const char *url)
{
    g_assert_null(campaign_shown(store, "en", false, FIXTURE_NOW, NULL));
    fixture_campaign(store, "first", "");
    fixture_campaign(store, "later", "starts: 2023-11-14\nends: 2023-11-20\n");
    g_autoptr(Campaign) running = campaign_shown(store, "en", false, FIXTURE_NOW, NULL);
    g_assert_cmpstr(running->name, ==, "later");
    g_autoptr(Campaign) standing = campaign_shown(store, "en", true, FIXTURE_NOW, NULL);
    g_assert_cmpstr(standing->name, ==, "first");
    g_autoptr(Campaign) after =
        campaign_shown(store, "en", false, FIXTURE_NOW + 30 * CLOCK_DAY, NULL);
    g_assert_cmpstr(after->name, ==, "first");
    g_assert_null(campaign_shown(store, "ru", false, FIXTURE_NOW, NULL));
}

/* Nothing of a campaign is public before it starts, on old pages neither; one that is marked for
 * later leaves them to the one before. */
static void test_standing_later(Store *store, const char *url)
{
    fixture_campaign(store, "first", "starts: 2023-11-20\n");
    g_assert_null(campaign_shown(store, "en", true, FIXTURE_NOW, NULL));
    g_autoptr(Campaign) begun =
        campaign_shown(store, "en", true, FIXTURE_NOW + 30 * CLOCK_DAY, NULL);
    g_assert_cmpstr(begun->name, ==, "first");
    fixture_campaign(store, "second", "starts: 2023-12-10\nstanding: yes\n");
    g_assert_null(campaign_shown(store, "en", true, FIXTURE_NOW, NULL));
    g_autoptr(Campaign) before =
        campaign_shown(store, "en", true, FIXTURE_NOW + 10 * CLOCK_DAY, NULL);
    g_assert_cmpstr(before->name, ==, "first");
    g_autoptr(Campaign) after =
        campaign_shown(store, "en", true, FIXTURE_NOW + 30 * CLOCK_DAY, NULL);
    g_assert_cmpstr(after->name, ==, "second");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fund/campaign/parse", test_parse);
    g_test_add_func("/fund/campaign/refused", test_refused);
    stores_test_add("/fund/campaign/shown", test_shown);
    stores_test_add("/fund/campaign/standing-later", test_standing_later);
    return g_test_run();
}
