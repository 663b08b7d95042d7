/*
 * The calendar: plan_office.h. One list of days serves every width: on a wide window a grid of
 * weeks, on a phone the days that have something, below each other (site/office/plan.css). Days are
 * those of the newsroom's zone; weeks begin on Monday.
 */
#include "desk/plan_office.h"

#include "base/clock.h"
#include "desk/calendar.h"
#include "desk/plan.h"
#include "desk/story_filter.h"
#include "desk/story_view_private.h"
#include "office/asset.h"
#include "office/frame.h"
#include "theme/dates.h"

#include <inttypes.h>
#include <string.h>

#define PATH       "/stories/calendar"
#define DAY_TEXT   sizeof "2026-11-23"
#define YEAR_FIRST 1900
#define YEAR_LAST  2199

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    bool week;
    const char *language, *section; /* "" for all */
    GDate chosen, today, first, last;
} Calendar;

static void calendar_clear(Calendar *calendar)
{
    story_desk_clear(&calendar->desk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Calendar, calendar_clear)

static const char *say(const Calendar *calendar, const char *id)
{
    return office_text(calendar->visit, id);
}

/* ---- Days ----------------------------------------------------------------------------------- */

static void date_of_day(GDate *date, int64_t day)
{
    g_date_clear(date, 1);
    g_date_set_dmy(date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                   (GDateYear)(day / 10000));
}

static int64_t day_of_date(const GDate *date)
{
    return (int64_t)g_date_get_year(date) * 10000 + (int64_t)g_date_get_month(date) * 100 +
           g_date_get_day(date);
}

static GDate moved(const GDate *date, int days)
{
    GDate other = *date;
    if (days < 0) {
        g_date_subtract_days(&other, (guint)-days);
    } else {
        g_date_add_days(&other, (guint)days);
    }
    return other;
}

/* Of the wall clock in the newsroom; where a day has no midnight, what comes next. */
static int64_t moment_of(const Calendar *calendar, const GDate *date, int hour)
{
    g_autoptr(GDateTime) at =
        g_date_time_new(calendar->desk.site.zone, g_date_get_year(date),
                        (int)g_date_get_month(date), g_date_get_day(date), hour, 0, 0);
    return g_date_time_to_unix(at) * CLOCK_SECOND;
}

/* Caller frees. */
static char *date_words(const Calendar *calendar, const GDate *date, DateStyle style)
{
    return date_text(calendar->visit->language, moment_of(calendar, date, 12),
                     calendar->desk.site.zone, style);
}

static void date_plain(const GDate *date, char text[DAY_TEXT])
{
    g_snprintf(text, DAY_TEXT, "%04u-%02u-%02u", (unsigned)g_date_get_year(date),
               (unsigned)g_date_get_month(date), (unsigned)g_date_get_day(date));
}

static void span_set(Calendar *calendar)
{
    GDate first = calendar->chosen, last = calendar->chosen;
    if (!calendar->week) {
        g_date_set_day(&first, 1);
        g_date_set_day(&last,
                       g_date_get_days_in_month(g_date_get_month(&last), g_date_get_year(&last)));
    }
    calendar->first = moved(&first, 1 - (int)g_date_get_weekday(&first));
    calendar->last = moved(&last, 7 - (int)g_date_get_weekday(&last));
}

static GDate turned(const Calendar *calendar, int direction)
{
    GDate date = calendar->chosen;
    if (calendar->week) {
        return moved(&date, 7 * direction);
    }
    g_date_set_day(&date, 1);
    if (direction < 0) {
        g_date_subtract_months(&date, 1);
    } else {
        g_date_add_months(&date, 1);
    }
    return date;
}

static bool calendar_open(OfficeVisit *visit, Calendar *calendar, GError **error)
{
    int64_t day = 0;
    *calendar = (Calendar){.visit = visit,
                           .week = strcmp(office_asked(visit, "view"), "week") == 0,
                           .language = office_asked(visit, "language"),
                           .section = office_asked(visit, "section")};
    if (!story_desk_open(visit->store, &calendar->desk, error)) {
        return false;
    }
    int64_t today = desk_site_day(&calendar->desk.site, visit->now);
    if (!calendar_day_parse(office_asked(visit, "day"), &day) || day / 10000 < YEAR_FIRST ||
        day / 10000 > YEAR_LAST) {
        day = today;
    }
    if (!desk_site_has_language(&calendar->desk.site, calendar->language)) {
        calendar->language = "";
    }
    date_of_day(&calendar->today, today);
    date_of_day(&calendar->chosen, day);
    span_set(calendar);
    return true;
}

/* ---- Around the days ------------------------------------------------------------------------ */

/* Caller frees. */
static char *address_of(const Calendar *calendar, const GDate *date, bool week)
{
    char day[DAY_TEXT];
    g_autofree char *language = g_uri_escape_string(calendar->language, NULL, FALSE);
    g_autofree char *section = g_uri_escape_string(calendar->section, NULL, FALSE);
    date_plain(date, day);
    return g_strconcat(PATH "?view=", week ? "week" : "month", "&day=", day,
                       *language == '\0' ? "" : "&language=", language,
                       *section == '\0' ? "" : "&section=", section, NULL);
}

static void write_turn(HtmlWriter *page, const Calendar *calendar, int direction)
{
    GDate date = turned(calendar, direction);
    g_autofree char *address = address_of(calendar, &date, calendar->week);
    html_open(page, "a");
    html_attribute(page, "rel", direction < 0 ? "prev" : "next");
    html_url_attribute(page, "href", address);
    html_text(page, say(calendar, direction < 0 ? "office_plan_before" : "office_plan_after"));
    html_close(page, "a");
    html_text(page, " ");
}

static void write_view(HtmlWriter *page, const Calendar *calendar, const GDate *date, bool week,
                       const char *text, bool here)
{
    g_autofree char *address = address_of(calendar, date, week);
    html_open(page, "a");
    html_attribute(page, "aria-current", here ? "true" : NULL);
    html_url_attribute(page, "href", address);
    html_text(page, say(calendar, text));
    html_close(page, "a");
    html_text(page, " ");
}

static void write_ways(HtmlWriter *page, const Calendar *calendar)
{
    html_open(page, "nav");
    html_attribute(page, "class", "plan-ways");
    html_attribute(page, "aria-label", say(calendar, "office_plan"));
    write_turn(page, calendar, -1);
    write_view(page, calendar, &calendar->today, calendar->week, "office_plan_today", false);
    write_turn(page, calendar, 1);
    write_view(page, calendar, &calendar->chosen, false, "office_plan_month", !calendar->week);
    write_view(page, calendar, &calendar->chosen, true, "office_plan_week", calendar->week);
    story_view_link(page, "/stories", say(calendar, "office_plan_list"));
    html_close(page, "nav");
}

static bool write_filter(HtmlWriter *page, const Calendar *calendar, GError **error)
{
    char day[DAY_TEXT];
    date_plain(&calendar->chosen, day);
    html_open(page, "form");
    html_attribute(page, "method", "get");
    html_attribute(page, "action", PATH);
    html_attribute(page, "class", "search");
    office_hidden(page, "view", calendar->week ? "week" : "month");
    html_open(page, "label");
    html_text(page, say(calendar, "office_plan_day"));
    html_open(page, "input");
    html_attribute(page, "type", "date");
    html_attribute(page, "name", "day");
    html_attribute(page, "value", day);
    html_close(page, "label");
    if (!story_filter_places(page, calendar->visit, &calendar->desk, calendar->section,
                             calendar->language, error)) {
        return false;
    }
    office_button(page, say(calendar, "office_plan_show"), NULL);
    html_close(page, "form");
    return true;
}

/* ---- The days ------------------------------------------------------------------------------- */

static void write_state(HtmlWriter *page, const Calendar *calendar, const PlanItem *item)
{
    const char *name = plan_kind_name(item->kind);
    g_autofree char *id = g_strconcat("office_plan_", name, NULL);
    bool late = item->kind == PLAN_DUE && item->moment < calendar->visit->now;
    office_state(page, late ? "disabled" : name, say(calendar, late ? "office_overdue" : id));
}

static void write_item(HtmlWriter *page, const Calendar *calendar, const PlanItem *item)
{
    g_autofree char *address = item->story == 0
                                   ? g_strconcat("/front?language=", item->language, NULL)
                                   : g_strdup_printf("/stories/%" PRId64, item->story);
    g_autofree char *clock =
        date_text(calendar->visit->language, item->moment, calendar->desk.site.zone, DATE_TIME);
    html_open(page, "li");
    html_element(page, "time", clock);
    html_text(page, " ");
    write_state(page, calendar, item);
    html_text(page, " ");
    if (*calendar->language == '\0' && calendar->desk.languages[1] != NULL) {
        html_element(page, "small", item->language);
        html_text(page, " ");
    }
    if (item->kind != PLAN_EMBARGO && item->embargo > calendar->visit->now) {
        html_element(page, "small", say(calendar, "office_plan_embargoed"));
        html_text(page, " ");
    }
    bool leads = item->story != 0 || office_may(calendar->visit, PERMISSION_PUBLISH);
    html_open(page, leads ? "a" : "span");
    if (leads) {
        html_url_attribute(page, "href", address);
    }
    html_attribute(page, "lang", item->language);
    html_attribute(page, "dir", "auto");
    html_text(page, *item->title == '\0' ? "–" : item->title);
    html_close(page, leads ? "a" : "span");
    html_close(page, "li");
}

static void open_day(HtmlWriter *page, const Calendar *calendar, const GDate *date, bool empty)
{
    char day[DAY_TEXT];
    g_autofree char *words = date_words(calendar, date, DATE_WEEKDAY_SHORT);
    bool today = g_date_compare(date, &calendar->today) == 0;
    bool outside = !calendar->week && g_date_get_month(date) != g_date_get_month(&calendar->chosen);
    g_autofree char *class = g_strconcat("day", empty ? " empty" : "", outside ? " outside" : "",
                                         today ? " today" : "", NULL);
    date_plain(date, day);
    html_open(page, "li");
    html_attribute(page, "class", class);
    html_attribute(page, "aria-current", today ? "date" : NULL);
    html_open(page, "h2");
    html_open(page, "time");
    html_attribute(page, "datetime", day);
    html_text(page, words);
    html_close(page, "time");
    html_close(page, "h2");
}

/* The items of one day, from *next on. */
static void write_day(HtmlWriter *page, const Calendar *calendar, const GDate *date,
                      const GPtrArray *items, guint *next)
{
    int64_t day = day_of_date(date);
    guint end = *next;
    while (end < items->len &&
           desk_site_day(&calendar->desk.site, ((PlanItem *)items->pdata[end])->moment) <= day) {
        end++;
    }
    open_day(page, calendar, date, end == *next);
    if (end > *next) {
        html_open(page, "ul");
        for (; *next < end; (*next)++) {
            write_item(page, calendar, items->pdata[*next]);
        }
        html_close(page, "ul");
    }
    html_close(page, "li");
}

static void write_days(HtmlWriter *page, const Calendar *calendar, const GPtrArray *items)
{
    guint next = 0;
    html_open(page, "ol");
    html_attribute(page, "class", "plan");
    for (GDate date = calendar->first; g_date_compare(&date, &calendar->last) <= 0;
         g_date_add_days(&date, 1)) {
        write_day(page, calendar, &date, items, &next);
    }
    html_close(page, "ol");
}

static GPtrArray *read_items(const Calendar *calendar, bool *more, GError **error)
{
    const OfficeVisit *visit = calendar->visit;
    const char *one[] = {calendar->language, NULL};
    GDate after = moved(&calendar->last, 1);
    PlanAsked asked = {.languages =
                           *calendar->language == '\0' ? calendar->desk.site.languages : one,
                       .section = calendar->section,
                       .since = moment_of(calendar, &calendar->first, 0),
                       .until = moment_of(calendar, &after, 0),
                       .now = visit->now,
                       .person = visit->person->id,
                       .embargoed = office_may(visit, PERMISSION_PUBLISH)};
    return plan_read(visit->store, &asked, more, error);
}

/* Caller frees. */
static char *title_of(const Calendar *calendar)
{
    if (!calendar->week) {
        return date_words(calendar, &calendar->chosen, DATE_MONTH);
    }
    g_autofree char *from = date_words(calendar, &calendar->first, DATE_SHORT);
    g_autofree char *to = date_words(calendar, &calendar->last, DATE_DAY);
    return g_strdup_printf("%s – %s", from, to);
}

static HttpReply *answer_calendar(OfficeVisit *visit)
{
    g_auto(Calendar) calendar = {0};
    g_autoptr(GError) reason = NULL;
    bool more = false;
    g_autoptr(GPtrArray) items =
        calendar_open(visit, &calendar, &reason) ? read_items(&calendar, &more, &reason) : NULL;
    if (items == NULL) {
        return office_failed(visit, reason);
    }
    g_autofree char *title = title_of(&calendar);
    HtmlWriter *page = office_page(visit, title);
    for (unsigned i = 0; i < 2; i++) {
        html_open(page, "link");
        html_attribute(page, "rel", "stylesheet");
        html_attribute(page, "href", office_asset(i == 0 ? "story.css" : "plan.css"));
    }
    write_ways(page, &calendar);
    if (!write_filter(page, &calendar, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    if (more) {
        office_problem(page, office_text(visit, "office_plan_more"));
    }
    if (items->len == 0) {
        html_element(page, "p", office_text(visit, "office_plan_nothing"));
    }
    write_days(page, &calendar, items);
    return office_page_done(visit, page, 200);
}

const OfficeRoute plan_office[] = {
    {.name = "story-calendar",
     .method = HTTP_GET,
     .path = PATH,
     .permission = PERMISSION_WRITE,
     .answer = answer_calendar,
     .help = "a month or a week: what went out, what is to, what is due"},
    {.name = NULL},
};
