/* Pages of newsletters: newsletter_office.h. What one may say is newsletter.c's. */
#include "mail/newsletter_office.h"

#include "base/error.h"
#include "mail/issue.h"
#include "mail/issue_office.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "office/area.h"
#include "office/reason.h"
#include "office/seen.h"
#include "press/setting.h"
#include "staff/audit.h"
#include "theme/strings.h"

#include <string.h>

#define ISSUES_SHOWN 30u

/* ---- The list ------------------------------------------------------------------------------- */

static bool write_row(HtmlWriter *page, OfficeVisit *visit, const Newsletter *newsletter,
                      GTimeZone *zone, GError **error)
{
    int64_t counts[4];
    if (!subscriber_count(visit->store, newsletter->id, counts, error)) {
        return false;
    }
    g_autofree char *path = g_strconcat("/newsletters/", newsletter->name, NULL);
    g_autofree char *readers = strings_number(visit->language, counts[SUBSCRIBER_STATE_CONFIRMED]);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    office_link(page, path, newsletter->name);
    html_close(page, "th");
    html_element(page, "td", newsletter->language);
    html_element(page, "td", newsletter->heading);
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, "office_newsletter_readers"));
    html_text(page, readers);
    html_close(page, "td");
    html_open(page, "td");
    if (newsletter->due != 0) {
        office_time(page, visit, newsletter->due, zone);
    }
    html_close(page, "td");
    html_close(page, "tr");
    return true;
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    static const char *const heads[] = {"office_newsletter_name",    "office_language",
                                        "office_newsletter_heading", "office_newsletter_readers",
                                        "office_newsletter_due",     NULL};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GTimeZone) zone = setting_timezone(visit->store, &reason);
    g_autoptr(GPtrArray) all = zone == NULL ? NULL : newsletter_list(visit->store, &reason);
    g_autoptr(GPtrArray) issues =
        all == NULL ? NULL : issue_list(visit->store, 0, ISSUES_SHOWN, &reason);
    if (issues == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_newsletters"));
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < all->len; i++) {
        if (!write_row(page, visit, all->pdata[i], zone, &reason)) {
            html_writer_free(page);
            return office_failed(visit, reason);
        }
    }
    html_close(page, "tbody");
    html_close(page, "table");
    office_link_line(page, "/newsletters/new", office_text(visit, "office_newsletter_new"));
    issue_office_list(page, visit, issues, zone);
    return office_page_done(visit, page, 200);
}

/* ---- One ------------------------------------------------------------------------------------ */

typedef struct {
    const Newsletter *known; /* NULL: a new one */
    const char *name, *language, *heading, *description, *schedule, *from, *sending;
    const char *problem; /* NULL: none */
    bool differs;        /* somebody changed it since the form was made */
    unsigned status;
} Form;

static Form form_of(const Newsletter *newsletter)
{
    return (Form){.known = newsletter,
                  .name = newsletter->name,
                  .language = newsletter->language,
                  .heading = newsletter->heading,
                  .description = newsletter->description,
                  .schedule = newsletter->schedule,
                  .from = newsletter->from,
                  .sending = newsletter->sending,
                  .status = 200};
}

static Form form_sent(const OfficeVisit *visit, const Newsletter *known)
{
    return (Form){.known = known,
                  .name = office_field(visit, "name"),
                  .language = office_field(visit, "language"),
                  .heading = office_field(visit, "heading"),
                  .description = office_field(visit, "description"),
                  .schedule = office_field(visit, "schedule"),
                  .from = office_field(visit, "from"),
                  .sending = office_field(visit, "send"),
                  .status = 422};
}

static void write_language(HtmlWriter *page, const OfficeVisit *visit, const Form *form,
                           char **languages)
{
    office_choice(page, office_text(visit, "office_language"), "language");
    for (char **language = languages; *language != NULL; language++) {
        office_option(page, *language, *language, strcmp(*language, form->language) == 0);
    }
    office_choice_end(page);
}

static const char *sending_said(const OfficeVisit *visit, const char *sending)
{
    return office_text(visit, g_strcmp0(sending, NEWSLETTER_AUTOMATIC) == 0
                                  ? "office_newsletter_automatic"
                                  : "office_newsletter_by_hand");
}

