/* The paper's own pages in the office: page_office.h. Their order is page_list.h's. */
#include "desk/page_office.h"

#include "base/error.h"
#include "desk/import.h"
#include "desk/language_choice.h"
#include "desk/page_list.h"
#include "desk/paper_work.h"
#include "desk/story_view_private.h"
#include "desk/task.h"
#include "office/frame.h"

#include <inttypes.h>
#include <string.h>

/* ---- The list ------------------------------------------------------------------------------- */

static void write_moves(HtmlWriter *page, const PaperWork *work, const PageRow *row, unsigned place,
                        unsigned last)
{
    g_autofree char *action = g_strdup_printf("/pages/%" PRId64 "/move", row->id);
    html_open(page, "td");
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    paper_work_moves(page, work, row->headline, place, last);
    paper_work_button(page, work, row->headline, "hidden", row->hidden ? "0" : "1",
                      row->hidden ? "office_pages_show" : "office_pages_hide");
    html_close(page, "form");
    html_close(page, "td");
}

static void write_row(HtmlWriter *page, const PaperWork *work, const PageRow *row, unsigned place,
                      unsigned last)
{
    g_autofree char *address = g_strdup_printf("/stories/%" PRId64, row->id);
    bool out = row->state == STORY_PUBLISHED;
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "lang", work->language);
    story_view_headline(page, address, row->headline);
    html_close(page, "th");
    html_open(page, "td");
    story_view_state(page, work->visit, row->state);
    html_close(page, "td");
    html_open(page, "td");
    if (row->path != NULL && out) {
        g_autofree char *url = g_strconcat(work->desk.url, "/", row->path, NULL);
        story_view_link(page, url, row->path);
    } else {
        html_text(page, "–");
    }
    html_close(page, "td");
    html_element(page, "td",
                 paper_work_say(work, row->hidden ? "office_pages_hidden"
                                      : out       ? "office_pages_foot"
                                                  : "office_pages_later"));
    write_moves(page, work, row, place, last);
    html_close(page, "tr");
}

static void write_add(HtmlWriter *page, const PaperWork *work)
{
    OfficeInput title = {.label = paper_work_say(work, "office_title"),
                         .name = "title",
                         .value = office_field(work->visit, "title"),
                         .most = 200,
                         .required = true};
    html_element(page, "h2", paper_work_say(work, "office_pages_add"));
    office_form(page, work->visit, "/pages");
    office_hidden(page, "language", work->language);
    office_input(page, &title);
    office_button(page, paper_work_say(work, "office_pages_add_button"), "strong");
    html_close(page, "form");
}

static HttpReply *show_all(const PaperWork *work, const GError *problem)
{
    static const char *const heads[] = {"office_title",         "office_state",
                                        "office_pages_address", "office_section_where",
                                        "office_section_order", NULL};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) pages = page_list(work->visit->store, work->language, &reason);
    if (pages == NULL) {
        return office_failed(work->visit, reason);
    }
    HtmlWriter *page = paper_work_page(work, paper_work_say(work, "office_pages"), problem);
    language_choice_write(page, work->visit, &work->desk, work->language, "/pages");
    html_element(page, "p", paper_work_say(work, "office_pages_hint"));
    if (pages->len > 0) {
        html_open(page, "table");
        office_table_head(page, work->visit, heads);
        html_open(page, "tbody");
        for (guint i = 0; i < pages->len; i++) {
            write_row(page, work, pages->pdata[i], i + 1, pages->len);
        }
        html_close(page, "tbody");
        html_close(page, "table");
    }
    write_add(page, work);
    return office_page_done(work->visit, page, problem == NULL ? 200 : office_status(problem));
}

static HttpReply *answer_all(OfficeVisit *visit)
{
    return paper_work_show(visit, show_all);
}

/* ---- Changes -------------------------------------------------------------------------------- */

/* The order, or, with "hidden", whether the foot names it. */
static bool move_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    const char *hidden = office_field(work->visit, "hidden"), *to = office_field(work->visit, "to");
    int64_t id = 0, place = 0;
    if (!office_part_number(work->visit, 0, &id)) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such page");
    }
    if (*hidden != '\0') {
        bool hides = strcmp(hidden, "1") == 0;
        return page_hide(store, work->language, id, hides, error) &&
               paper_work_note(store, work, hides ? "page.hide" : "page.show", work->slug, "",
                               error);
    }
    return (g_ascii_string_to_signed(to, 10, 1, 10000, &place, NULL) ||
            fail(error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is no place", to)) &&
           page_move(store, work->language, id, place, error) &&
           paper_work_note(store, work, "page.move", work->slug, to, error);
}

static HttpReply *answer_move(OfficeVisit *visit)
{
    return paper_work_change(visit, move_body, "/pages", show_all);
}

static bool create(const PaperWork *work, int64_t *id, GError **error)
{
    g_auto(StoryPut) put = {0};
    g_autoptr(StoryInput) input = story_input_new();
    const char *const fields[][2] = {{"title", office_field(work->visit, "title")},
                                     {"language", work->language},
                                     {"kind", "page"},
                                     {"status", "draft"}};
    for (unsigned i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (!story_input_set(input, fields[i][0], fields[i][1], strlen(fields[i][1]), error)) {
            return false;
        }
    }
    if (!story_put(work->visit->store, &work->desk.site, input, 0, work->visit->now, &put, error)) {
        return false;
    }
    *id = put.id;
    return task_begun(work->visit->store, put.id, work->visit->person->id, error);
}

static HttpReply *answer_create(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(PaperWork) work = {0};
    int64_t id = 0;
    if (!paper_work_open(&work, visit, &reason)) {
        return office_failed(visit, reason);
    }
    if (!create(&work, &id, &reason)) {
        return show_all(&work, reason);
    }
    g_autofree char *address = g_strdup_printf("/stories/%" PRId64, id);
    return office_see_other(visit, address);
}

const OfficeRoute page_office[] = {
    {.name = "page-list",
     .method = HTTP_GET,
     .path = "/pages",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_all,
     .paper = "office_pages",
     .help = "the paper's own pages in the order of its foot"},
    {.name = "page-create",
     .method = HTTP_POST,
     .path = "/pages",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_create,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "begins a page"},
    {.name = "page-move",
     .method = HTTP_POST,
     .path = "/pages/:id/move",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_move,
     .body_most = OFFICE_FORM,
     .help = "another place in the foot, or none"},
    {.name = NULL},
};
