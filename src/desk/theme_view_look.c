/* What a draft of the theme is looked at on, in a frame, with the ways to others: theme_view.h. */
#include "desk/theme_sample.h"
#include "desk/theme_view.h"
#include "office/area.h"
#include "office/reason.h"

#include <string.h>

static void write_way(HtmlWriter *page, const char *address, const char *text, bool here)
{
    html_open(page, "a");
    html_url_attribute(page, "href", address);
    html_attribute(page, "aria-current", here ? "true" : NULL);
    html_text(page, text);
    html_close(page, "a");
    html_text(page, " ");
}

static char *address_of(const ThemeLook *look, const char *language, const char *kind, bool narrow)
{
    return g_strdup_printf("/theme/%s/look?language=%s&page=%s%s", look->work->held.name, language,
                           kind, narrow ? "&width=390" : "");
}

static void open_ways(HtmlWriter *page, const OfficeVisit *visit, const char *id)
{
    html_open(page, "nav");
    html_attribute(page, "class", "preview-ways");
    html_attribute(page, "aria-label", office_text(visit, id));
}

/* "Story"; "mail-gift-receipt · monthly". Caller frees. */
static char *kind_label(const OfficeVisit *visit, const ThemeSample *sample)
{
    if (sample->group == THEME_PAGES) {
        g_autofree char *id = g_strconcat("office_theme_page_", sample->kind, NULL);
        return g_strdup(office_text(visit, g_strdelimit(id, "-.", '_')));
    }
    const char *which = theme_sample_case(sample);
    g_autofree char *id = which == NULL ? NULL : g_strconcat("office_theme_case_", which, NULL);
    return id == NULL ? g_strdup(sample->template)
                      : g_strconcat(sample->template, " · ", office_text(visit, id), NULL);
}

static void write_group_kinds(HtmlWriter *page, const ThemeLook *look, ThemeGroup group)
{
    static const char *const titles[] = {"office_theme_page", "office_theme_mails",
                                         "office_theme_door"};
    const OfficeVisit *visit = look->work->visit;
    const Theme *theme = office_options(visit->office)->trial;
    open_ways(page, visit, titles[group]);
    for (const ThemeSample *sample = theme_samples; sample->kind != NULL; sample++) {
        if (sample->group != group) {
            continue;
        }
        g_autofree char *address = address_of(look, look->language, sample->kind, look->narrow);
        g_autofree char *label = kind_label(visit, sample);
        g_autofree char *marked = g_strconcat(label, " *", NULL);
        bool uses = theme_sample_uses(theme, sample, look->work->held.name);
        write_way(page, address, uses ? marked : label, strcmp(sample->kind, look->kind) == 0);
    }
    html_close(page, "nav");
}

/* The groups of which any uses the file, and the one that is looked at. */
static void write_kinds(HtmlWriter *page, const ThemeLook *look)
{
    const OfficeVisit *visit = look->work->visit;
    const Theme *theme = office_options(visit->office)->trial;
    const ThemeSample *now = theme_sample_find(look->kind);
    bool wanted[THEME_GROUPS] = {false};
    wanted[now == NULL ? THEME_PAGES : now->group] = true;
    for (const ThemeSample *sample = theme_samples; sample->kind != NULL; sample++) {
        wanted[sample->group] |= theme_sample_uses(theme, sample, look->work->held.name);
    }
    for (ThemeGroup group = THEME_PAGES; group < THEME_GROUPS; group++) {
        if (wanted[group]) {
            write_group_kinds(page, look, group);
        }
    }
    html_element(page, "small", office_text(visit, "office_theme_page_star"));
    if (now != NULL && now->group != THEME_PAGES) {
        html_element(page, "p", office_text(visit, "office_theme_example"));
    }
}

static void write_widths(HtmlWriter *page, const ThemeLook *look)
{
    const OfficeVisit *visit = look->work->visit;
    g_autofree char *wide = address_of(look, look->language, look->kind, false);
    g_autofree char *phone = address_of(look, look->language, look->kind, true);
    open_ways(page, visit, "office_preview");
    for (char **each = look->desk->languages; look->desk->languages[1] != NULL && *each != NULL;
         each++) {
        g_autofree char *address = address_of(look, *each, look->kind, look->narrow);
        write_way(page, address, *each, strcmp(*each, look->language) == 0);
    }
    write_way(page, wide, office_text(visit, "office_preview_full"), !look->narrow);
    write_way(page, phone, office_text(visit, "office_preview_phone"), look->narrow);
    html_close(page, "nav");
}

static void write_frame(HtmlWriter *page, const ThemeLook *look)
{
    g_autofree char *source =
        g_strdup_printf("/theme/%s/page/%s/%s", look->work->held.name, look->language, look->kind);
    html_open(page, "iframe");
    html_attribute(page, "class", look->narrow ? "preview phone" : "preview");
    html_attribute(page, "title", office_text(look->work->visit, "office_preview_title"));
    html_attribute(page, "sandbox",
                   "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    html_attribute(page, "referrerpolicy", "no-referrer");
    html_url_attribute(page, "src", source);
    html_close(page, "iframe");
}

HttpReply *theme_view_look(const ThemeLook *look, const GError *problem)
{
    OfficeVisit *visit = look->work->visit;
    const ThemeWork *work = look->work;
    g_autofree char *back = g_strconcat("/theme/", work->held.name, NULL);
    HtmlWriter *page = office_page(visit, work->held.name);
    office_style(page, "preview.css");
    office_link_line(page, back, office_text(visit, "office_theme_back"));
    html_element(page, "p",
                 office_text(visit, work->draft != NULL ? "office_theme_look_draft"
                                                        : "office_theme_look_now"));
    if (work->draft != NULL) {
        office_button_form(page, visit, back, "act", "use", office_text(visit, "office_theme_save"),
                           "strong");
    }
    write_kinds(page, look);
    write_widths(page, look);
    if (problem != NULL) {
        office_problem(page, office_reason(look->work->visit, problem));
    } else {
        write_frame(page, look);
    }
    if (problem == NULL && look->text != NULL) {
        html_element(page, "h2", office_text(visit, "office_issue_plain"));
        office_mail_text(page, look->language, look->text);
    }
    return office_page_done(visit, page, problem == NULL ? 200 : office_status(problem));
}
