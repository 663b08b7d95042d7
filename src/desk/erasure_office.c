/* Takedowns and withheld names in the office, and how far they are: erasure_office.h. Ordering one
 * is takedown_office.c and withhold_office.c; going on with it main/erase.c. */
#include "desk/erasure_office.h"

#include "base/error.h"
#include "desk/erasure.h"
#include "desk/story_view_private.h"
#include "jobs/wake.h"
#include "office/frame.h"
#include "press/setting.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN 200u

/* ---- Parts of forms -------------------------------------------------------------------------- */

void erasure_office_reason(HtmlWriter *page, const OfficeVisit *visit)
{
    OfficeInput reason = {.label = office_text(visit, "office_erasure_reason"),
                          .name = "reason",
                          .value = office_field(visit, "reason"),
                          .hint = office_text(visit, "office_erasure_reason_hint"),
                          .most = 500,
                          .required = true};
    office_input(page, &reason);
}

void erasure_office_confirm(HtmlWriter *page, const OfficeVisit *visit, const char *label,
                            const char *button)
{
    OfficeInput typed = {.label = label, .name = "confirm", .required = true};
    office_input(page, &typed);
    office_button(page, office_text(visit, button), "danger");
}

/* ---- The list -------------------------------------------------------------------------------- */

static void write_what(HtmlWriter *page, const OfficeVisit *visit, const Erasure *erasure)
{
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    if (strcmp(erasure->kind, ERASURE_TAKEDOWN) == 0) {
        g_autofree char *path = g_strdup_printf("/stories/%" PRId64, erasure->story);
        g_autofree char *what = g_strdup_printf(
            "%s %" PRId64, office_text(visit, "office_erasure_story"), erasure->story);
        story_view_link(page, path, what);
    } else if (strcmp(erasure->kind, ERASURE_DISCARD) == 0) {
        g_autofree char *what = g_strdup_printf(
            "%s %" PRId64, office_text(visit, "office_erasure_draft"), erasure->story);
        html_text(page, what);
    } else {
        html_text(page, office_text(visit, "office_erasure_name"));
    }
    html_close(page, "th");
}

static const char *step_word(const OfficeVisit *visit, const Erasure *erasure)
{
    static const char *const ids[] = {
        [ERASURE_STORIES] = "office_erasure_step_stories",
        [ERASURE_SPREAD] = "office_erasure_step_spread",
        [ERASURE_CLEAN] = "office_erasure_step_clean",
        [ERASURE_DONE] = "office_erasure_step_done",
    };
    return office_text(visit, ids[MIN(erasure->step, ERASURE_DONE)]);
}

/* How far it is, in a word, as a bar, and what stands in the way. */
static void write_state(HtmlWriter *page, const OfficeVisit *visit, const Erasure *erasure,
                        GTimeZone *zone)
{
    bool done = erasure->step == ERASURE_DONE, stuck = *erasure->problem != '\0';
    g_autofree char *value = g_strdup_printf("%d", (int)erasure->step);
    g_autofree char *again = g_strdup_printf("/erasures/%" PRId64 "/again", erasure->id);
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, "office_state"));
    office_state(page, done ? "active" : stuck ? "disabled" : "ready", step_word(visit, erasure));
    if (done) {
        html_text(page, " ");
        office_time(page, visit, erasure->finished, zone);
    } else {
        html_open(page, "p");
        html_open(page, "progress");
        html_attribute(page, "max", "3");
        html_attribute(page, "value", value);
        html_attribute(page, "aria-label", step_word(visit, erasure));
        html_close(page, "progress");
        html_close(page, "p");
    }
    if (stuck && !done) {
        html_element(page, "small", erasure->problem);
        office_button_form(page, visit, again, NULL, NULL,
                           office_text(visit, "office_erasure_again"), NULL);
    }
    html_close(page, "td");
}

static void write_cell(HtmlWriter *page, const OfficeVisit *visit, const char *label,
                       const char *text)
{
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, label));
    html_open(page, "span");
    html_attribute(page, "dir", "auto");
    html_text(page, *text == '\0' ? "–" : text);
    html_close(page, "span");
    html_close(page, "td");
}

