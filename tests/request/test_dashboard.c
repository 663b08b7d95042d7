/*
 * The first page, the jobs and the outbox as whole requests: each role sees its parts and no other,
 * what is there is shown and escaped, what is not there breaks nothing.
 * Covers: src/office/dashboard.c, src/office/jobs_page.c, src/office/machine_part.c,
 * src/office/plot.c, src/office/readers_part.c, src/desk/due.c, src/desk/due_office.c,
 * src/jobs/look.c, src/mail/outbox.c, src/mail/outbox_office.c.
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/pulse.h"
#include "base/tally.h"
#include "doubles/stores.h"
#include "health/figure.h"
#include "health/readers.h"
#include "jobs/jobs.h"
#include "main/office_rows.h"
#include "office_browser.h"
#include "staff/audit.h"

#include <glib/gstdio.h>
#include <string.h>

#define WORD "correct horse battery"
#define MAIL "20261129T080000-00112233aabbccdd.eml"

static Secret secret = {{7}};

typedef struct {
    Office *office;
    char *folder, *run, *outbox;
} Stage;

static void stage_open(Stage *stage, Store *store)
{
    g_autoptr(GError) error = NULL;
    stage->folder = g_dir_make_tmp("kolokol-dash-XXXXXX", NULL);
    stage->run = g_build_filename(stage->folder, "run", NULL);
    stage->outbox = g_build_filename(stage->folder, "outbox", NULL);
    g_mkdir(stage->run, 0700);
    g_mkdir(stage->outbox, 0700);
    OfficeOptions options = {.store = store,
                             .tables = office_tables,
                             .parts = office_parts,
                             .run_dir = stage->run,
                             .edition_dir = stage->folder,
                             .outbox_dir = stage->outbox,
                             .secret = &secret,
                             .url = "http://office.localhost:8082"};
    stage->office = office_new(&options, &error);
    g_assert_no_error(error);
}

static void stage_close(Stage *stage)
{
    office_free(stage->office);
    stores_remove_tree(stage->folder);
    g_free(stage->folder);
    g_free(stage->run);
    g_free(stage->outbox);
}

static int64_t sign_in(Store *store, Browser *browser, Role role, bool demo)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_autofree char *email = g_strconcat(role_name(role), "@bell.example", NULL);
    g_assert_true(demo ? person_add_demo(store, role_name(role), email, role, 1, &id, &error)
                       : person_add(store, role_name(role), email, role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, &error));
    g_assert_cmpuint(browser_sign_in(browser, email, WORD), ==, 303);
    if (g_str_has_prefix(browser->location, "/second-factor")) {
        char codes[SECOND_CODES][SECOND_RECOVERY];
        http_reply_unref(browser_get(browser, "/second-factor"));
        browser_set_up(browser, codes);
    }
    return id;
}

static HttpReply *get(Browser *browser, const char *path, unsigned status)
{
    HttpReply *reply = browser_get(browser, path);
    g_assert_cmpuint(http_reply_status(reply), ==, status);
    return reply;
}

static bool has_part(const HttpReply *reply, const char *name)
{
    g_autofree char *id = g_strdup_printf("<section id=\"%s\"", name);
    return reply_says(reply, id);
}

/* ---- Who sees what -------------------------------------------------------------------------- */

