/* Redirects in the office: what stands at addresses where no page is. Which may be there is
 * redirect.h's. */
#include "desk/redirect_office.h"

#include "base/error.h"
#include "desk/paper_work.h"
#include "desk/redirect.h"
#include "desk/story_view_private.h"
#include "office/frame.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN 50u /* on a page */

static const char *say(const PaperWork *work, const char *id)
{
    return paper_work_say(work, id);
}

/* An address as somebody copied it: without the paper's own scheme and host, and the slash. */
static const char *path_of(const PaperWork *work, const char *text)
{
    size_t length = strlen(work->desk.url);
    if (length > 0 && strncmp(text, work->desk.url, length) == 0 &&
        (text[length] == '/' || text[length] == '\0')) {
        text += length;
    }
    return text + strspn(text, "/");
}

/* ---- The list ------------------------------------------------------------------------------- */

static void write_search(HtmlWriter *page, const PaperWork *work)
{
    html_open(page, "form");
    html_attribute(page, "method", "get");
    html_attribute(page, "action", "/redirects");
    html_attribute(page, "role", "search");
    html_attribute(page, "class", "search");
    html_open(page, "label");
    html_text(page, say(work, "office_redirect_from_search"));
    html_open(page, "input");
    html_attribute(page, "type", "search");
    html_attribute(page, "name", "path");
    html_attribute(page, "value", office_asked(work->visit, "path"));
    html_close(page, "label");
    office_button(page, say(work, "office_search"), NULL);
    html_close(page, "form");
}

static void write_target(HtmlWriter *page, const PaperWork *work, const Redirect *redirect)
{
    html_open(page, "td");
    if (redirect->status != 301) {
        office_state(page, "withdrawn", say(work, "office_redirect_gone"));
    } else if (redirect->story != 0) {
        g_autofree char *path = g_strdup_printf("/stories/%" PRId64, redirect->story);
        story_view_link(page, path, redirect->target);
    } else {
        html_text(page, redirect->target);
    }
    html_close(page, "td");
}

static void write_row(HtmlWriter *page, const PaperWork *work, const Redirect *redirect)
{
    g_autofree char *about =
        g_strdup_printf("%s: %s", say(work, "office_redirect_remove"), redirect->path);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_text(page, redirect->path);
    html_close(page, "th");
    write_target(page, work, redirect);
    html_open(page, "td");
    office_time(page, work->visit, redirect->since, work->desk.site.zone);
    html_close(page, "td");
    html_open(page, "td");
    if (redirect->status == 301) {
        office_form(page, work->visit, "/redirects/remove");
        html_open(page, "button");
        html_attribute(page, "name", "path");
        html_attribute(page, "value", redirect->path);
        html_attribute(page, "aria-label", about);
        html_text(page, say(work, "office_redirect_remove"));
        html_close(page, "button");
        html_close(page, "form");
    }
    html_close(page, "td");
    html_close(page, "tr");
}

/* The redirect of exactly this path first, for the list goes on behind it. *last is where to go on,
 * NULL at the end. */
static GPtrArray *find(const PaperWork *work, const char *from, char **last, GError **error)
{
    g_autoptr(GPtrArray) found = NULL;
    Store *store = work->visit->store;
    if (!redirect_list_after(store, from, work->visit->now, SHOWN, &found, last, error)) {
        return NULL;
    }
    g_autoptr(GError) none = NULL;
    Redirect *exact = *from == '\0' ? NULL : redirect_by_path(store, from, work->visit->now, &none);
    if (exact != NULL) {
        g_ptr_array_insert(found, 0, exact);
    }
    return g_steal_pointer(&found);
}

static void write_list(HtmlWriter *page, const PaperWork *work, const GPtrArray *redirects)
{
    static const char *const heads[] = {"office_redirect_from", "office_redirect_to",
                                        "office_redirect_since", "office_redirect_does", NULL};
    html_open(page, "table");
    office_table_head(page, work->visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < redirects->len; i++) {
        write_row(page, work, redirects->pdata[i]);
    }
    html_close(page, "tbody");
    html_close(page, "table");
}