static void write_row(HtmlWriter *page, const OfficeVisit *visit, const Erasure *erasure,
                      GTimeZone *zone)
{
    html_open(page, "tr");
    write_what(page, visit, erasure);
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, "office_erasure_when"));
    office_time(page, visit, erasure->asked, zone);
    html_close(page, "td");
    write_cell(page, visit, "office_erasure_who", erasure->person);
    write_cell(page, visit, "office_erasure_why", erasure->reason);
    write_state(page, visit, erasure, zone);
    html_close(page, "tr");
}

static void write_table(HtmlWriter *page, const OfficeVisit *visit, const GPtrArray *all,
                        GTimeZone *zone)
{
    static const char *const heads[] = {"office_erasure_what", "office_erasure_when",
                                        "office_erasure_who",  "office_erasure_why",
                                        "office_state",        NULL};
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < all->len; i++) {
        write_row(page, visit, all->pdata[i], zone);
    }
    html_close(page, "tbody");
    html_close(page, "table");
}

static void write_open(HtmlWriter *page, const OfficeVisit *visit, const GPtrArray *all)
{
    unsigned open = 0;
    for (guint i = 0; i < all->len; i++) {
        open += ((const Erasure *)all->pdata[i])->step != ERASURE_DONE;
    }
    if (open > 0) {
        html_open(page, "p");
        html_text(page, office_text(visit, "office_erasure_open"));
        html_text(page, " ");
        story_view_link(page, "/erasures", office_text(visit, "office_erasure_look_again"));
        html_close(page, "p");
    }
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) all = erasure_list(visit->store, SHOWN, &reason);
    g_autoptr(GTimeZone) zone = all == NULL ? NULL : setting_timezone(visit->store, &reason);
    if (zone == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_erasures"));
    if (strcmp(office_asked(visit, "done"), "ordered") == 0) {
        office_done(page, office_text(visit, "office_erasure_ordered"));
    }
    html_element(page, "p", office_text(visit, "office_erasures_text"));
    html_open(page, "p");
    html_open(page, "a");
    html_attribute(page, "class", "go");
    html_url_attribute(page, "href", "/erasures/name");
    html_text(page, office_text(visit, "office_withhold"));
    html_close(page, "a");
    html_close(page, "p");
    write_open(page, visit, all);
    if (all->len > 0) {
        write_table(page, visit, all, zone);
    } else {
        html_element(page, "p", office_text(visit, "office_erasures_none"));
    }
    return office_page_done(visit, page, 200);
}

/* ---- Again ----------------------------------------------------------------------------------- */

typedef struct {
    const OfficeVisit *visit;
    int64_t id;
} Again;

static void wake(Store *store, void *data)
{
    jobs_wake_all(store, "press");
    jobs_wake_all(store, "slow");
}

static bool again_body(Store *store, void *data, GError **error)
{
    const Again *again = data;
    g_autofree char *subject = g_strdup_printf("erasure %" PRId64, again->id);
    store_after_commit(store, wake, NULL);
    return erasure_exists(store, again->id, error) &&
           erasure_problem(store, again->id, "", error) &&
           audit_add(store, again->visit->person->id, "erasure.again", subject, "",
                     again->visit->now, error);
}

static HttpReply *answer_again(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    Again again = {.visit = visit};
    if (!office_part_number(visit, 0, &again.id)) {
        return office_not_found(visit);
    }
    return store_transact(visit->store, again_body, &again, &reason)
               ? office_see_other(visit, "/erasures")
               : office_failed(visit, reason);
}

const OfficeRoute erasure_office[] = {
    {.name = "erasures",
     .method = HTTP_GET,
     .path = "/erasures",
     .permission = PERMISSION_TAKE_DOWN,
     .answer = answer_list,
     .help = "takedowns and withheld names, and how far they are",
     .menu = "office_erasures"},
    {.name = "erasure-again",
     .method = HTTP_POST,
     .path = "/erasures/:id/again",
     .permission = PERMISSION_TAKE_DOWN,
     .answer = answer_again,
     .body_most = OFFICE_FORM,
     .help = "an erasure that waits is tried again at once"},
    {.name = NULL},
};
