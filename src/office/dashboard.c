/* The page of parts: dashboard.h. What stands in them is theirs: readers_part.c, machine_part.c,
 * desk/due_office.c, mail/issue_due_office.c. */
#include "office/dashboard.h"

#include "base/clock.h"
#include "base/error.h"
#include "office/asset.h"
#include "office/frame.h"
#include "office/reason.h"
#include "press/setting.h"

#include <string.h>

void office_day_clear(OfficeDay *day)
{
    g_clear_pointer(&day->zone, g_time_zone_unref);
}

bool office_day(const OfficeVisit *visit, OfficeDay *day, GError **error)
{
    g_autoptr(GTimeZone) zone = setting_timezone(visit->store, error);
    if (zone == NULL) {
        return false;
    }
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(visit->now / CLOCK_SECOND);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, zone);
    g_autoptr(GDateTime) start =
        g_date_time_new(zone, g_date_time_get_year(here), g_date_time_get_month(here),
                        g_date_time_get_day_of_month(here), 0, 0, 0);
    g_autoptr(GDateTime) end = g_date_time_add_days(start, 1);
    day->zone = g_steal_pointer(&zone);
    day->start = g_date_time_to_unix(start) * CLOCK_SECOND;
    day->end = g_date_time_to_unix(end) * CLOCK_SECOND;
    return true;
}

/* A part on a sheet of its own, so that one which fails half-way leaves nothing open. */
static void write_part(OfficeVisit *visit, HtmlWriter *page, const OfficePart *part)
{
    g_autoptr(HtmlWriter) sheet = html_writer_new(OFFICE_PAGE_MOST / 4);
    g_autoptr(GError) reason = NULL;
    g_auto(SafeHtml) html = {0};
    bool good = part->write(visit, sheet, &reason) && html_writer_finish(sheet, &html, &reason);
    html_open(page, "section");
    html_attribute(page, "id", part->name);
    html_attribute(page, "class", "part");
    html_element(page, "h2", office_text(visit, part->heading));
    if (good) {
        html_append_already_safe_markup(page, &html);
    } else {
        office_problem(page, office_reason(visit, reason));
    }
    html_close(page, "section");
}

static HttpReply *answer_dashboard(OfficeVisit *visit)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_today"));
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_url_attribute(page, "href", office_asset("dashboard.css"));
    for (const OfficePart *const *table = office_options(visit->office)->parts;
         table != NULL && *table != NULL; table++) {
        for (const OfficePart *part = *table; part->name != NULL; part++) {
            if (office_may(visit, part->permission)) {
                write_part(visit, page, part);
            }
        }
    }
    return office_page_done(visit, page, 200);
}

const OfficeRoute dashboard_routes[] = {
    {.name = "today",
     .method = HTTP_GET,
     .path = "/",
     .permission = PERMISSION_SIGNED_IN,
     .answer = answer_dashboard,
     .help = "what is due, what readers read, how the machine is",
     .menu = "office_today"},
    {.name = NULL},
};
