/* Sections in the office: their order, which is the menu's, names and texts. What a change touches
 * is section.h's. A section keeps its slug: its addresses are in readers' hands. */
#include "desk/section_office.h"

#include "base/error.h"
#include "desk/language_choice.h"
#include "desk/section.h"
#include "desk/story_count.h"
#include "desk/story_view_private.h"
#include "office/asset.h"
#include "office/frame.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    const char *language;
    char *slug; /* of the address, or NULL */
} Work;

static void work_clear(Work *work)
{
    story_desk_clear(&work->desk);
    g_free(work->slug);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static bool work_open(Work *work, OfficeVisit *visit, GError **error)
{
    work->visit = visit;
    work->slug = office_part(visit, 0);
    if (!story_desk_open(visit->store, &work->desk, error)) {
        return false;
    }
    work->language = language_choice(visit, &work->desk, error);
    return work->language != NULL;
}

static const char *say(const Work *work, const char *id)
{
    return office_text(work->visit, id);
}

static HtmlWriter *begin(const Work *work, const char *title, const char *problem)
{
    HtmlWriter *page = office_page(work->visit, title);
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("front.css"));
    if (problem != NULL) {
        office_problem(page, problem);
    } else if (*office_asked(work->visit, "done") != '\0') {
        office_done(page, say(work, "office_front_done"));
    }
    return page;
}

/* ---- The list ------------------------------------------------------------------------------- */

static void write_moves(HtmlWriter *page, const Work *work, const Section *section, unsigned place,
                        unsigned last)
{
    static const char *const ways[] = {"office_front_up", "office_front_down"};
    g_autofree char *action = g_strdup_printf("/sections/%s/move", section->slug);
    html_open(page, "td");
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    for (unsigned i = 0; i < G_N_ELEMENTS(ways); i++) {
        unsigned to = i == 0 ? place - 1 : place + 1;
        g_autofree char *number = g_strdup_printf("%u", to);
        g_autofree char *about = g_strdup_printf("%s: %s", say(work, ways[i]), section->name);
        if (to >= 1 && to <= last) {
            html_open(page, "button");
            html_attribute(page, "name", "to");
            html_attribute(page, "value", number);
            html_attribute(page, "aria-label", about);
            html_text(page, say(work, ways[i]));
            html_close(page, "button");
        }
    }
    html_close(page, "form");
    html_close(page, "td");
}

static bool write_row(HtmlWriter *page, const Work *work, const Section *section, unsigned place,
                      unsigned last, unsigned *shown, GError **error)
{
    g_autofree char *path =
        g_strdup_printf("/sections/%s?language=%s", section->slug, work->language);
    g_autofree char *list = g_strdup_printf("list:section/%s/%s", work->language, section->slug);
    int64_t stories = 0;
    if (!story_count_list(work->visit->store, list, work->visit->now, &stories, error)) {
        return false;
    }
    g_autofree char *count = g_strdup_printf("%" PRId64, stories);
    *shown += section->hidden ? 0 : 1;
    bool in_menu = !section->hidden && *shown <= SECTION_MENU;
    html_open(page, "tr");
    html_attribute(page, "class", in_menu && *shown == SECTION_MENU ? "edge" : NULL);
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "lang", work->language);
    story_view_link(page, path, section->name);
    html_close(page, "th");
    html_element(page, "td", section->slug);
    html_element(page, "td", count);
    html_element(page, "td",
                 say(work, section->hidden ? "office_section_hidden"
                           : in_menu       ? "office_section_menu"
                                           : "office_section_below"));
    write_moves(page, work, section, place, last);
    html_close(page, "tr");
    return true;
}

static void write_add(HtmlWriter *page, const Work *work)
{
    OfficeInput name = {.label = say(work, "office_name"),
                        .name = "name",
                        .value = office_field(work->visit, "name"),
                        .most = 200,
                        .required = true};
    html_element(page, "h2", say(work, "office_section_add"));
    office_form(page, work->visit, "/sections");
    office_hidden(page, "language", work->language);
    office_input(page, &name);
    office_button(page, say(work, "office_section_add_button"), "strong");
    html_close(page, "form");
}

static HttpReply *show_all(const Work *work, const GError *problem)
{
    static const char *const heads[] = {"office_name",          "office_section_slug",
                                        "office_stories",       "office_section_where",
                                        "office_section_order", NULL};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) sections = section_list(work->visit->store, work->language, &reason);
    if (sections == NULL) {
        return office_failed(work->visit, reason);
    }
    HtmlWriter *page =
        begin(work, say(work, "office_sections"), problem == NULL ? NULL : problem->message);
    unsigned shown = 0;
    language_choice_write(page, work->visit, &work->desk, work->language, "/sections");
    html_element(page, "p", say(work, "office_sections_hint"));
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
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {0};
    return work_open(&work, visit, &reason) ? show_all(&work, NULL) : office_failed(visit, reason);
}

