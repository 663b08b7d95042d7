#include "fund/campaign_withhold.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "fund/campaign.h"

#include <string.h>

#include "fixture.h"

/* In heading and letter, running or not; what has not the name stays, and so does its beginning. */
static void test_withhold(Store *store, const char *url)
{
    static const char text[] =
        "---\nname: w\nlanguage: en\nheading: By Anna Petrova\ncall: C\nshare: Annabel\n"
        "ends: 2023-11-10\nstarts: 2023-11-01\n---\nDear Anna\nPetrova, and Anna Petrovas\n";
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(Campaign) campaign = campaign_parse(text, strlen(text), zone, FIXTURE_NOW, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    bool changed = false;
    fixture_campaign(store, "other", "");
    g_assert_true(campaign_set(store, campaign, FIXTURE_NOW, &changed, NULL));
    g_ptr_array_add(names, (gpointer)(uintptr_t) "Anna Petrova");
    for (int again = 0; again < 2; again++) {
        g_assert_true(campaign_withhold(store, names, "", FIXTURE_NOW + 5, NULL));
        g_autoptr(Campaign) after = campaign_named(store, "w", "en", NULL);
        g_assert_cmpstr(after->heading, ==, "By an author whose name is withheld");
        g_assert_cmpstr(after->letter, ==,
                        "Dear an author whose name is withheld, and Anna Petrovas\n");
        g_assert_cmpstr(after->share, ==, "Annabel");
        g_assert_cmpint(after->starts, ==, campaign->starts);
        g_assert_cmpint(after->ends, ==, campaign->ends);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/campaign_withhold/withhold", test_withhold);
    return g_test_run();
}
