/* Withholding a name in the office: erasure_office.h. First where it stands, then the order; both
 * are POSTs, because a name that is to be withheld must not stand in an address. What is done is
 * withhold.h. */
#include "base/error.h"
#include "desk/erasure.h"
#include "desk/erasure_office.h"
#include "desk/story_view_private.h"
#include "desk/withhold.h"
#include "office/frame.h"
#include "office/once.h"
#include "office/reason.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

#define LOOK_MOST  2000u /* stories, in one look */
#define SHOWN_MOST 500u  /* places of one look that are written out */

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    char **spellings; /* one a line of the form */
    Withhold how;
    HtmlWriter *page;
    unsigned stories, times, places;
    const char *problem; /* borrowed, or NULL */
    unsigned status;
} Page;

static void page_clear(Page *all)
{
    story_desk_clear(&all->desk);
    g_clear_pointer(&all->spellings, g_strfreev);
    g_clear_pointer(&all->page, html_writer_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Page, page_clear)

static const char *say(const Page *all, const char *id)
{
    return office_text(all->visit, id);
}

/* The lines of the form that are not empty, without blanks around them. */
static void take_form(Page *all)
{
    g_auto(GStrv) lines = g_strsplit(office_field(all->visit, "names"), "\n", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **line = lines; *line != NULL; line++) {
        if (*g_strstrip(*line) != '\0') {
            g_ptr_array_add(kept, g_strdup(*line));
        }
    }
    g_ptr_array_add(kept, NULL);
    all->spellings = (char **)g_ptr_array_free(g_steal_pointer(&kept), FALSE);
    all->how = (Withhold){.spellings = (const char *const *)all->spellings,
                          .instead = office_field(all->visit, "instead"),
                          .reason = office_field(all->visit, "reason"),
                          .person = all->visit->person->name,
                          .once = office_once_word(all->visit)};
}

/* ---- The form -------------------------------------------------------------------------------- */

static void write_names(const Page *all)
{
    HtmlWriter *page = all->page;
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", "names");
    html_text(page, say(all, "office_withhold_names"));
    html_close(page, "label");
    html_open(page, "textarea");
    html_attribute(page, "id", "names");
    html_attribute(page, "name", "names");
    html_attribute(page, "rows", "4");
    html_attribute(page, "dir", "auto");
    html_attribute(page, "aria-describedby", "names-hint");
    html_flag(page, "required", true);
    html_text(page, "\n");
    html_text(page, office_field(all->visit, "names"));
    html_close(page, "textarea");
    html_open(page, "small");
    html_attribute(page, "id", "names-hint");
    html_text(page, say(all, "office_withhold_names_hint"));
    html_close(page, "small");
    html_close(page, "p");
}

static void write_form(const Page *all)
{
    OfficeInput instead = {.label = say(all, "office_withhold_instead"),
                           .name = "instead",
                           .value = office_field(all->visit, "instead"),
                           .hint = say(all, "office_withhold_instead_hint"),
                           .most = 200};
    office_form(all->page, all->visit, "/erasures/name/look");
    write_names(all);
    office_input(all->page, &instead);
    office_button(all->page, say(all, "office_withhold_look"), "strong");
    html_close(all->page, "form");
}

static void begin(Page *all)
{
    all->page = office_page(all->visit, say(all, "office_withhold"));
    if (all->problem != NULL) {
        office_problem(all->page, all->problem);
    }
}

static HttpReply *show_form(Page *all)
{
    begin(all);
    html_element(all->page, "p", say(all, "office_withhold_text"));
    write_form(all);
    return office_page_done(all->visit, g_steal_pointer(&all->page), all->status);
}

static HttpReply *answer_form(OfficeVisit *visit)
{
    g_auto(Page) all = {.visit = visit, .status = 200};
    return show_form(&all);
}

/* ---- Where it stands ------------------------------------------------------------------------- */

static bool write_story(const Story *story, unsigned found, void *data, GError **error)
{
    Page *all = data;
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64, story->id);
    g_autofree char *times = g_strdup_printf(" × %u", found);
    all->stories++;
    all->times += found;
    if (all->stories <= SHOWN_MOST) {
        html_open(all->page, "li");
        story_view_link(all->page, path, story->headline);
        html_text(all->page, times);
        html_close(all->page, "li");
    }
    return true;
}

static bool write_place(WithholdPlace place, const char *what, void *data, GError **error)
{
    static const char *const ids[WITHHOLD_PLACES] = {
        [WITHHOLD_PICTURE] = "office_withhold_picture",
        [WITHHOLD_SECTION] = "office_withhold_section",
        [WITHHOLD_AUTHOR] = "office_withhold_author",
        [WITHHOLD_TOPIC] = "office_withhold_topic",
        [WITHHOLD_SETTING] = "office_withhold_setting",
        [WITHHOLD_BREAKING] = "office_withhold_breaking",
    };
    Page *all = data;
    if (++all->places <= SHOWN_MOST) {
        g_autofree char *text = g_strdup_printf("%s: %s", say(all, ids[place]), what);
        html_element(all->page, "li", text);
    }
    return true;
}

static void write_count(const Page *all, const WithholdLook *look)
{
    g_autofree char *count =
        g_strdup_printf("%s %u (× %u). %s %u.", say(all, "office_withhold_stories"), all->stories,
                        all->times, say(all, "office_withhold_places"), all->places);
    html_element(all->page, "p", count);
    if (look->more) {
        g_autofree char *part =
            g_strdup_printf("%s %" PRId64, say(all, "office_withhold_looked_until"), look->after);
        html_element(all->page, "p", part);
    }
}