/* ---- One ------------------------------------------------------------------------------------ */

static HttpReply *show_one(const Work *work, const GError *problem)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Section) section =
        section_read(work->visit->store, work->language, work->slug, &reason);
    if (section == NULL) {
        return office_failed(work->visit, reason);
    }
    bool again = problem != NULL;
    OfficeInput name = {.label = say(work, "office_name"),
                        .name = "name",
                        .value = again ? office_field(work->visit, "name") : section->name,
                        .most = 200,
                        .required = true};
    g_autofree char *action = g_strdup_printf("/sections/%s", section->slug);
    g_autofree char *back = g_strdup_printf("/sections?language=%s", work->language);
    HtmlWriter *page = begin(work, section->name, again ? problem->message : NULL);
    html_open(page, "p");
    story_view_link(page, back, say(work, "office_sections"));
    html_close(page, "p");
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    office_input(page, &name);
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", "about");
    html_text(page, say(work, "office_about_it"));
    html_close(page, "label");
    html_open(page, "textarea");
    html_attribute(page, "id", "about");
    html_attribute(page, "name", "about");
    html_attribute(page, "rows", "4");
    html_attribute(page, "maxlength", "4000");
    html_attribute(page, "lang", work->language);
    html_text(page, again ? office_field(work->visit, "about") : section->about);
    html_close(page, "textarea");
    html_close(page, "p");
    office_tick(page, say(work, "office_section_hide"), "hidden",
                section->hidden ? "checked" : NULL);
    office_button(page, say(work, "office_save"), "strong");
    html_close(page, "form");
    return office_page_done(work->visit, page, again ? office_status(problem) : 200);
}

static HttpReply *answer_one(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {0};
    return work_open(&work, visit, &reason) ? show_one(&work, NULL) : office_failed(visit, reason);
}

/* ---- Changes -------------------------------------------------------------------------------- */

static bool note(Store *store, const Work *work, const char *action, const char *slug,
                 const char *detail, GError **error)
{
    g_autofree char *subject = g_strdup_printf("%s/%s", work->language, slug);
    return audit_add(store, work->visit->person->id, action, subject, detail, work->visit->now,
                     error);
}

static bool add_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    const char *name = office_field(work->visit, "name");
    g_autofree char *slug = NULL;
    bool created = false;
    if (!section_ensure(store, work->language, name, &slug, &created, error)) {
        return false;
    }
    return created ? note(store, work, "section.add", slug, name, error)
                   : fail(error, KOLOKOL_ERROR_CONFLICT,
                          "there is a section \"%s\" already; change its name", slug);
}

static bool move_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    const char *to = office_field(work->visit, "to");
    int64_t place = 0;
    return (g_ascii_string_to_signed(to, 10, 1, 10000, &place, NULL) ||
            fail(error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is no place", to)) &&
           section_move(store, work->language, work->slug, place, error) &&
           note(store, work, "section.move", work->slug, to, error);
}

static bool save_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    const OfficeVisit *visit = work->visit;
    bool hidden = strcmp(office_field(visit, "hidden"), "1") == 0;
    return section_rename(store, work->language, work->slug, office_field(visit, "name"), error) &&
           section_describe(store, work->language, work->slug, office_field(visit, "about"),
                            error) &&
           section_hide(store, work->language, work->slug, hidden, error) &&
           note(store, work, "section.change", work->slug, hidden ? "hidden" : "", error);
}

static HttpReply *change(OfficeVisit *visit, StoreBody body,
                         HttpReply *(*show)(const Work *, const GError *))
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {0};
    if (!work_open(&work, visit, &reason)) {
        return office_failed(visit, reason);
    }
    if (!store_transact(visit->store, body, &work, &reason)) {
        return show(&work, reason);
    }
    g_autofree char *path = g_strdup_printf("/sections?language=%s&done=1", work.language);
    return office_see_other(visit, path);
}

static HttpReply *answer_add(OfficeVisit *visit)
{
    return change(visit, add_body, show_all);
}

static HttpReply *answer_move(OfficeVisit *visit)
{
    return change(visit, move_body, show_all);
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    return change(visit, save_body, show_one);
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
     .help = "its name, text, and whether the menu has it"},
    {.name = NULL},
};
