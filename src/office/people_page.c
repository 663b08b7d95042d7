/* Pages about the staff: people_page.h. What a change means is staff/person.c's. */
#include "office/people_page.h"

#include "base/error.h"
#include "office/frame.h"
#include "office/letter.h"
#include "office/reason.h"
#include "press/setting.h"
#include "staff/second.h"

#include <string.h>

/* ---- Everybody ------------------------------------------------------------------------------ */

/* "office_role_editor" in the visit's language. */
static const char *role_word(const OfficeVisit *visit, Role role)
{
    g_autofree char *id = g_strconcat("office_role_", role_name(role), NULL);
    return office_text(visit, id);
}

static void write_state(HtmlWriter *page, const OfficeVisit *visit, const Person *person)
{
    const char *state = person_state_name(person->state);
    g_autofree char *id = g_strconcat("office_person_", state, NULL);
    office_state(page, state, office_text(visit, id));
}

static void write_row(HtmlWriter *page, const OfficeVisit *visit, const Person *person)
{
    g_autofree char *path = g_strdup_printf("/staff/%" G_GINT64_FORMAT, person->id);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_open(page, "a");
    html_url_attribute(page, "href", path);
    html_text(page, person->name);
    html_close(page, "a");
    html_close(page, "th");
    html_element(page, "td", person->email);
    html_element(page, "td", role_word(visit, person->role));
    html_open(page, "td");
    write_state(page, visit, person);
    html_close(page, "td");
    html_close(page, "tr");
}

static void write_role(HtmlWriter *page, const OfficeVisit *visit, Role chosen)
{
    office_choice(page, office_text(visit, "office_role"), "role");
    for (unsigned role = 0; role < ROLES; role++) {
        office_option(page, role_name((Role)role), role_word(visit, (Role)role), role == chosen);
    }
    office_choice_end(page);
}

static void write_invitation(HtmlWriter *page, const OfficeVisit *visit)
{
    Role role = ROLE_REPORTER;
    OfficeInput name = {.label = office_text(visit, "office_name"),
                        .name = "name",
                        .value = office_field(visit, "name"),
                        .most = PERSON_NAME,
                        .required = true};
    OfficeInput email = {.label = office_text(visit, "office_email"),
                         .name = "email",
                         .type = "email",
                         .value = office_field(visit, "email"),
                         .most = PERSON_EMAIL,
                         .required = true};
    role_parse(office_field(visit, "role"), &role);
    html_element(page, "h2", office_text(visit, "office_invite"));
    office_form(page, visit, "/staff");
    office_input(page, &name);
    office_input(page, &email);
    write_role(page, visit, role);
    office_button(page, office_text(visit, "office_send_invitation"), "strong");
    html_close(page, "form");
}

static HttpReply *show_all(OfficeVisit *visit, unsigned status, const char *problem)
{
    static const char *const heads[] = {"office_name", "office_email", "office_role",
                                        "office_state", NULL};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) people = person_list(visit->store, &reason);
    if (people == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_staff"));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    if (people->len > 0) {
        html_open(page, "table");
        office_table_head(page, visit, heads);
        html_open(page, "tbody");
        for (guint i = 0; i < people->len; i++) {
            write_row(page, visit, people->pdata[i]);
        }
        html_close(page, "tbody");
        html_close(page, "table");
    }
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", "/staff/tokens");
    html_text(page, office_text(visit, "office_tokens_all"));
    html_close(page, "a");
    html_close(page, "p");
    write_invitation(page, visit);
    return office_page_done(visit, page, status);
}

static HttpReply *answer_all(OfficeVisit *visit)
{
    return show_all(visit, 200, NULL);
}

typedef struct {
    const OfficeVisit *visit;
    Role role;
    int64_t id;
    char *link;
} Inviting;

static bool invite_body(Store *store, void *data, GError **error)
{
    Inviting *inviting = data;
    const OfficeVisit *visit = inviting->visit;
    if (!person_add(store, office_field(visit, "name"), office_field(visit, "email"),
                    inviting->role, visit->person->id, visit->now, &inviting->id, error)) {
        return false;
    }
    g_autoptr(Person) person = person_read(store, inviting->id, error);
    g_auto(GStrv) languages = person == NULL ? NULL : setting_languages(store, error);
    g_clear_pointer(&inviting->link, g_free);
    return languages != NULL &&
           office_letter(store, LINK_INVITE, person, office_options(visit->office)->url,
                         languages[0], visit->now, &inviting->link, error);
}