static void carry(const Page *all)
{
    static const char *const names[] = {"names", "instead"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        office_hidden(all->page, names[i], office_field(all->visit, names[i]));
    }
}

static void write_further(const Page *all, const WithholdLook *look)
{
    g_autofree char *after = g_strdup_printf("%" PRId64, look->after);
    if (look->more) {
        office_form(all->page, all->visit, "/erasures/name/look");
        carry(all);
        office_hidden(all->page, "after", after);
        office_button(all->page, say(all, "office_withhold_further"), NULL);
        html_close(all->page, "form");
    }
}

static void write_order(const Page *all)
{
    html_element(all->page, "h2", say(all, "office_withhold_order"));
    html_element(all->page, "p", say(all, "office_withhold_warning"));
    office_form(all->page, all->visit, "/erasures/name");
    carry(all);
    office_once(all->page, all->visit);
    erasure_office_reason(all->page, all->visit);
    erasure_office_confirm(all->page, all->visit, say(all, "office_withhold_confirm"),
                           "office_withhold_do");
    html_close(all->page, "form");
}

/* Stories above the field "after", then what is not a story (on the first page only). */
static bool write_where(Page *all, WithholdLook *look, GError **error)
{
    bool first = look->after == 0;
    html_element(all->page, "h2", say(all, "office_withhold_where"));
    html_open(all->page, "ul");
    html_attribute(all->page, "id", "where");
    if (!withhold_look(all->visit->store, &all->how, look, write_story, all, error) ||
        (first && !withhold_places(all->visit->store, &all->how, write_place, all, error))) {
        return false;
    }
    html_close(all->page, "ul");
    write_count(all, look);
    write_further(all, look);
    return true;
}

static HttpReply *show_problem(Page *all, const GError *reason)
{
    g_clear_pointer(&all->page, html_writer_free);
    all->status = office_status(reason);
    all->problem = office_reason(all->visit, reason);
    return all->status == 422 || all->status == 409 ? show_form(all)
                                                    : office_failed(all->visit, reason);
}

static HttpReply *show_where(Page *all)
{
    g_autoptr(GError) reason = NULL;
    WithholdLook look = {.most = LOOK_MOST};
    gint64 after = 0;
    if (g_ascii_string_to_signed(office_field(all->visit, "after"), 10, 0, G_MAXINT64, &after,
                                 NULL)) {
        look.after = after;
    }
    begin(all);
    if (!write_where(all, &look, &reason)) {
        return show_problem(all, reason);
    }
    write_order(all);
    html_element(all->page, "h2", say(all, "office_withhold_change"));
    write_form(all);
    return office_page_done(all->visit, g_steal_pointer(&all->page), all->status);
}

static HttpReply *answer_look(OfficeVisit *visit)
{
    g_auto(Page) all = {.visit = visit, .status = 200};
    take_form(&all);
    return show_where(&all);
}

/* ---- The order ------------------------------------------------------------------------------- */

static bool order_body(Store *store, void *data, GError **error)
{
    const Page *all = data;
    const OfficeVisit *visit = all->visit;
    bool known = false;
    if (!erasure_known(store, all->how.once, &known, error) || known) {
        return known;
    }
    return withhold_name(store, &all->desk.site, &all->how, visit->now, error) &&
           audit_add(store, visit->person->id, "name.withhold", "", "", visit->now, error);
}

static const char *missing(const Page *all)
{
    g_autofree char *typed = g_strstrip(g_strdup(office_field(all->visit, "confirm")));
    g_autofree char *reason = g_strstrip(g_strdup(all->how.reason));
    if (all->how.once == NULL) {
        return "office_erasure_stale";
    }
    if (*reason == '\0') {
        return "office_erasure_no_reason";
    }
    return g_strcmp0(all->spellings[0], typed) != 0 ? "office_withhold_not_confirmed" : NULL;
}

static HttpReply *answer_order(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Page) all = {.visit = visit, .status = 422};
    take_form(&all);
    const char *lacks = missing(&all);
    if (lacks != NULL) {
        all.problem = office_text(visit, lacks);
        return show_where(&all);
    }
    if (story_desk_open(visit->store, &all.desk, &reason) &&
        store_transact(visit->store, order_body, &all, &reason)) {
        return office_see_other(visit, "/erasures?done=ordered");
    }
    return show_problem(&all, reason);
}

const OfficeRoute withhold_office[] = {
    {.name = "withhold",
     .method = HTTP_GET,
     .path = "/erasures/name",
     .permission = PERMISSION_TAKE_DOWN,
     .answer = answer_form,
     .help = "the form for withholding a name"},
    {.name = "withhold-look",
     .method = HTTP_POST,
     .path = "/erasures/name/look",
     .permission = PERMISSION_TAKE_DOWN,
     .answer = answer_look,
     .body_most = OFFICE_FORM,
     .help = "where a name stands; changes nothing"},
    {.name = "withhold-order",
     .method = HTTP_POST,
     .path = "/erasures/name",
     .permission = PERMISSION_TAKE_DOWN,
     .answer = answer_order,
     .body_most = OFFICE_FORM,
     .help = "withholds a name everywhere"},
    {.name = NULL},
};