static void write_fields(HtmlWriter *page, const OfficeVisit *visit, const Form *form,
                         char **languages)
{
    bool automatic = strcmp(form->sending, NEWSLETTER_AUTOMATIC) == 0;
    OfficeInput name = {.label = office_text(visit, "office_newsletter_name"),
                        .name = "name",
                        .value = form->name,
                        .hint = office_text(visit, "office_newsletter_name_hint"),
                        .most = NEWSLETTER_NAME_MAX,
                        .required = true,
                        .fixed = form->known != NULL};
    OfficeInput heading = {.label = office_text(visit, "office_newsletter_heading"),
                           .name = "heading",
                           .value = form->heading,
                           .most = NEWSLETTER_TEXT_MAX,
                           .required = true};
    OfficeArea description = {.label = office_text(visit, "office_newsletter_description"),
                              .name = "description",
                              .value = form->description,
                              .rows = 3};
    OfficeInput schedule = {.label = office_text(visit, "office_newsletter_schedule"),
                            .name = "schedule",
                            .value = form->schedule,
                            .hint = office_text(visit, "office_newsletter_schedule_hint"),
                            .most = NEWSLETTER_TEXT_MAX};
    OfficeInput from = {.label = office_text(visit, "office_newsletter_from"),
                        .name = "from",
                        .value = form->from,
                        .hint = office_text(visit, "office_newsletter_from_hint"),
                        .most = NEWSLETTER_TEXT_MAX};
    office_input(page, &name);
    write_language(page, visit, form, languages);
    office_input(page, &heading);
    office_area(page, &description);
    office_input(page, &schedule);
    office_input(page, &from);
    office_choice(page, office_text(visit, "office_newsletter_send"), "send");
    office_option(page, "by hand", office_text(visit, "office_newsletter_by_hand"), !automatic);
    office_option(page, NEWSLETTER_AUTOMATIC, office_text(visit, "office_newsletter_automatic"),
                  automatic);
    office_choice_end(page);
}

/* The next issue, and those before. */
static bool write_issues(HtmlWriter *page, OfficeVisit *visit, const Newsletter *newsletter,
                         GTimeZone *zone, GError **error)
{
    g_autoptr(GPtrArray) issues = issue_list(visit->store, newsletter->id, ISSUES_SHOWN, error);
    g_autofree char *compose = g_strdup_printf("/newsletters/%s/compose", newsletter->name);
    if (issues == NULL) {
        return false;
    }
    html_element(page, "h2", office_text(visit, "office_issue_next"));
    html_element(page, "p", office_text(visit, "office_issue_compose_about"));
    office_button_form(page, visit, compose, NULL, NULL, office_text(visit, "office_issue_compose"),
                       NULL);
    issue_office_list(page, visit, issues, zone);
    return true;
}

/* What is stored now where the form says something else. */
static void write_stored(HtmlWriter *page, const OfficeVisit *visit, const Form *form)
{
    const Newsletter *known = form->known;
    const SeenField fields[] = {
        {"office_language", form->language, known->language},
        {"office_newsletter_heading", form->heading, known->heading},
        {"office_newsletter_description", form->description, known->description},
        {"office_newsletter_schedule", form->schedule, known->schedule},
        {"office_newsletter_from", form->from, known->from},
        {"office_newsletter_send", sending_said(visit, form->sending),
         sending_said(visit, known->sending)},
        {NULL, NULL, NULL},
    };
    seen_differences(page, visit, fields);
}