/* The link is shown too: mail may be blocked where the person is. */
static HttpReply *show_link(OfficeVisit *visit, const char *title, const char *link)
{
    HtmlWriter *page = office_page(visit, office_text(visit, title));
    office_done(page, office_text(visit, "office_link_sent"));
    html_open(page, "p");
    html_text(page, office_text(visit, "office_link_hand"));
    html_open(page, "br");
    html_element(page, "code", link);
    html_close(page, "p");
    html_open(page, "p");
    html_open(page, "a");
    html_url_attribute(page, "href", "/staff");
    html_text(page, office_text(visit, "office_staff"));
    html_close(page, "a");
    html_close(page, "p");
    return office_page_done(visit, page, 200);
}

static HttpReply *answer_invite(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    Inviting inviting = {.visit = visit};
    if (!role_parse(office_field(visit, "role"), &inviting.role)) {
        return show_all(visit, 422, office_text(visit, "office_no_role"));
    }
    bool done = store_transact(visit->store, invite_body, &inviting, &reason);
    g_autofree char *link = inviting.link;
    if (!done) {
        unsigned status = office_status(reason);
        return status == 422 || status == 409 ? show_all(visit, 422, office_reason(visit, reason))
                                              : office_failed(visit, reason);
    }
    return show_link(visit, "office_invited", link);
}

/* ---- One person ----------------------------------------------------------------------------- */

static Person *find(OfficeVisit *visit, HttpReply **wrong)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        *wrong = office_not_found(visit);
        return NULL;
    }
    Person *person = person_read(visit->store, id, &reason);
    if (person == NULL) {
        *wrong =
            office_status(reason) == 404 ? office_not_found(visit) : office_failed(visit, reason);
    }
    return person;
}

static void write_action(HtmlWriter *page, const OfficeVisit *visit, const Person *person,
                         const char *action, const char *title, const char *text, const char *style)
{
    g_autofree char *path = g_strdup_printf("/staff/%" G_GINT64_FORMAT "/%s", person->id, action);
    html_element(page, "h2", office_text(visit, title));
    html_element(page, "p", office_text(visit, text));
    office_button_form(page, visit, path, NULL, NULL, office_text(visit, title), style);
}

static void write_choice(HtmlWriter *page, int64_t value, const char *text)
{
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, value);
    office_option(page, number, text, false);
}

/* The last form: whose the work becomes, and the button. Of who has left already it gives away what
 * they began. */
static bool write_leaving(HtmlWriter *page, const OfficeVisit *visit, const Person *person,
                          bool left, GError **error)
{
    const char *title = left ? "office_work_give" : "office_disable";
    g_autofree char *path = g_strdup_printf("/staff/%" G_GINT64_FORMAT "/disable", person->id);
    g_autoptr(GPtrArray) people = person_list(visit->store, error);
    if (people == NULL) {
        return false;
    }
    html_element(page, "h2", office_text(visit, title));
    html_element(page, "p",
                 office_text(visit, left ? "office_work_give_text" : "office_disable_text"));
    office_form(page, visit, path);
    office_choice(page, office_text(visit, "office_work_to"), "to");
    write_choice(page, 0, office_text(visit, "office_work_nobody"));
    for (guint i = 0; i < people->len; i++) {
        const Person *other = people->pdata[i];
        if (other->id != person->id && other->state == PERSON_ACTIVE &&
            role_may(other->role, PERMISSION_WRITE)) {
            write_choice(page, other->id, other->name);
        }
    }
    office_choice_end(page);
    office_button(page, office_text(visit, title), left ? NULL : "danger");
    html_close(page, "form");
    return true;
}

