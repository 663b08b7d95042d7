/* Work on what makes the paper: paper_work.h. What is changed is the nouns' own. */
#include "desk/paper_work.h"

#include "desk/language_choice.h"
#include "office/asset.h"
#include "office/frame.h"
#include "office/reason.h"
#include "staff/audit.h"

bool paper_work_open(PaperWork *work, OfficeVisit *visit, GError **error)
{
    work->visit = visit;
    work->slug = office_part(visit, 0);
    if (!story_desk_open(visit->store, &work->desk, error)) {
        return false;
    }
    work->language = language_choice(visit, &work->desk, error);
    return work->language != NULL;
}

void paper_work_clear(PaperWork *work)
{
    story_desk_clear(&work->desk);
    g_free(work->slug);
}

const char *paper_work_say(const PaperWork *work, const char *id)
{
    return office_text(work->visit, id);
}

HtmlWriter *paper_work_page(const PaperWork *work, const char *title, const GError *problem)
{
    HtmlWriter *page = office_page(work->visit, title);
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("front.css"));
    if (problem != NULL) {
        office_problem(page, office_reason(work->visit, problem));
    } else if (*office_asked(work->visit, "done") != '\0') {
        office_done(page, paper_work_say(work, "office_front_done"));
    }
    return page;
}

void paper_work_button(HtmlWriter *page, const PaperWork *work, const char *of, const char *name,
                       const char *value, const char *id)
{
    g_autofree char *about = g_strdup_printf("%s: %s", paper_work_say(work, id), of);
    html_open(page, "button");
    html_attribute(page, "name", name);
    html_attribute(page, "value", value);
    html_attribute(page, "aria-label", about);
    html_text(page, paper_work_say(work, id));
    html_close(page, "button");
}

void paper_work_moves(HtmlWriter *page, const PaperWork *work, const char *of, unsigned place,
                      unsigned last)
{
    g_autofree char *up = g_strdup_printf("%u", place - 1);
    g_autofree char *down = g_strdup_printf("%u", place + 1);
    if (place > 1) {
        paper_work_button(page, work, of, "to", up, "office_front_up");
    }
    if (place < last) {
        paper_work_button(page, work, of, "to", down, "office_front_down");
    }
}

void paper_work_text(HtmlWriter *page, const PaperWork *work, const char *value)
{
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", "about");
    html_text(page, paper_work_say(work, "office_about_it"));
    html_close(page, "label");
    html_open(page, "textarea");
    html_attribute(page, "id", "about");
    html_attribute(page, "name", "about");
    html_attribute(page, "rows", "4");
    html_attribute(page, "maxlength", "4000");
    html_attribute(page, "lang", work->language);
    html_text(page, value);
    html_close(page, "textarea");
    html_close(page, "p");
}

bool paper_work_note(Store *store, const PaperWork *work, const char *action, const char *slug,
                     const char *detail, GError **error)
{
    g_autofree char *subject = g_strdup_printf("%s/%s", work->language, slug);
    return audit_add(store, work->visit->person->id, action, subject, detail, work->visit->now,
                     error);
}

HttpReply *paper_work_change(OfficeVisit *visit, StoreBody body, const char *path, PaperShow show)
{
    g_autoptr(GError) reason = NULL;
    g_auto(PaperWork) work = {0};
    if (!paper_work_open(&work, visit, &reason)) {
        return office_failed(visit, reason);
    }
    if (!store_transact(visit->store, body, &work, &reason)) {
        return show(&work, reason);
    }
    g_autofree char *address = g_strdup_printf("%s?language=%s&done=1", path, work.language);
    return office_see_other(visit, address);
}

HttpReply *paper_work_show(OfficeVisit *visit, PaperShow show)
{
    g_autoptr(GError) reason = NULL;
    g_auto(PaperWork) work = {0};
    return paper_work_open(&work, visit, &reason) ? show(&work, NULL)
                                                  : office_failed(visit, reason);
}
