/* What is due on the desk, as a part of the office's first page: due.h. */
#include "desk/due_office.h"
#include "desk/due.h"
#include "office/frame.h"
#include "staff/person.h"
#include "theme/strings.h"

#include <inttypes.h>

typedef struct {
    const char *heading; /* id of a text */
    const char *none;    /* said if there is nothing; NULL: the heading is left out too */
    const char *path;    /* of what it is about */
    Permission permission;
} Kind;

static const Kind kinds[DUE_KINDS] = {
    [DUE_SCHEDULED] = {"office_dash_scheduled", NULL, "/stories", PERMISSION_WRITE},
    [DUE_EMBARGO] = {"office_dash_embargoes", NULL, "/stories", PERMISSION_WRITE},
    [DUE_TASK] = {"office_dash_tasks", "office_dash_no_tasks", "/stories", PERMISSION_WRITE},
    [DUE_OVERDUE] = {"office_dash_overdue", NULL, "/stories", PERMISSION_PUBLISH},
    [DUE_LICENCE] = {"office_dash_licences", NULL, "/pictures", PERMISSION_WRITE},
};

static void write_item(HtmlWriter *page, const OfficeVisit *visit, const DueItem *item,
                       GTimeZone *zone)
{
    g_autofree char *path = g_strdup_printf("%s/%" PRId64, kinds[item->kind].path, item->id);
    g_autofree char *number = g_strdup_printf("%" PRId64, item->id);
    g_autofree char *nameless =
        item->kind == DUE_LICENCE
            ? strings_fill(visit->language, "office_dash_picture", "n", number, NULL)
            : g_strdup("–");
    html_open(page, "li");
    if (item->moment != 0) {
        office_time(page, visit, item->moment, zone);
    } else {
        html_element(page, "span", office_text(visit, "office_dash_no_time"));
    }
    html_text(page, " ");
    html_open(page, "a");
    html_url_attribute(page, "href", path);
    html_attribute(page, "dir", "auto");
    html_text(page, *item->title != '\0' ? item->title : nameless);
    html_close(page, "a");
    if (item->kind == DUE_TASK && item->moment != 0 && item->moment < visit->now) {
        html_text(page, " ");
        office_state(page, "disabled", office_text(visit, "office_overdue"));
    }
    g_autoptr(Person) person =
        item->person == 0 ? NULL : person_read(visit->store, item->person, NULL);
    if (person != NULL) {
        html_text(page, " · ");
        html_text(page, person->name);
    }
    html_close(page, "li");
}

static void write_kind(HtmlWriter *page, const OfficeVisit *visit, const GPtrArray *items,
                       DueKind kind, GTimeZone *zone)
{
    unsigned count = 0;
    for (guint i = 0; i < items->len; i++) {
        const DueItem *item = items->pdata[i];
        if (item->kind != kind) {
            continue;
        }
        if (count++ == 0) {
            html_element(page, "h3", office_text(visit, kinds[kind].heading));
            html_open(page, "ul");
            html_attribute(page, "class", "due");
        }
        write_item(page, visit, item, zone);
    }
    if (count > 0) {
        html_close(page, "ul");
    } else if (kinds[kind].none != NULL) {
        html_element(page, "p", office_text(visit, kinds[kind].none));
    }
}

static bool write_due(OfficeVisit *visit, HtmlWriter *page, GError **error)
{
    g_auto(OfficeDay) day = {0};
    if (!office_day(visit, &day, error)) {
        return false;
    }
    g_autoptr(GPtrArray) items =
        due_list(visit->store, visit->person->id, visit->now, day.end, error);
    if (items == NULL) {
        return false;
    }
    for (unsigned kind = 0; kind < DUE_KINDS; kind++) {
        if (office_may(visit, kinds[kind].permission)) {
            write_kind(page, visit, items, (DueKind)kind, day.zone);
        }
    }
    return true;
}

const OfficePart due_parts[] = {
    {.name = "due",
     .heading = "office_dash_due",
     .permission = PERMISSION_WRITE,
     .write = write_due,
     .help = "schedules, embargoes, tasks, what is overdue, licences that end"},
    {.name = NULL},
};