static HttpReply *show(OfficeVisit *visit, const Form *form)
{
    g_autoptr(GError) reason = NULL;
    g_auto(GStrv) languages = setting_languages(visit->store, &reason);
    g_autoptr(GTimeZone) zone = languages == NULL ? NULL : setting_timezone(visit->store, &reason);
    if (zone == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(
        visit, form->known == NULL ? office_text(visit, "office_newsletter_new") : form->name);
    if (form->problem != NULL) {
        office_problem(page, form->problem);
    }
    if (strcmp(office_asked(visit, "done"), "saved") == 0) {
        office_done(page, office_text(visit, "office_newsletter_saved"));
    }
    if (form->differs && form->known != NULL) {
        write_stored(page, visit, form);
    }
    g_autofree char *mark = newsletter_mark(form->known);
    office_form(page, visit, "/newsletters/save");
    seen_write(page, visit, mark, form->differs);
    office_hidden(page, "known", form->known != NULL ? "1" : "");
    write_fields(page, visit, form, languages);
    office_button(page, office_text(visit, "office_save"), "strong");
    html_close(page, "form");
    if (form->known != NULL && !write_issues(page, visit, form->known, zone, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    office_link_line(page, "/newsletters", office_text(visit, "office_newsletters_back"));
    return office_page_done(visit, page, form->status);
}

static HttpReply *answer_new(OfficeVisit *visit)
{
    Form form = form_sent(visit, NULL);
    form.status = 200;
    return show(visit, &form);
}

static HttpReply *answer_one(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *name = office_part(visit, 0);
    g_autoptr(Newsletter) newsletter = newsletter_read(visit->store, name, &reason);
    if (newsletter == NULL) {
        return office_failed(visit, reason);
    }
    Form form = form_of(newsletter);
    return show(visit, &form);
}

/* ---- Saving --------------------------------------------------------------------------------- */

static Newsletter *parse(const Form *form, GError **error)
{
    const NewsletterTexts texts = {form->name,     form->language, form->heading, form->description,
                                   form->schedule, form->from,     form->sending};
    return newsletter_of(&texts, error);
}

typedef struct {
    const OfficeVisit *visit;
    const Newsletter *newsletter;
    bool differs; /* from what the form saw */
} Save;

/* Of a change; the same once more, by a button pressed twice, is none. */
static bool save_body(Store *store, void *data, GError **error)
{
    Save *save = data;
    const OfficeVisit *visit = save->visit;
    bool changed = false;
    g_autoptr(Newsletter) known = NULL;
    if (!newsletter_find(store, save->newsletter->name, &known, error)) {
        return false;
    }
    g_autofree char *mark = newsletter_mark(known);
    if (!setting_has_language(store, save->newsletter->language, error) ||
        !newsletter_set(store, save->newsletter, &changed, error)) {
        return false;
    }
    if (changed && known != NULL && strcmp(office_field(visit, "known"), "1") != 0) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s",
                    office_text(visit, "office_newsletter_taken"));
    }
    save->differs = changed && !seen_match(visit, mark, error);
    return !save->differs && (!changed || audit_add(store, visit->person->id, "newsletter.set",
                                                    save->newsletter->name, "", visit->now, error));
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *name = g_strstrip(g_strdup(office_field(visit, "name")));
    g_autoptr(Newsletter) known = NULL;
    if (!newsletter_find(visit->store, name, &known, &reason)) {
        return office_failed(visit, reason);
    }
    bool is_new = strcmp(office_field(visit, "known"), "1") != 0;
    Form form = form_sent(visit, is_new ? NULL : known);
    g_autoptr(Newsletter) newsletter = parse(&form, &reason);
    Save save = {.visit = visit, .newsletter = newsletter};
    if (newsletter == NULL || !store_transact(visit->store, save_body, &save, &reason)) {
        form.problem = office_reason(visit, reason);
        form.status = office_status(reason);
        if (save.differs) { /* from what was read before it, perhaps */
            g_clear_pointer(&known, newsletter_free);
            newsletter_find(visit->store, name, &known, NULL);
            form.known = known;
            form.differs = true;
        }
        return show(visit, &form);
    }
    g_autofree char *path = g_strdup_printf("/newsletters/%s?done=saved", newsletter->name);
    return office_see_other(visit, path);
}

typedef struct {
    const OfficeVisit *visit;
    const char *name;
    int64_t id;
} Compose;

static bool compose_body(Store *store, void *data, GError **error)
{
    Compose *compose = data;
    const OfficeVisit *visit = compose->visit;
    return issue_compose(store, compose->name, &compose->id, error) &&
           audit_add(store, visit->person->id, "newsletter.compose", compose->name, "", visit->now,
                     error);
}

static HttpReply *answer_compose(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *name = office_part(visit, 0);
    g_autoptr(Newsletter) newsletter = newsletter_read(visit->store, name, &reason);
    Compose compose = {visit, name, 0};
    if (newsletter == NULL) {
        return office_failed(visit, reason);
    }
    if (!store_transact(visit->store, compose_body, &compose, &reason)) {
        Form form = form_of(newsletter);
        form.problem = office_reason(visit, reason);
        form.status = 409;
        return office_status(reason) == 404 ? show(visit, &form) : office_failed(visit, reason);
    }
    g_autofree char *path =
        g_strdup_printf("/issues/%" G_GINT64_FORMAT "?done=composed", compose.id);
    return office_see_other(visit, path);
}

const OfficeRoute newsletter_office[] = {
    {.name = "newsletters",
     .method = HTTP_GET,
     .path = "/newsletters",
     .permission = PERMISSION_MAIL,
     .answer = answer_list,
     .help = "what readers can subscribe to, and its issues",
     .paper = "office_newsletters"},
    {.name = "newsletter-new",
     .method = HTTP_GET,
     .path = "/newsletters/new",
     .permission = PERMISSION_MAIL,
     .answer = answer_new,
     .help = "a new newsletter"},
    {.name = "newsletter-save",
     .method = HTTP_POST,
     .path = "/newsletters/save",
     .permission = PERMISSION_MAIL,
     .answer = answer_save,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "sets a newsletter"},
    {.name = "newsletter",
     .method = HTTP_GET,
     .path = "/newsletters/:name",
     .permission = PERMISSION_MAIL,
     .answer = answer_one,
     .help = "one newsletter"},
    {.name = "newsletter-compose",
     .method = HTTP_POST,
     .path = "/newsletters/:name/compose",
     .permission = PERMISSION_MAIL,
     .answer = answer_compose,
     .body_most = OFFICE_FORM,
     .help = "makes the draft of the next issue"},
    {.name = NULL},
};