static void test_roles(Store *store, const char *url)
{
    static const struct {
        Role role;
        const char *parts; /* of them all, those it sees */
    } rows[] = {
        {ROLE_REPORTER, "due readers edition"},
        {ROLE_EDITOR, "due newsletters readers edition"},
        {ROLE_CHIEF, "due newsletters readers edition work processes disk"},
        {ROLE_FUNDRAISER, "newsletters readers edition"},
        {ROLE_ADMINISTRATOR, "outbox readers edition work processes disk"},
    };

    Stage stage;
    stage_open(&stage, store);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Browser) browser = BROWSER(stage.office);
        browser.address = (uint8_t)(i + 1);
        sign_in(store, &browser, rows[i].role, false);
        g_autoptr(HttpReply) page = get(&browser, "/", 200);
        g_auto(GStrv) seen = g_strsplit(rows[i].parts, " ", -1);
        for (const OfficePart *const *table = office_parts; *table != NULL; table++) {
            for (const OfficePart *part = *table; part->name != NULL; part++) {
                g_test_message("%s: %s", role_name(rows[i].role), part->name);
                g_assert_nonnull(part->help);
                g_assert_cmpint(has_part(page, part->name), ==,
                                g_strv_contains((const char *const *)seen, part->name));
            }
        }
        g_assert_false(reply_says(page, "role=\"alert\""));
        g_assert_false(reply_says(page, "office_"));
        http_reply_unref(
            get(&browser, "/jobs", role_may(rows[i].role, PERMISSION_JOBS) ? 200 : 403));
        http_reply_unref(
            get(&browser, "/outbox", role_may(rows[i].role, PERMISSION_OUTBOX) ? 200 : 403));
    }
    g_auto(Browser) nobody = BROWSER(stage.office);
    http_reply_unref(get(&nobody, "/", 303));
    stage_close(&stage);
}

/* ---- Readers and the machine ---------------------------------------------------------------- */

static void read_pages(Store *store, const Stage *stage, unsigned times)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Pulse) pulse = pulse_take(stage->run, "stand", tally_room(), clock_now(), &error);
    g_assert_no_error(error);
    g_autoptr(Tally) tally = tally_new(pulse_room(pulse));
    unsigned last = 0;
    for (unsigned i = 0; i < times; i++) {
        tally_count(tally, tally_cell(tally, "-/story"));
        tally_count(tally, tally_cell(tally, "ru/front"));
    }
    tally_publish(tally, clock_now());
    g_assert_true(readers_copy(store, stage->run, clock_now(), &last, &error));
}

static void test_readers(Store *store, const char *url)
{
    Stage stage;
    stage_open(&stage, store);
    g_auto(Browser) anna = BROWSER(stage.office);
    sign_in(store, &anna, ROLE_REPORTER, false);
    g_autoptr(HttpReply) unread = get(&anna, "/", 200);
    g_assert_true(reply_says(unread, "<p>0 pages today, 0 yesterday</p>"));
    g_assert_false(reply_says(unread, "<svg"));
    read_pages(store, &stage, 1235);
    g_autoptr(HttpReply) page = get(&anna, "/", 200);
    g_assert_true(reply_says(page, "2,470 pages today, 0 yesterday"));
    g_assert_true(reply_says(page, "2,470 pages in thirty days"));
    g_assert_true(reply_says(page, "<svg viewbox=\"0 0 240 100\"") ||
                  reply_says(page, "<svg viewbox=\"0 0 250 100\"") ||
                  reply_says(page, "<svg viewbox=\"0 0 230 100\""));
    g_assert_true(reply_says(page, "<td>Русский</td><td>1,235</td>"));
    g_assert_true(reply_says(page, "readers of mirrors"));
    g_assert_false(reply_says(page, "style="));
    anna.language = "ar";
    g_autoptr(HttpReply) arabic = get(&anna, "/", 200);
    g_assert_true(reply_says(arabic, "القرّاء"));
    g_assert_false(reply_says(arabic, "office_"));
    stage_close(&stage);
}

