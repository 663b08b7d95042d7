/* The site's languages and calendar: site.h. Where they are stored is a matter of the settings,
 * above this layer. */
#include "desk/site.h"

#include "base/clock.h"

bool desk_site_has_language(const DeskSite *site, const char *language)
{
    return language != NULL && g_strv_contains(site->languages, language);
}

const char *desk_site_first_language(const DeskSite *site)
{
    return site->languages[0];
}

int64_t desk_site_day(const DeskSite *site, int64_t moment)
{
    int64_t seconds = moment / CLOCK_SECOND - (moment % CLOCK_SECOND < 0 ? 1 : 0);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, site->zone);
    return g_date_time_get_year(local) * 10000 + g_date_time_get_month(local) * 100 +
           g_date_time_get_day_of_month(local);
}
