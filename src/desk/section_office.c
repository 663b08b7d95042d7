/* Sections in the office: their order, which is the menu's, names and texts. What a change touches
 * is section.h's. A section keeps its slug: its addresses are in readers' hands. */
#include "desk/section_office.h"

#include "base/error.h"
#include "desk/language_choice.h"
#include "desk/paper_work.h"
#include "desk/section.h"
#include "desk/story_count.h"
#include "desk/story_view_private.h"
#include "office/frame.h"
#include "office/seen.h"
#include "seal/hash.h"

#include <inttypes.h>
#include <string.h>

/* ---- The list ------------------------------------------------------------------------------- */

static void write_moves(HtmlWriter *page, const PaperWork *work, const Section *section,
                        unsigned place, unsigned last)
{
    g_autofree char *action = g_strdup_printf("/sections/%s/move", section->slug);
    html_open(page, "td");
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    paper_work_moves(page, work, section->name, place, last);
    html_close(page, "form");
    html_close(page, "td");
}

static bool write_row(HtmlWriter *page, const PaperWork *work, const Section *section,
                      unsigned place, unsigned last, unsigned *shown, GError **error)
{
    g_autofree char *path =
        g_strdup_printf("/sections/%s?language=%s", section->slug, work->language);
    g_autofree char *list = g_strdup_printf("list:section/%s/%s", work->language, section->slug);
    int64_t stories = 0;
    if (!story_count_list(work->visit->store, list, work->visit->now, &stories, error)) {
        return false;
    }
    g_autofree char *count = g_strdup_printf("%" PRId64, stories);
    bool shows = !section->hidden && stories > 0; /* as section_menu() */
    *shown += shows ? 1 : 0;
    bool in_menu = shows && *shown <= SECTION_MENU;
    html_open(page, "tr");
    html_attribute(page, "class", in_menu && *shown == SECTION_MENU ? "edge" : NULL);
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "lang", work->language);
    story_view_link(page, path, section->name);
    html_close(page, "th");
    html_element(page, "td", section->slug);
    html_open(page, "td");
    html_attribute(page, "data-label", paper_work_say(work, "office_stories"));
    html_text(page, count);
    html_close(page, "td");
    html_element(page, "td",
                 paper_work_say(work, section->hidden ? "office_section_hidden"
                                      : stories == 0  ? "office_section_empty"
                                      : in_menu       ? "office_section_menu"
                                                      : "office_section_below"));
    write_moves(page, work, section, place, last);
    html_close(page, "tr");
    return true;
}

static void write_add(HtmlWriter *page, const PaperWork *work)
{
    OfficeInput name = {.label = paper_work_say(work, "office_name"),
                        .name = "name",
                        .value = office_field(work->visit, "name"),
                        .most = 200,
                        .required = true};
    html_element(page, "h2", paper_work_say(work, "office_section_add"));
    office_form(page, work->visit, "/sections");
    office_hidden(page, "language", work->language);
    office_input(page, &name);
    office_button(page, paper_work_say(work, "office_section_add_button"), "strong");
    html_close(page, "form");
}

static HttpReply *show_all(const PaperWork *work, const GError *problem)
{
    static const char *const heads[] = {"office_name",          "office_section_slug",
                                        "office_stories",       "office_section_where",
                                        "office_section_order", NULL};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) sections = section_list(work->visit->store, work->language, &reason);
    if (sections == NULL) {
        return office_failed(work->visit, reason);
    }
    HtmlWriter *page = paper_work_page(work, paper_work_say(work, "office_sections"), problem);
    unsigned shown = 0;
    language_choice_write(page, work->visit, &work->desk, work->language, "/sections");
    html_element(page, "p", paper_work_say(work, "office_sections_hint"));
    if (sections->len > 0) {
        html_open(page, "table");
        office_table_head(page, work->visit, heads);
        html_open(page, "tbody");
        for (guint i = 0; i < sections->len; i++) {
            if (!write_row(page, work, sections->pdata[i], i + 1, sections->len, &shown, &reason)) {
                html_writer_free(page);
                return office_failed(work->visit, reason);
            }
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

/* ---- One ------------------------------------------------------------------------------------ */

static char *mark_of(const Section *section)
{
    return hash_mark(
        (const char *const[]){section->name, section->about, section->hidden ? "1" : "", NULL});
}

static bool hides(const PaperWork *work)
{
    return strcmp(office_field(work->visit, "hidden"), "1") == 0;
}

static void write_differences(HtmlWriter *page, const PaperWork *work, const Section *section)
{
    const SeenField fields[] = {
        {"office_name", office_field(work->visit, "name"), section->name},
        {"office_about_it", office_field(work->visit, "about"), section->about},
        {"office_section_hide", hides(work) ? "✓" : "", section->hidden ? "✓" : ""},
        {NULL},
    };
    seen_differences(page, work->visit, fields);
}

static HttpReply *show_one(const PaperWork *work, const GError *problem)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Section) section =
        section_read(work->visit->store, work->language, work->slug, &reason);
    if (section == NULL) {
        return office_failed(work->visit, reason);
    }
    bool again = problem != NULL;
    OfficeInput name = {.label = paper_work_say(work, "office_name"),
                        .name = "name",
                        .value = again ? office_field(work->visit, "name") : section->name,
                        .most = 200,
                        .required = true};
    g_autofree char *mark = mark_of(section);
    g_autofree char *action = g_strdup_printf("/sections/%s", section->slug);
    g_autofree char *back = g_strdup_printf("/sections?language=%s", work->language);
    HtmlWriter *page = paper_work_page(work, section->name, problem);
    html_open(page, "p");
    story_view_link(page, back, paper_work_say(work, "office_sections"));
    html_close(page, "p");
    if (work->differs) {
        write_differences(page, work, section);
    }
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    seen_write(page, work->visit, mark, work->differs);
    office_input(page, &name);
    paper_work_text(page, work, again ? office_field(work->visit, "about") : section->about);
    office_tick(page, paper_work_say(work, "office_section_hide"), "hidden",
                (again ? hides(work) : section->hidden) ? "checked" : NULL);
    office_button(page, paper_work_say(work, "office_save"), "strong");
    html_close(page, "form");
    return office_page_done(work->visit, page, again ? office_status(problem) : 200);
}