static void test_machine(Store *store, const char *url)
{
    Stage stage;
    int64_t now = clock_now();
    stage_open(&stage, store);
    g_auto(Browser) root = BROWSER(stage.office);
    sign_in(store, &root, ROLE_ADMINISTRATOR, false);
    g_autoptr(HttpReply) empty = get(&root, "/", 200);
    g_assert_true(reply_says(empty, "No process of this newsroom"));
    g_assert_true(reply_says(empty, "No edition has been pressed"));
    g_autoptr(Pulse) stand = pulse_take(stage.run, "stand", 0, now, NULL);
    g_autoptr(Pulse) forms = pulse_take(stage.run, "forms", 0, now, NULL);
    g_autoptr(Pulse) press = pulse_take(stage.run, "worker-press", 0, now, NULL);
    g_assert_nonnull(stand);
    pulse_free(pulse_take(stage.run, "worker-mail", 0, now, NULL));
    pulse_beat(forms, now - 2 * PULSE_LATE);
    pulse_beat(press, now - 2 * PULSE_LATE);
    g_assert_true(figure_put(store, "size.media", INT64_C(1234567890), now, NULL));
    g_assert_true(figure_put(store, "forms.aside", 2, now, NULL));
    g_autoptr(HttpReply) page = get(&root, "/", 200);
    g_assert_true(reply_says(page, "door</th><td><span class=\"state active\">answers"));
    g_assert_true(reply_says(page, "<span class=\"state disabled\">does not answer"));
    g_assert_true(reply_says(page, "<span class=\"state ready\">at work"));
    g_assert_true(reply_says(page, "<span class=\"state disabled\">is not running"));
    g_assert_true(reply_says(page, "1,235 MB"));
    g_assert_true(reply_says(page, "2 forms of readers were set aside"));
    /* A file that is no pulse spoils its own part and nothing else. */
    g_autofree char *bad = g_build_filename(stage.run, "worker-pay.pulse", NULL);
    g_assert_true(g_file_set_contents(bad, "x", 1, NULL));
    g_autoptr(HttpReply) spoilt = get(&root, "/", 200);
    g_assert_true(reply_says(spoilt, "worker-pay.pulse is no pulse; remove it"));
    g_assert_true(has_part(spoilt, "disk") && reply_says(spoilt, "1,235 MB"));
    stage_close(&stage);
}

/* ---- Jobs ----------------------------------------------------------------------------------- */

static bool always_fails(Store *store, const Job *job, void *context, GError **error)
{
    return fail(error, KOLOKOL_ERROR_INVALID, "the bank said <no>");
}

static const JobKind job_kinds[] = {
    {"pay.test", "pay", always_fails, 1, 60000000, 1000000, "fails"},
    {"mail.test", "mail", always_fails, 1, 60000000, 1000000, "fails"},
    {.kind = NULL},
};

static bool count_audit(const AuditRow *row, void *data, GError **error)
{
    g_string_append_printf(data, "%s %s; ", row->action, row->subject);
    return true;
}

static void test_jobs(Store *store, const char *url)
{
    Stage stage;
    bool ran = false;
    stage_open(&stage, store);
    jobs_register(job_kinds);
    g_auto(Browser) root = BROWSER(stage.office);
    sign_in(store, &root, ROLE_ADMINISTRATOR, false);
    g_assert_true(job_enqueue(store, "pay.test", "<b>gift", "secret@payload", 1, NULL));
    g_assert_true(jobs_run_one(store, "pay", NULL, &ran, NULL));
    g_assert_true(job_enqueue(store, "mail.test", "late", "", clock_now() - CLOCK_HOUR, NULL));
    g_autoptr(HttpReply) front = get(&root, "/", 200);
    g_assert_true(reply_says(front, "1 job is late"));
    g_assert_true(reply_says(front, "1 job was given up"));
    g_autoptr(HttpReply) page = get(&root, "/jobs", 200);
    g_assert_true(reply_says(page, "the bank said &lt;no&gt;"));
    g_assert_true(reply_says(page, "&lt;b&gt;gift"));
    g_assert_false(reply_says(page, "secret@payload"));
    g_autofree char *id = reply_field(page, "id");
    g_autofree char *body = g_strdup_printf("id=%s", id);
    http_reply_unref(browser_post(&root, "/jobs/retry", body));
    g_assert_cmpstr(root.location, ==, "/jobs?retried=1");
    g_autoptr(HttpReply) gone = browser_post(&root, "/jobs/discard", body); /* it waits now */
    g_assert_cmpuint(http_reply_status(gone), ==, 404);
    g_assert_true(jobs_run_one(store, "pay", NULL, &ran, NULL));
    http_reply_unref(browser_post(&root, "/jobs/discard", body));
    g_assert_cmpstr(root.location, ==, "/jobs?discarded=1");
    g_autoptr(HttpReply) after = get(&root, "/jobs?discarded=1", 200);
    g_assert_true(reply_says(after, "Nothing was given up."));
    g_autoptr(HttpReply) wrong = browser_post(&root, "/jobs/retry", "id=x");
    g_assert_cmpuint(http_reply_status(wrong), ==, 404);
    g_autoptr(GString) audit = g_string_new(NULL);
    g_assert_true(audit_list(store, 0, 100, count_audit, audit, NULL));
    g_assert_nonnull(strstr(audit->str, "jobs.retry job 1; jobs.discard job 1; "));
    stage_close(&stage);
}