static HttpReply *show_one(OfficeVisit *visit, const Person *person, unsigned status,
                           const char *problem)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *role_path = g_strdup_printf("/staff/%" G_GINT64_FORMAT "/role", person->id);
    Second second;
    if (!second_read(visit->store, person->id, &second, &reason)) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, person->name);
    if (problem != NULL) {
        office_problem(page, problem);
    }
    html_open(page, "p");
    html_text(page, person->email);
    html_text(page, " ");
    write_state(page, visit, person);
    html_close(page, "p");
    office_form(page, visit, role_path);
    write_role(page, visit, person->role);
    office_button(page, office_text(visit, "office_change_role"), NULL);
    html_close(page, "form");
    if (person->state != PERSON_DISABLED && !person->demo) {
        write_action(page, visit, person, "link", "office_new_link", "office_new_link_text", NULL);
    }
    if (second.on) {
        write_action(page, visit, person, "second-off", "office_second_off",
                     "office_second_off_text", NULL);
    }
    if (person->state == PERSON_DISABLED && !person->demo) {
        write_action(page, visit, person, "return", "office_return", "office_return_text", NULL);
    }
    if (!write_leaving(page, visit, person, person->state == PERSON_DISABLED, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    return office_page_done(visit, page, status);
}

static HttpReply *answer_one(OfficeVisit *visit)
{
    HttpReply *wrong = NULL;
    g_autoptr(Person) person = find(visit, &wrong);
    return person == NULL ? wrong : show_one(visit, person, 200, NULL);
}

/* After a change: the person's page, or what stood in its way on it. */
static HttpReply *changed(OfficeVisit *visit, const Person *person, bool done, const GError *reason)
{
    g_autofree char *path = g_strdup_printf("/staff/%" G_GINT64_FORMAT, person->id);
    if (done) {
        return office_see_other(visit, path);
    }
    unsigned status = office_status(reason);
    return status == 409 || status == 422
               ? show_one(visit, person, 409, office_reason(visit, reason))
               : office_failed(visit, reason);
}

static HttpReply *answer_role(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    Role role;
    g_autoptr(Person) person = find(visit, &wrong);
    if (person == NULL) {
        return wrong;
    }
    if (!role_parse(office_field(visit, "role"), &role)) {
        return show_one(visit, person, 422, office_text(visit, "office_no_role"));
    }
    bool done =
        person_set_role(visit->store, person->id, role, visit->person->id, visit->now, &reason);
    return changed(visit, person, done, reason);
}

static HttpReply *send_link(OfficeVisit *visit, const Person *person, LinkPurpose purpose)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *link = NULL;
    g_auto(GStrv) languages = setting_languages(visit->store, &reason);
    if (languages == NULL ||
        !office_letter(visit->store, purpose, person, office_options(visit->office)->url,
                       languages[0], visit->now, &link, &reason)) {
        return office_failed(visit, reason);
    }
    return show_link(visit, "office_new_link", link);
}

static HttpReply *answer_return(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    g_autoptr(Person) person = find(visit, &wrong);
    if (person == NULL) {
        return wrong;
    }
    return person_return(visit->store, person->id, visit->person->id, visit->now, &reason)
               ? send_link(visit, person, LINK_INVITE)
               : changed(visit, person, false, reason);
}

static HttpReply *answer_link(OfficeVisit *visit)
{
    HttpReply *wrong = NULL;
    g_autoptr(Person) person = find(visit, &wrong);
    if (person == NULL) {
        return wrong;
    }
    if (person->state == PERSON_DISABLED || person->demo) {
        return show_one(visit, person, 409, office_text(visit, "office_no_link"));
    }
    return send_link(visit, person, person->state == PERSON_INVITED ? LINK_INVITE : LINK_RESET);
}

typedef struct {
    const OfficeOptions *options;
    int64_t id, by, now, to, moved;
    char *left; /* numbers of drafts that nobody has now; or NULL */
} Change;

/* Whoever has that phone may be signed in somewhere. */
static bool second_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    return second_remove(store, change->id, change->by, change->now, error) &&
           session_end_of(store, change->id, error);
}

static HttpReply *answer_second(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    g_autoptr(Person) person = find(visit, &wrong);
    if (person == NULL) {
        return wrong;
    }
    Change change = {.id = person->id, .by = visit->person->id, .now = visit->now};
    bool done = store_transact(visit->store, second_body, &change, &reason);
    return changed(visit, person, done, reason);
}

static bool disable_body(Store *store, void *data, GError **error)
{
    Change *change = data;
    change->moved = 0;
    g_clear_pointer(&change->left, g_free);
    return person_disable(store, change->id, change->by, change->now, error) &&
           (change->options->leave == NULL ||
            change->options->leave(store, change->id, change->to, &change->moved, &change->left,
                                   error));
}

const char *const people_keys[] = {"office_key_machine",  "office_key_publish",
                                   "office_key_secret",   "office_key_tokens",
                                   "office_key_intake",   "office_key_dkim",
                                   "office_key_mail",     "office_key_database",
                                   "office_key_payments", NULL};