static void write_add(HtmlWriter *page, const PaperWork *work, bool again)
{
    OfficeInput from = {.label = say(work, "office_redirect_from"),
                        .name = "from",
                        .value = again ? office_field(work->visit, "from") : NULL,
                        .hint = say(work, "office_redirect_from_hint"),
                        .most = 1000,
                        .required = true};
    OfficeInput to = {.label = say(work, "office_redirect_to"),
                      .name = "to",
                      .value = again ? office_field(work->visit, "to") : NULL,
                      .hint = say(work, "office_redirect_to_hint"),
                      .most = 1000,
                      .required = true};
    html_element(page, "h2", say(work, "office_redirect_add"));
    office_form(page, work->visit, "/redirects");
    office_input(page, &from);
    office_input(page, &to);
    office_button(page, say(work, "office_redirect_add_button"), "strong");
    html_close(page, "form");
}

static HttpReply *show(const PaperWork *work, const GError *problem)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *last = NULL;
    const char *from = path_of(work, office_asked(work->visit, "path"));
    g_autoptr(GPtrArray) redirects = find(work, from, &last, &reason);
    if (redirects == NULL) {
        return office_failed(work->visit, reason);
    }
    HtmlWriter *page = paper_work_page(work, say(work, "office_redirects"), problem);
    html_element(page, "p", say(work, "office_redirects_hint"));
    write_add(page, work, problem != NULL);
    html_element(page, "h2", say(work, "office_redirects_all"));
    write_search(page, work);
    if (redirects->len == 0) {
        html_element(page, "p", say(work, "office_redirects_none"));
    } else {
        write_list(page, work, redirects);
    }
    if (last != NULL) {
        g_autofree char *escaped = g_uri_escape_string(last, NULL, FALSE);
        g_autofree char *next = g_strconcat("/redirects?path=", escaped, NULL);
        html_open(page, "p");
        story_view_link(page, next, say(work, "office_topics_more"));
        html_close(page, "p");
    }
    return office_page_done(work->visit, page, problem == NULL ? 200 : office_status(problem));
}

static HttpReply *answer_all(OfficeVisit *visit)
{
    return paper_work_show(visit, show);
}

/* ---- Changes -------------------------------------------------------------------------------- */

static bool note(Store *store, const PaperWork *work, const char *action, const char *path,
                 const char *target, GError **error)
{
    return audit_add(store, work->visit->person->id, action, path, target, work->visit->now, error);
}

static bool add_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    const OfficeVisit *visit = work->visit;
    const char *from = path_of(work, office_field(visit, "from"));
    const char *to = office_field(visit, "to");
    return redirect_add(store, &work->desk.site, from, 0, to, visit->now, error) &&
           note(store, work, "redirect.add", from, to, error);
}

static HttpReply *answer_add(OfficeVisit *visit)
{
    return paper_work_change(visit, add_body, "/redirects", show);
}

static bool remove_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    const char *path = office_field(work->visit, "path");
    return redirect_remove(store, path, work->visit->now, error) &&
           note(store, work, "redirect.remove", path, "", error);
}

static HttpReply *answer_remove(OfficeVisit *visit)
{
    return paper_work_change(visit, remove_body, "/redirects", show);
}

const OfficeRoute redirect_office[] = {
    {.name = "redirect-list",
     .method = HTTP_GET,
     .path = "/redirects",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_all,
     .paper = "office_redirects",
     .help = "addresses that lead on, by path"},
    {.name = "redirect-add",
     .method = HTTP_POST,
     .path = "/redirects",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_add,
     .body_most = OFFICE_FORM,
     .help = "lets an address lead on"},
    {.name = "redirect-remove",
     .method = HTTP_POST,
     .path = "/redirects/remove",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_remove,
     .body_most = OFFICE_FORM,
     .help = "an address leads nowhere any more"},
    {.name = NULL},
};