/* ---- The outbox ----------------------------------------------------------------------------- */

static void put_mail(const Stage *stage, const char *name, const char *html)
{
    g_autofree char *path = g_build_filename(stage->outbox, name, NULL);
    g_autofree char *text = g_strdup_printf(
        "From: The Bell <letters@bell.example>\r\nTo: <anna@bell.example>\r\n"
        "Subject: Confirm <now>\r\nDate: Sun, 29 Nov 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: "
        "text/plain; charset=utf-8\r\n\r\nOpen http://forms.localhost:8081/f/1 now\r\n--b\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n%s\r\n--b--\r\n",
        html);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void test_outbox(Store *store, const char *url)
{
    Stage stage;
    stage_open(&stage, store);
    g_auto(Browser) root = BROWSER(stage.office);
    sign_in(store, &root, ROLE_ADMINISTRATOR, false);
    g_autoptr(HttpReply) none = get(&root, "/outbox", 200);
    g_assert_true(reply_says(none, "0 mails"));
    put_mail(
        &stage, MAIL,
        "<html><head><style>p{}</style></head><body><p onclick=x()>Hello</p><script>evil()"
        "</script><img src=\"https://spy.example/1.gif\"><a href=\"http://forms.localhost:8081/"
        "f/1\">Confirm</a></body></html>");
    g_autoptr(HttpReply) list = get(&root, "/outbox", 200);
    g_assert_true(reply_says(list, "1 mail<"));
    g_assert_true(reply_says(list, "href=\"/outbox/" MAIL "\""));
    g_assert_true(reply_says(list, "Confirm &lt;now&gt;"));
    g_autoptr(HttpReply) mail = get(&root, "/outbox/" MAIL, 200);
    g_assert_true(reply_says(mail, "<p>Hello</p>"));
    g_assert_true(reply_says(mail, "href=\"http://forms.localhost:8081/f/1\""));
    g_assert_true(reply_says(mail, "letters@bell.example"));
    g_assert_false(reply_says(mail, "evil()") || reply_says(mail, "onclick"));
    g_assert_false(reply_says(mail, "<img"));
    http_reply_unref(get(&root, "/outbox/20261129T080000-00112233aabbccde.eml", 404));
    http_reply_unref(get(&root, "/outbox/..%2fkolokol.ini", 404));
    g_autoptr(HttpReply) front = get(&root, "/", 200);
    g_assert_true(reply_says(front, "href=\"/outbox\""));
    stage_close(&stage);
}

/* People of a demo see it, whatever their role; nobody else does by that. */
static void test_demo(Store *store, const char *url)
{
    Stage stage;
    stage_open(&stage, store);
    g_auto(Browser) anna = BROWSER(stage.office);
    sign_in(store, &anna, ROLE_REPORTER, true);
    http_reply_unref(get(&anna, "/outbox", 200));
    http_reply_unref(get(&anna, "/jobs", 403));
    g_autoptr(HttpReply) front = get(&anna, "/", 200);
    g_assert_true(has_part(front, "outbox"));
    stage_close(&stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/dashboard/roles", test_roles);
    stores_test_add("/request/dashboard/readers", test_readers);
    stores_test_add("/request/dashboard/machine", test_machine);
    stores_test_add("/request/dashboard/jobs", test_jobs);
    stores_test_add("/request/dashboard/outbox", test_outbox);
    stores_test_add("/request/dashboard/demo", test_demo);
    return g_test_run();
}
