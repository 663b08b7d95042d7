/* The office's pages about the staff, as whole requests: inviting, roles, leaving, the audit log,
 * locking.
 * Covers: src/office/people_page.c, src/office/audit_page.c. */
#include "base/error.h"
#include "desk/task.h"
#include "doubles/stores.h"
#include "jobs/jobs.h"
#include "main/job_rows.h"
#include "main/office_rows.h"
#include "office_browser.h"
#include "staff/audit.h"

#include <string.h>

#define WORD "correct horse battery"

static Secret secret = {{7}};

typedef struct {
    Office *office;
    Store *store;
    int64_t admin;
    Browser browser; /* of the administrator */
    char codes[SECOND_CODES][SECOND_RECOVERY];
} Fixture;

static int64_t added(Store *store, const char *email, Role role)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_true(person_add(store, "Anna", email, role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, &error));
    return id;
}

static void set_up(Fixture *f, Store *store)
{
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {.store = store,
                             .tables = office_tables,
                             .secret = &secret,
                             .leave = task_reassign,
                             .url = "http://office.localhost:8082"};
    jobs_register(job_rows());
    *f = (Fixture){.store = store, .office = office_new(&options, &error)};
    g_assert_no_error(error);
    f->admin = added(store, "admin@bell.example", ROLE_ADMINISTRATOR);
    f->browser = (Browser)BROWSER(f->office);
    g_assert_cmpuint(browser_sign_in(&f->browser, "admin@bell.example", WORD), ==, 303);
    browser_set_up(&f->browser, f->codes);
}

static void tear_down(Fixture *f)
{
    browser_clear(&f->browser);
    office_free(f->office);
}

static unsigned status_of(HttpReply *taken)
{
    g_autoptr(HttpReply) reply = taken;
    return http_reply_status(reply);
}

static unsigned post(Fixture *f, int64_t person, const char *action, const char *body)
{
    g_autofree char *path = g_strdup_printf("/staff/%" G_GINT64_FORMAT "/%s", person, action);
    return status_of(browser_post(&f->browser, path, body));
}

static void test_invite(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_autoptr(GError) error = NULL;
    g_autoptr(HttpReply) page = browser_get(&f.browser, "/staff");
    g_assert_true(reply_says(page, "admin@bell.example"));
    g_autoptr(HttpReply) done = browser_post(
        &f.browser, "/staff", "name=Vera+%3Cb%3E&email=vera%40bell.example&role=reporter");
    g_assert_cmpuint(http_reply_status(done), ==, 200);
    g_assert_true(reply_says(done, "http://office.localhost:8082/link/"));
    g_autoptr(Person) vera = person_by_email(store, "vera@bell.example", &error);
    g_assert_cmpint(vera->state, ==, PERSON_INVITED);
    g_autoptr(HttpReply) again =
        browser_post(&f.browser, "/staff", "name=%3Ci%3E&email=vera%40bell.example&role=reporter");
    g_assert_cmpuint(http_reply_status(again), ==, 422);
    g_assert_true(reply_says(again, "on the staff already"));
    g_assert_true(reply_says(again, "value=\"&lt;i&gt;\"")); /* what was typed is still there */
    g_assert_cmpuint(
        status_of(browser_post(&f.browser, "/staff", "name=A&email=a%40b.example&role=owner")), ==,
        422);
    g_assert_cmpuint(post(&f, vera->id, "link", ""), ==, 200);
    tear_down(&f);
}

static void test_roles(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_autoptr(GError) error = NULL;
    int64_t vera = added(store, "vera@bell.example", ROLE_REPORTER);
    g_assert_cmpuint(post(&f, vera, "role", "role=editor"), ==, 303);
    g_autoptr(Person) person = person_read(store, vera, &error);
    g_assert_cmpint(person->role, ==, ROLE_EDITOR);
    g_assert_cmpuint(post(&f, f.admin, "role", "role=reporter"), ==, 409);
    g_assert_cmpuint(post(&f, 99, "role", "role=reporter"), ==, 404);
    tear_down(&f);
}

static void test_leave(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    int64_t vera = added(store, "vera@bell.example", ROLE_REPORTER);
    g_auto(Browser) hers = BROWSER(f.office);
    g_assert_cmpuint(browser_sign_in(&hers, "vera@bell.example", WORD), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&hers, "/stories")), ==, 200);
    g_assert_cmpuint(post(&f, vera, "disable", ""), ==, 200);
    g_assert_cmpuint(status_of(browser_get(&hers, "/stories")), ==, 303);
    g_assert_cmpuint(post(&f, vera, "link", ""), ==, 409);
    g_autofree char *hers_again = g_strdup_printf("/staff/%" G_GINT64_FORMAT, vera);
    g_autoptr(HttpReply) page = browser_get(&f.browser, hers_again);
    g_assert_true(reply_says(page, "Invite again"));
    g_assert_cmpuint(browser_sign_in(&hers, "vera@bell.example", WORD), ==, 403);
    g_assert_cmpuint(post(&f, vera, "return", ""), ==, 200);
    g_assert_cmpuint(post(&f, vera, "return", ""), ==, 409);
    g_assert_cmpuint(browser_sign_in(&hers, "vera@bell.example", WORD), ==, 403); /* not yet */
    g_assert_cmpuint(post(&f, f.admin, "disable", ""), ==, 409);
    tear_down(&f);
}

