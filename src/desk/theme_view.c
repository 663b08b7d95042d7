/* The list of the theme's files and the editor of one: theme_view.h. What is looked at is
 * theme_view_look.c. */
#include "desk/theme_view.h"

#include "desk/story_view_private.h"
#include "office/area.h"
#include "office/reason.h"

#include <string.h>

/* ---- The list ------------------------------------------------------------------------------- */

typedef enum { GROUP_OWN, GROUP_PAGES, GROUP_STYLES, GROUP_DOOR, GROUP_MAILS, GROUPS } Group;

static Group group_of(const ThemeFile *file)
{
    return file->own                                    ? GROUP_OWN
           : !g_str_has_suffix(file->name, ".mustache") ? GROUP_STYLES
           : g_str_has_prefix(file->name, "door")       ? GROUP_DOOR
           : g_str_has_prefix(file->name, "mail")       ? GROUP_MAILS
                                                        : GROUP_PAGES;
}

static bool has_draft(const GPtrArray *drafts, const char *name)
{
    for (guint i = 0; i < drafts->len; i++) {
        if (strcmp(drafts->pdata[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void write_file(HtmlWriter *page, const OfficeVisit *visit, const ThemeFile *file,
                       bool draft)
{
    g_autofree char *path = g_strconcat("/theme/", file->name, NULL);
    g_autofree char *size = office_size(visit, (int64_t)file->bytes);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "dir", "ltr");
    story_view_link(page, path, file->name);
    html_close(page, "th");
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, "office_theme_size"));
    html_text(page, size);
    html_close(page, "td");
    html_open(page, "td");
    html_text(page, office_text(visit, file->problem != NULL ? "office_theme_aside"
                                       : !file->own          ? "office_theme_program"
                                       : file->built_in      ? "office_theme_instead"
                                                             : "office_theme_more"));
    if (draft) {
        html_text(page, " · ");
        html_text(page, office_text(visit, "office_theme_draft"));
    }
    if (file->problem != NULL) {
        html_element(page, "small", file->problem);
    }
    html_close(page, "td");
    html_close(page, "tr");
}

static void write_group(HtmlWriter *page, const OfficeVisit *visit, const GPtrArray *files,
                        const GPtrArray *drafts, Group group)
{
    static const char *const titles[] = {"office_theme_own", "office_theme_pages",
                                         "office_theme_styles", "office_theme_door",
                                         "office_theme_mails"};
    static const char *const heads[] = {"office_theme_file", "office_theme_size",
                                        "office_theme_state", NULL};
    bool begun = false;
    for (guint i = 0; i < files->len; i++) {
        const ThemeFile *file = files->pdata[i];
        if (group_of(file) != group) {
            continue;
        }
        if (!begun) {
            html_element(page, "h2", office_text(visit, titles[group]));
            html_open(page, "table");
            html_attribute(page, "class", "theme-files");
            office_table_head(page, visit, heads);
            html_open(page, "tbody");
            begun = true;
        }
        write_file(page, visit, file, has_draft(drafts, file->name));
    }
    if (begun) {
        html_close(page, "tbody");
        html_close(page, "table");
    } else if (group == GROUP_OWN) {
        html_element(page, "h2", office_text(visit, titles[group]));
        html_element(page, "p", office_text(visit, "office_theme_none"));
    }
}

/* A form that only leads to the editor of that name. */
static void write_new(HtmlWriter *page, const OfficeVisit *visit)
{
    OfficeInput name = {.label = office_text(visit, "office_theme_new_name"),
                        .name = "file",
                        .hint = office_text(visit, "office_theme_new_hint"),
                        .most = 80,
                        .required = true};
    html_element(page, "h2", office_text(visit, "office_theme_new"));
    html_open(page, "form");
    html_attribute(page, "method", "get");
    html_attribute(page, "action", "/theme");
    office_input(page, &name);
    office_button(page, office_text(visit, "office_theme_new_button"), NULL);
    html_close(page, "form");
}

HttpReply *theme_view_list(OfficeVisit *visit, GPtrArray *files, GPtrArray *drafts)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_theme"));
    office_style(page, "theme.css");
    if (strcmp(office_asked(visit, "done"), "reset") == 0) {
        office_done(page, office_text(visit, "office_theme_was_reset"));
    }
    html_element(page, "p", office_text(visit, "office_theme_what"));
    for (Group group = GROUP_OWN; group < GROUPS; group++) {
        write_group(page, visit, files, drafts, group);
    }
    write_new(page, visit);
    return office_page_done(visit, page, 200);
}

/* ---- The editor ----------------------------------------------------------------------------- */

static void write_act(HtmlWriter *page, const OfficeVisit *visit, const char *act, const char *id,
                      const char *style)
{
    html_open(page, "button");
    html_attribute(page, "name", "act");
    html_attribute(page, "value", act);
    html_attribute(page, "class", style);
    html_text(page, office_text(visit, id));
    html_close(page, "button");
    html_text(page, " ");
}

static const char *data_of(GBytes *bytes)
{
    size_t length = 0;
    return bytes == NULL ? "" : g_bytes_get_data(bytes, &length);
}

/* A GBytes of a file ends with a NUL that is not counted only if it was read; copy to be sure. */
static char *text_of(GBytes *bytes)
{
    return g_strndup(data_of(bytes), bytes == NULL ? 0 : g_bytes_get_size(bytes));
}

static void write_form(HtmlWriter *page, const ThemeWork *work, bool again)
{
    const OfficeVisit *visit = work->visit;
    g_autofree char *action = g_strconcat("/theme/", work->held.name, NULL);
    g_autofree char *stored =
        text_of(work->held.own != NULL ? work->held.own : work->held.built_in);
    const char *text = again                 ? office_field(visit, "text")
                       : work->draft != NULL ? work->draft->body
                                             : stored;
    office_form(page, visit, action);
    office_hidden(page, "seen",
                  !again && work->draft != NULL ? work->draft->seen : work->held.mark);
    office_area(page, &(OfficeArea){.label = office_text(visit, "office_theme_text"),
                                    .name = "text",
                                    .value = text,
                                    .language = "en",
                                    .rows = 28,
                                    .code = true});
    html_open(page, "p");
    html_attribute(page, "class", "acts");
    if (office_options(visit->office)->trial_pages != NULL) {
        write_act(page, visit, "look", "office_theme_look", NULL);
    }
    write_act(page, visit, "save", "office_theme_save", "strong");
    html_close(page, "p");
    html_close(page, "form");
}

/* What else can be done with the file. */
static void write_more(HtmlWriter *page, const ThemeWork *work)
{
    const OfficeVisit *visit = work->visit;
    g_autofree char *drop = g_strconcat("/theme/", work->held.name, "/drop", NULL);
    g_autofree char *reset = g_strconcat("/theme/", work->held.name, "/reset", NULL);
    if (work->draft != NULL) {
        office_button_form(page, visit, drop, NULL, NULL, office_text(visit, "office_theme_drop"),
                           NULL);
    }
    if (work->held.own != NULL) {
        office_button_form(page, visit, reset, "seen", work->held.mark,
                           office_text(visit, work->held.built_in != NULL ? "office_theme_reset"
                                                                          : "office_theme_remove"),
                           "danger");
    }
}

static void write_other(HtmlWriter *page, const OfficeVisit *visit, GBytes *bytes, const char *id)
{
    g_autofree char *text = text_of(bytes);
    html_open(page, "details");
    html_element(page, "summary", office_text(visit, id));
    html_open(page, "pre");
    html_attribute(page, "class", "code");
    html_attribute(page, "dir", "ltr");
    html_attribute(page, "tabindex", "0");
    html_text(page, text);
    html_close(page, "pre");
    html_close(page, "details");
}

static void write_state(HtmlWriter *page, const ThemeWork *work)
{
    const OfficeVisit *visit = work->visit;
    html_element(page, "p",
                 office_text(visit, work->held.own == NULL && work->held.built_in == NULL
                                        ? "office_theme_is_new"
                                    : work->held.own == NULL      ? "office_theme_is_program"
                                    : work->held.built_in == NULL ? "office_theme_is_more"
                                                                  : "office_theme_is_instead"));
    if (work->draft != NULL) {
        html_element(page, "p", office_text(visit, "office_theme_has_draft"));
    }
}

HttpReply *theme_view_editor(const ThemeWork *work, const GError *problem)
{
    OfficeVisit *visit = work->visit;
    bool again = problem != NULL && *office_field(visit, "seen") != '\0' &&
                 visit->request->method == HTTP_POST && fields_get(visit->fields, "text") != NULL;
    HtmlWriter *page = office_page(visit, work->held.name);
    office_style(page, "theme.css");
    office_link_line(page, "/theme", office_text(visit, "office_theme"));
    if (problem != NULL) {
        office_problem(page, office_reason(work->visit, problem));
    } else if (strcmp(office_asked(visit, "done"), "saved") == 0) {
        office_done(page, office_text(visit, "office_theme_saved"));
    } else if (strcmp(office_asked(visit, "done"), "dropped") == 0) {
        office_done(page, office_text(visit, "office_theme_dropped"));
    }
    write_state(page, work);
    if (theme_edit_is_text(work->held.name)) {
        write_form(page, work, again);
    }
    write_more(page, work);
    if (work->held.own != NULL && (again || work->draft != NULL)) {
        write_other(page, visit, work->held.own, "office_theme_own_text");
    }
    if (theme_edit_is_text(work->held.name) && work->held.built_in != NULL &&
        (work->held.own != NULL || again || work->draft != NULL)) {
        write_other(page, visit, work->held.built_in, "office_theme_program_text");
    }
    return office_page_done(visit, page, problem == NULL ? 200 : office_status(problem));
}
