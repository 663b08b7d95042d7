/* A campaign for tests of fund. */
#pragma once

#include "base/clock.h"
#include "fund/campaign.h"

#define FIXTURE_NOW (1700000000 * CLOCK_SECOND)

/* Sets a campaign of that name in English, with more front matter lines ("danger: …\n"). */
static inline void fixture_campaign(Store *store, const char *name, const char *more)
{
    g_autofree char *text =
        g_strdup_printf("---\nname: %s\nlanguage: en\nheading: A message\ncall: Give\n%s---\nDear "
                        "readers, from {{minimum_monthly}}.\n",
                        name, more);
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GError) error = NULL;
    g_autoptr(Campaign) campaign =
        campaign_parse(text, strlen(text), zone, FIXTURE_NOW - CLOCK_DAY, &error);
    g_assert_no_error(error);
    bool changed = false;
    campaign_set(store, campaign, FIXTURE_NOW - CLOCK_DAY, &changed, &error);
    g_assert_no_error(error);
}