/* What they began and nobody has is told and asked about; a namesake's stays. */
static void test_drafts(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_autoptr(GError) error = NULL;
    int64_t people[2] = {added(store, "vera@bell.example", ROLE_REPORTER),
                         added(store, "vera2@bell.example", ROLE_REPORTER)};
    int64_t boris = added(store, "boris@bell.example", ROLE_EDITOR);
    const char *const emails[] = {"vera@bell.example", "vera2@bell.example"};
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++) {
        g_auto(Browser) hers = BROWSER(f.office);
        g_autofree char *path = g_strdup_printf("/stories/%zu", i + 1);
        g_assert_cmpuint(browser_sign_in(&hers, emails[i], WORD), ==, 303);
        g_assert_cmpuint(status_of(browser_get(&hers, "/stories/new")), ==, 200);
        g_assert_cmpuint(status_of(browser_post(&hers, "/stories/new", "title=A&language=en")), ==,
                         303);
        g_assert_cmpstr(hers.location, ==, path);
    }
    g_autofree char *path = g_strdup_printf("/staff/%" G_GINT64_FORMAT "/disable", people[0]);
    g_autoptr(HttpReply) page = browser_post(&f.browser, path, "to=0");
    g_assert_cmpuint(http_reply_status(page), ==, 200);
    g_assert_true(reply_says(page, "nobody has, by number: 1<"));
    g_assert_true(reply_says(page, "keys/secret.key") && reply_says(page, "keys/intake.key"));
    g_assert_false(reply_says(page, "rotate"));
    g_autofree char *to = g_strdup_printf("to=%" G_GINT64_FORMAT, boris);
    g_autoptr(HttpReply) given = browser_post(&f.browser, path, to);
    g_assert_true(reply_says(given, "handed over: 1<"));
    Task one = {0}, two = {0};
    g_assert_true(task_read(store, 1, &one, &error) && task_read(store, 2, &two, &error));
    g_assert_cmpint(one.assignee, ==, boris);
    g_assert_cmpint(two.assignee, ==, 0);
    tear_down(&f);
}

static void test_second_off(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_autoptr(GError) error = NULL;
    Second second;
    char codes[SECOND_CODES][SECOND_RECOVERY];
    int64_t vera = added(store, "vera@bell.example", ROLE_EDITOR);
    g_auto(Browser) hers = BROWSER(f.office);
    g_assert_cmpuint(browser_sign_in(&hers, "vera@bell.example", WORD), ==, 303);
    browser_set_up(&hers, codes);
    g_assert_cmpuint(post(&f, vera, "second-off", ""), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&hers, "/stories")), ==, 303);
    g_assert_true(second_read(store, vera, &second, &error));
    g_assert_false(second.on);
    g_assert_cmpuint(second.codes, ==, 0);
    tear_down(&f);
}

static void test_audit_and_lock(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_autoptr(GError) error = NULL;
    g_autofree char *last = NULL;
    int64_t rows = 0;
    int64_t vera = added(store, "vera@bell.example", ROLE_REPORTER);
    g_auto(Browser) hers = BROWSER(f.office);
    g_assert_cmpuint(browser_sign_in(&hers, "vera@bell.example", WORD), ==, 303);
    g_assert_cmpuint(post(&f, vera, "role", "role=editor"), ==, 303);
    g_autoptr(HttpReply) page = browser_get(&f.browser, "/audit?check=1");
    g_assert_true(reply_says(page, "staff.role"));
    g_assert_true(reply_says(page, "second-factor.on"));
    g_assert_true(reply_says(page, "Nothing was changed"));
    g_assert_cmpuint(status_of(browser_get(&f.browser, "/lock")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&f.browser, "/lock", "")), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&f.browser, "/staff")), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&hers, "/stories")), ==, 303);
    g_assert_true(audit_verify(store, &rows, &last, &error));
    tear_down(&f);
}

/* Whatever the browser asks for; and back. */
static void test_language(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    f.browser.language = "en";
    g_autoptr(HttpReply) wrong = browser_post(&f.browser, "/account/language", "language=fi");
    g_assert_cmpuint(http_reply_status(wrong), ==, 422);
    g_assert_cmpuint(status_of(browser_post(&f.browser, "/account/language", "language=ar")), ==,
                     303);
    g_autoptr(HttpReply) arabic = browser_get(&f.browser, "/account");
    g_assert_true(reply_says(arabic, "lang=\"ar\" dir=\"rtl\""));
    g_assert_true(reply_says(arabic, "<option value=\"ar\" selected>"));
    g_assert_cmpuint(status_of(browser_post(&f.browser, "/account/language", "language=")), ==,
                     303);
    g_autoptr(HttpReply) english = browser_get(&f.browser, "/account");
    g_assert_true(reply_says(english, "lang=\"en\""));
    tear_down(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/office/staff/invite", test_invite);
    stores_test_add("/request/office/staff/roles", test_roles);
    stores_test_add("/request/office/staff/leave", test_leave);
    stores_test_add("/request/office/staff/drafts", test_drafts);
    stores_test_add("/request/office/staff/second_off", test_second_off);
    stores_test_add("/request/office/staff/audit_and_lock", test_audit_and_lock);
    stores_test_add("/request/office/staff/language", test_language);
    return g_test_run();
}