static HttpReply *answer_one(OfficeVisit *visit)
{
    return paper_work_show(visit, show_one);
}

/* ---- Changes -------------------------------------------------------------------------------- */

static bool add_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    const char *name = office_field(work->visit, "name");
    g_autofree char *slug = NULL;
    bool created = false;
    if (!section_ensure(store, work->language, name, &slug, &created, error)) {
        return false;
    }
    return created ? paper_work_note(store, work, "section.add", slug, name, error)
                   : fail(error, KOLOKOL_ERROR_CONFLICT,
                          "there is a section \"%s\" already; change its name", slug);
}

static bool move_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    const char *to = office_field(work->visit, "to");
    int64_t place = 0;
    return (g_ascii_string_to_signed(to, 10, 1, 10000, &place, NULL) ||
            fail(error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is no place", to)) &&
           section_move(store, work->language, work->slug, place, error) &&
           paper_work_note(store, work, "section.move", work->slug, to, error);
}

static bool save_body(Store *store, void *data, GError **error)
{
    PaperWork *work = data;
    const OfficeVisit *visit = work->visit;
    bool hidden = hides(work);
    g_autoptr(Section) section = section_read(store, work->language, work->slug, error);
    if (section == NULL) {
        return false;
    }
    g_autofree char *mark = mark_of(section);
    if (strcmp(section->name, office_field(visit, "name")) == 0 &&
        strcmp(section->about, office_field(visit, "about")) == 0 && section->hidden == hidden) {
        return true;
    }
    work->differs = !seen_match(visit, mark, error);
    return !work->differs &&
           section_rename(store, work->language, work->slug, office_field(visit, "name"), error) &&
           section_describe(store, work->language, work->slug, office_field(visit, "about"),
                            error) &&
           section_hide(store, work->language, work->slug, hidden, error) &&
           paper_work_note(store, work, "section.change", work->slug, hidden ? "hidden" : "",
                           error);
}

static HttpReply *answer_add(OfficeVisit *visit)
{
    return paper_work_change(visit, add_body, "/sections", show_all);
}

static HttpReply *answer_move(OfficeVisit *visit)
{
    return paper_work_change(visit, move_body, "/sections", show_all);
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    return paper_work_change(visit, save_body, "/sections", show_one);
}

const OfficeRoute section_office[] = {
    {.name = "section-list",
     .method = HTTP_GET,
     .path = "/sections",
     .permission = PERMISSION_SETTINGS,
     .answer = answer_all,
     .paper = "office_sections",
     .help = "the sections of a language in the menu's order"},
    {.name = "section-add",
     .method = HTTP_POST,
     .path = "/sections",
     .permission = PERMISSION_SETTINGS,
     .answer = answer_add,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "adds a section"},
    {.name = "section-move",
     .method = HTTP_POST,
     .path = "/sections/:slug/move",
     .permission = PERMISSION_SETTINGS,
     .answer = answer_move,
     .body_most = OFFICE_FORM,
     .help = "another place in the menu"},
    {.name = "section-show",
     .method = HTTP_GET,
     .path = "/sections/:slug",
     .permission = PERMISSION_SETTINGS,
     .answer = answer_one,
     .help = "one section"},
    {.name = "section-save",
     .method = HTTP_POST,
     .path = "/sections/:slug",
     .permission = PERMISSION_SETTINGS,
     .answer = answer_save,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "its name, text, and whether the menu has it"},
    {.name = NULL},
};
