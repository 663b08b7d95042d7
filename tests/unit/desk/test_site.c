/* The site's languages and its calendar: days change where the newsroom is. */
#include "desk/site.h"

#include "fixture.h"

static void test_languages(void)
{
    const DeskSite *site = fixture_site();
    g_assert_true(desk_site_has_language(site, "en"));
    g_assert_true(desk_site_has_language(site, "ru"));
    g_assert_false(desk_site_has_language(site, "de"));
    g_assert_false(desk_site_has_language(site, "EN"));
    g_assert_false(desk_site_has_language(site, ""));
    g_assert_false(desk_site_has_language(site, NULL));
    g_assert_cmpstr(desk_site_first_language(site), ==, "en");
}

static void test_days(void)
{
    static const struct {
        const char *moment;
        int64_t day;
    } rows[] = {
        {"2026-11-23T10:00:00Z", 20261123}, {"2026-11-23T21:59:59Z", 20261123},
        {"2026-11-23T22:00:00Z", 20261124}, /* midnight in Riga, in winter */
        {"2026-07-01T20:59:59Z", 20260701}, {"2026-07-01T21:00:00Z", 20260702},
        {"2026-12-31T22:00:00Z", 20270101}, {"2028-02-29T12:00:00Z", 20280229},
        {"1969-12-31T20:00:00Z", 19691231}, {"1969-12-31T23:59:59Z", 19700101},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpint(desk_site_day(fixture_site(), fixture_moment(rows[i].moment)), ==,
                        rows[i].day);
    }
    /* A microsecond before the epoch is the second before it, not the one after. */
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    DeskSite site = {fixture_site()->languages, utc};
    g_assert_cmpint(desk_site_day(&site, -1), ==, 19691231);
    g_assert_cmpint(desk_site_day(&site, 0), ==, 19700101);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/site/languages", test_languages);
    g_test_add_func("/site/days", test_days);
    return g_test_run();
}