/* What became of the work; drafts that nobody has are asked about. */
static bool write_work(HtmlWriter *page, const OfficeVisit *visit, const Person *person,
                       const Change *change, GError **error)
{
    const char *moved = change->to == 0 ? "office_work_freed" : "office_work_moved";
    if (change->moved > 0) {
        g_autofree char *work =
            g_strdup_printf("%s %" G_GINT64_FORMAT, office_text(visit, moved), change->moved);
        html_element(page, "p", work);
    }
    if (change->left == NULL || *change->left == '\0') {
        return true;
    }
    g_autofree char *left =
        g_strdup_printf("%s %s", office_text(visit, "office_work_left"), change->left);
    html_element(page, "p", left);
    return write_leaving(page, visit, person, true, error);
}

/* And what somebody who had the machine in hand may have taken along. */
static HttpReply *show_left(OfficeVisit *visit, const Person *person, const Change *change)
{
    g_autoptr(GError) reason = NULL;
    HtmlWriter *page = office_page(visit, person->name);
    office_done(page, office_text(visit, "office_disabled"));
    if (!write_work(page, visit, person, change, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    html_element(page, "h2", office_text(visit, "office_keys"));
    html_element(page, "p", office_text(visit, "office_keys_text"));
    html_open(page, "ul");
    for (unsigned i = 0; people_keys[i] != NULL; i++) {
        html_element(page, "li", office_text(visit, people_keys[i]));
    }
    html_close(page, "ul");
    return office_page_done(visit, page, 200);
}

/* Who gets the work: somebody active, or nobody (0). */
static bool find_heir(const OfficeVisit *visit, const Person *person, int64_t *heir)
{
    const char *given = office_field(visit, "to");
    gint64 id = 0;
    if (*given == '\0' || strcmp(given, "0") == 0) {
        *heir = 0;
        return true;
    }
    g_autoptr(Person) other = g_ascii_string_to_signed(given, 10, 1, G_MAXINT64, &id, NULL)
                                  ? person_read(visit->store, id, NULL)
                                  : NULL;
    if (other == NULL || other->state != PERSON_ACTIVE || other->id == person->id ||
        !role_may(other->role, PERMISSION_WRITE)) {
        return false;
    }
    *heir = id;
    return true;
}

static HttpReply *answer_disable(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    g_autoptr(Person) person = find(visit, &wrong);
    if (person == NULL) {
        return wrong;
    }
    if (person->id == visit->person->id) {
        return show_one(visit, person, 409, office_text(visit, "office_not_oneself"));
    }
    Change change = {.options = office_options(visit->office),
                     .id = person->id,
                     .by = visit->person->id,
                     .now = visit->now};
    if (!find_heir(visit, person, &change.to)) {
        return show_one(visit, person, 422, office_text(visit, "office_no_heir"));
    }
    HttpReply *reply = store_transact(visit->store, disable_body, &change, &reason)
                           ? show_left(visit, person, &change)
                           : changed(visit, person, false, reason);
    g_free(change.left);
    return reply;
}

#define POST_ROW(row, where, handler, what)                                                        \
    {                                                                                              \
        .name = row, .method = HTTP_POST, .path = where, .permission = PERMISSION_STAFF,           \
        .answer = handler, .body_most = OFFICE_FORM, .help = what                                  \
    }

const OfficeRoute people_routes[] = {
    {.name = "staff",
     .method = HTTP_GET,
     .path = "/staff",
     .permission = PERMISSION_STAFF,
     .answer = answer_all,
     .help = "everybody of the staff",
     .menu = "office_staff"},
    POST_ROW("staff-invite", "/staff", answer_invite, "invites somebody"),
    {.name = "person",
     .method = HTTP_GET,
     .path = "/staff/:id",
     .permission = PERMISSION_STAFF,
     .answer = answer_one,
     .help = "somebody of the staff"},
    POST_ROW("person-role", "/staff/:id/role", answer_role, "changes a role"),
    POST_ROW("person-link", "/staff/:id/link", answer_link, "sends another link"),
    POST_ROW("person-second-off", "/staff/:id/second-off", answer_second,
             "takes a lost second factor off"),
    POST_ROW("person-return", "/staff/:id/return", answer_return, "somebody comes back"),
    POST_ROW("person-disable", "/staff/:id/disable", answer_disable, "somebody leaves"),
    {.name = NULL},
};
