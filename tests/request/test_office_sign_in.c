/*
 * Ways into the office, as whole requests: one-time links, the second factor, and who guesses.
 * Covers: src/office/sign_in.c, src/office/link_page.c, src/office/second_page.c.
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "doubles/stores.h"
#include "jobs/jobs.h"
#include "main/job_rows.h"
#include "main/office_rows.h"
#include "office/letter.h"
#include "office_browser.h"
#include "press/setting.h"
#include "seal/password.h"

#include <string.h>

#define WORD "correct horse battery"
#define URL  "http://office.localhost:8082"

static Secret secret = {{7}};
static int64_t moment = INT64_C(1800000000) * CLOCK_SECOND;

static int64_t at(void *data)
{
    return moment;
}

static Office *open_office(Store *store)
{
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {
        .store = store, .tables = office_tables, .secret = &secret, .url = URL};
    Office *office = office_new(&options, &error);
    g_assert_no_error(error);
    jobs_register(job_rows());
    return office;
}

static int64_t added(Store *store, const char *email, Role role, bool password)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_true(person_add(store, "Anna", email, role, 0, 1, &id, &error));
    g_assert_true(!password || person_set_password(store, id, WORD, 0, 1, &error));
    return id;
}

static unsigned status_of(HttpReply *taken)
{
    g_autoptr(HttpReply) reply = taken;
    return http_reply_status(reply);
}

static unsigned people(Store *store)
{
    g_autoptr(GPtrArray) all = person_list(store, NULL);
    return all->len;
}

/* ---- One-time links ------------------------------------------------------------------------- */

/* The path of a new link. Caller frees. */
static char *link_for(Store *store, LinkPurpose purpose, int64_t person)
{
    g_autoptr(GError) error = NULL;
    char token[LINK_TOKEN];
    g_assert_true(link_make(store, purpose, person, clock_now(), token, NULL, &error));
    return g_strconcat("/link/", token, NULL);
}

static void test_invite(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) anna = BROWSER(office);
    g_auto(Browser) late = BROWSER(office);
    int64_t id = added(store, "anna@bell.example", ROLE_REPORTER, false);
    g_autofree char *path = link_for(store, LINK_INVITE, id);
    for (int i = 0; i < 3; i++) { /* a scanner looks */
        g_autoptr(HttpReply) shown = browser_get(&anna, path);
        g_assert_true(reply_says(shown, "anna@bell.example"));
    }
    g_assert_cmpuint(status_of(browser_get(&late, path)), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&anna, path, "new=short")), ==, 422);
    g_assert_cmpuint(status_of(browser_post(&anna, path, "new=correct+horse+battery")), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&anna, "/stories")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&late, path, "new=somebody+elses+word")), ==, 404);
    g_assert_cmpuint(status_of(browser_get(&late, path)), ==, 404);
    g_assert_cmpuint(browser_sign_in(&late, "anna@bell.example", WORD), ==, 303);
}

static void test_first(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) anna = BROWSER(office);
    g_autofree char *path = link_for(store, LINK_FIRST, 0);
    char codes[SECOND_CODES][SECOND_RECOVERY];
    g_assert_cmpuint(status_of(browser_get(&anna, path)), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&anna, path, "name=A&email=a&new=" WORD)), ==, 422);
    g_assert_cmpuint(people(store), ==, 0);
    g_assert_cmpuint(status_of(browser_post(&anna, path, "name=A&email=a%40b.example&new=" WORD)),
                     ==, 303);
    g_assert_true(g_str_has_prefix(anna.location, "/second-factor"));
    g_assert_cmpuint(status_of(browser_get(&anna, "/account")), ==, 303); /* not yet */
    browser_set_up(&anna, codes);
    g_assert_cmpuint(status_of(browser_get(&anna, "/account")), ==, 200);
    g_autofree char *again = link_for(store, LINK_FIRST, 0);
    g_auto(Browser) thief = BROWSER(office);
    g_assert_cmpuint(status_of(browser_get(&thief, again)), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&thief, again, "name=A&email=c%40d.example&new=" WORD)),
                     ==, 422);
    g_assert_cmpuint(people(store), ==, 1);
}

static void test_demo(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_autoptr(GError) error = NULL;
    g_auto(Browser) vera = BROWSER(office);
    int64_t id = 0;
    bool changed = false;
    g_assert_true(person_add_demo(store, "Vera", "vera@bell.example", ROLE_CHIEF, 1, &id, &error));
    g_autofree char *path = link_for(store, LINK_SIGN_IN, id);
    g_assert_true(setting_set(store, "url", "https://bell.example", &changed, &error));
    g_assert_cmpuint(status_of(browser_get(&vera, path)), ==, 403);
    g_assert_true(setting_set(store, "url", "http://paper.localhost:8080", &changed, &error));
    g_assert_cmpuint(status_of(browser_get(&vera, path)), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&vera, path, "")), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&vera, "/stories")), ==, 200);
    g_assert_true(setting_set(store, "url", "https://bell.example", &changed, &error));
    g_assert_cmpuint(status_of(browser_get(&vera, "/stories")), ==, 303);
    g_assert_cmpuint(browser_sign_in(&vera, "vera@bell.example", ""), ==, 403);
}

static unsigned jobs_waiting(Store *store, const char *lane)
{
    int64_t due = 0;
    g_assert_true(jobs_next_due(store, lane, &due, NULL));
    return due != INT64_MAX;
}

/* Asking for a way back in tells nothing, and sends nothing to who is not there. */
static void test_forgot(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_autoptr(GError) error = NULL;
    g_auto(Browser) anna = BROWSER(office);
    int64_t id = added(store, "anna@bell.example", ROLE_REPORTER, true), made = 0;
    bool ran = false;
    g_assert_cmpuint(status_of(browser_get(&anna, "/forgot")), ==, 200);
    g_autoptr(HttpReply) there = browser_post(&anna, "/forgot", "email=Anna%40bell.example");
    g_autoptr(HttpReply) not_there = browser_post(&anna, "/forgot", "email=nobody%40bell.example");
    g_assert_cmpuint(http_reply_status(there), ==, 200);
    g_assert_cmpuint(http_reply_length(there), ==, http_reply_length(not_there));
    g_assert_cmpint(
        memcmp(http_reply_body(there), http_reply_body(not_there), http_reply_length(there)), ==,
        0);
    g_assert_cmpuint(jobs_waiting(store, "mail"), ==, 1);
    g_assert_true(jobs_run_one(store, "mail", NULL, &ran, &error));
    g_assert_true(link_made(store, LINK_RESET, id, &made, &error));
    g_assert_cmpint(made, >, 0);
}

static void test_link_ends(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_autoptr(GError) error = NULL;
    g_auto(Browser) anna = BROWSER(office);
    clock_replace(at, NULL);
    int64_t id = added(store, "anna@bell.example", ROLE_REPORTER, true);
    g_autofree char *path = link_for(store, LINK_RESET, id);
    g_autofree char *other = NULL;
    moment += CLOCK_HOUR - 1;
    g_assert_cmpuint(status_of(browser_get(&anna, path)), ==, 200);
    moment += 1;
    g_assert_cmpuint(status_of(browser_get(&anna, path)), ==, 404);
    other = link_for(store, LINK_RESET, id);
    g_assert_true(person_disable(store, id, 0, moment, &error));
    g_assert_cmpuint(status_of(browser_get(&anna, other)), ==, 404);
    clock_replace(NULL, NULL);
}

/* ---- The second factor ---------------------------------------------------------------------- */

static unsigned give_code(Browser *browser, const char *code)
{
    g_autofree char *body = g_strdup_printf("next=/&code=%s", code);
    g_assert_cmpuint(status_of(browser_get(browser, "/second-factor")), ==, 200);
    return status_of(browser_post(browser, "/second-factor", body));
}

static void test_second(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) anna = BROWSER(office);
    char codes[SECOND_CODES][SECOND_RECOVERY], code[TOTP_DIGITS + 1];
    uint8_t totp[TOTP_SECRET];
    clock_replace(at, NULL);
    added(store, "anna@bell.example", ROLE_EDITOR, true);
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", WORD), ==, 303);
    g_autoptr(HttpReply) page = browser_get(&anna, "/second-factor");
    reply_key(page, totp);
    g_assert_cmpuint(give_code(&anna, "000000"), ==, 403);
    browser_set_up(&anna, codes);
    totp_code(totp, moment, code);
    g_auto(Browser) again = BROWSER(office);
    g_assert_cmpuint(browser_sign_in(&again, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&again, "/stories")), ==, 303);
    g_assert_cmpuint(give_code(&again, code), ==, 403); /* used when it was set up */
    moment += TOTP_STEP;
    totp_code(totp, moment, code);
    g_assert_cmpuint(give_code(&again, code), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&again, "/stories")), ==, 200);
    g_auto(Browser) lost = BROWSER(office);
    g_assert_cmpuint(browser_sign_in(&lost, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(give_code(&lost, codes[3]), ==, 303);
    g_auto(Browser) thief = BROWSER(office);
    g_assert_cmpuint(browser_sign_in(&thief, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(give_code(&thief, codes[3]), ==, 403);
    g_assert_cmpuint(status_of(browser_post(&thief, "/second-factor/leave", "")), ==, 303);
    clock_replace(NULL, NULL);
}

/* A reporter may have one, and may be without; an editor may not. */
static void test_own_second(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) anna = BROWSER(office);
    g_auto(Browser) boris = BROWSER(office);
    g_auto(Browser) thief = BROWSER(office);
    char codes[SECOND_CODES][SECOND_RECOVERY], code[TOTP_DIGITS + 1];
    uint8_t totp[TOTP_SECRET];
    Second second;
    int64_t id = added(store, "anna@bell.example", ROLE_REPORTER, true);
    added(store, "boris@bell.example", ROLE_EDITOR, true);
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(browser_sign_in(&thief, "anna@bell.example", WORD), ==, 303);
    g_autoptr(HttpReply) page = browser_get(&anna, "/account/second-factor");
    reply_key(page, totp);
    totp_code(totp, clock_now(), code);
    g_autofree char *good = g_strdup_printf("password=%s&code=%s", WORD, code);
    g_autofree char *wrong = g_strdup_printf("password=wrong&code=%s", code);
    g_assert_cmpuint(status_of(browser_post(&anna, "/account/second-factor", wrong)), ==, 403);
    g_assert_cmpuint(status_of(browser_get(&thief, "/account")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&anna, "/account/second-factor", good)), ==, 200);
    g_assert_cmpuint(status_of(browser_get(&thief, "/account")), ==, 303); /* by a password only */
    g_assert_cmpuint(status_of(browser_get(&anna, "/account")), ==, 200);
    g_assert_true(second_read(store, id, &second, NULL));
    g_assert_true(second.on);
    const char *off = "/account/second-factor/off";
    g_assert_cmpuint(status_of(browser_post(&anna, off, "password=wrong")), ==, 403);
    g_assert_cmpuint(status_of(browser_get(&anna, "/account")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&anna, off, "password=" WORD)), ==, 303);
    g_assert_true(second_read(store, id, &second, NULL));
    g_assert_false(second.on);
    g_assert_cmpuint(browser_sign_in(&boris, "boris@bell.example", WORD), ==, 303);
    browser_set_up(&boris, codes);
    g_assert_cmpuint(status_of(browser_post(&boris, off, "password=" WORD)), ==, 403);
}

/* ---- Guessing ------------------------------------------------------------------------------- */

/* Five wrong ones, and not even the right one is looked at: at once, for the first wait is short.
 */
static void guess(Browser *thief, const char *email)
{
    for (int i = 0; i < 5; i++) {
        g_assert_cmpuint(browser_sign_in(thief, email, "wrong horse battery"), ==, 403);
    }
    g_assert_cmpuint(browser_sign_in(thief, email, WORD), ==, 429);
}

static void test_guard(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) home = BROWSER(office);
    g_auto(Browser) thief = BROWSER(office);
    g_auto(Browser) elsewhere = BROWSER(office);
    elsewhere.address = 2;
    added(store, "anna@bell.example", ROLE_REPORTER, true);
    g_assert_cmpuint(browser_sign_in(&home, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(status_of(browser_post(&home, "/sign-out", "")), ==, 403); /* a stale token */
    g_assert_cmpuint(status_of(browser_get(&home, "/account")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&home, "/sign-out", "")), ==, 303);
    guess(&thief, "anna@bell.example");
    guess(&thief, "nobody@bell.example");
    /* her own browser on the same network, and she herself elsewhere, are not kept out */
    g_assert_cmpuint(browser_sign_in(&home, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(browser_sign_in(&elsewhere, "anna@bell.example", WORD), ==, 303);
}

/* The newsroom's computer and her own: guessing in one does not keep her out of the other. */
static void test_shared(Store *store, const char *url)
{
    static const char *const nina = "nina@bell.example";
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) shared = BROWSER(office);
    g_auto(Browser) own = BROWSER(office);
    Browser *const both[] = {&shared, &own};
    added(store, nina, ROLE_REPORTER, true);
    for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
        g_assert_cmpuint(browser_sign_in(both[i], nina, WORD), ==, 303);
        g_assert_cmpuint(status_of(browser_get(both[i], "/account")), ==, 200);
        g_assert_cmpuint(status_of(browser_post(both[i], "/sign-out", "")), ==, 303);
    }
    for (int i = 0; i < 8; i++) {
        browser_sign_in(&shared, nina, "wrong horse battery");
    }
    g_assert_cmpuint(browser_sign_in(&shared, nina, WORD), ==, 429);
    g_assert_cmpuint(browser_sign_in(&own, nina, WORD), ==, 303);
}

/* Somebody on the same network guesses until the client must wait: a colleague's known browser goes
 * all the way in, by password and code. */
static void test_neighbour(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) home = BROWSER(office);
    g_auto(Browser) thief = BROWSER(office);
    char codes[SECOND_CODES][SECOND_RECOVERY];
    added(store, "anna@bell.example", ROLE_EDITOR, true);
    g_assert_cmpuint(browser_sign_in(&home, "anna@bell.example", WORD), ==, 303);
    browser_set_up(&home, codes);
    g_assert_cmpuint(status_of(browser_get(&home, "/account")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&home, "/sign-out", "")), ==, 303);
    for (int i = 0; i < 21; i++) {
        g_autofree char *email = g_strdup_printf("p%d@bell.example", i);
        browser_sign_in(&thief, email, "wrong horse battery");
    }
    g_assert_cmpuint(browser_sign_in(&thief, "anna@bell.example", WORD), ==, 429);
    g_assert_cmpuint(browser_sign_in(&home, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(give_code(&home, codes[0]), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&home, "/stories")), ==, 200);
    /* guessing at the code itself gets slow there as well */
    g_assert_cmpuint(browser_sign_in(&home, "anna@bell.example", WORD), ==, 303);
    for (int i = 0; i < 5; i++) {
        g_assert_cmpuint(give_code(&home, "000000"), ==, 403);
    }
    g_assert_cmpuint(give_code(&home, codes[1]), ==, 429);
}

/* Wrong old passwords at one session stop that one, not a colleague at the same address, nor the
 * same person elsewhere. */
static void test_old_password(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) anna = BROWSER(office);
    g_auto(Browser) phone = BROWSER(office);
    g_auto(Browser) boris = BROWSER(office);
    const char *path = "/account/password", *wrong = "old=wrong&new=" WORD;
    added(store, "anna@bell.example", ROLE_REPORTER, true);
    added(store, "boris@bell.example", ROLE_REPORTER, true);
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(browser_sign_in(&phone, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(browser_sign_in(&boris, "boris@bell.example", WORD), ==, 303);
    Browser *const all[] = {&anna, &phone, &boris};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        g_assert_cmpuint(status_of(browser_get(all[i], "/account")), ==, 200);
    }
    for (int i = 0; i < 10; i++) {
        g_assert_cmpuint(status_of(browser_post(&phone, path, wrong)), ==, 403);
    }
    g_assert_cmpuint(status_of(browser_post(&phone, path, "old=" WORD "&new=" WORD)), ==, 429);
    g_assert_cmpuint(status_of(browser_post(&boris, path, "old=" WORD "&new=" WORD)), ==, 303);
    g_assert_cmpuint(status_of(browser_post(&anna, path, "old=" WORD "&new=" WORD)), ==, 303);
}

static unsigned forgot(Browser *browser, const char *email)
{
    g_autofree char *body = g_strconcat("email=", email, NULL);
    return status_of(browser_post(browser, "/forgot", body));
}

/* Asking often for one address stops nobody else; asking often for many stops that client, and not
 * who has signed in at this browser before. */
static void test_forgot_often(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) home = BROWSER(office);
    g_auto(Browser) thief = BROWSER(office);
    added(store, "anna@bell.example", ROLE_REPORTER, true);
    g_assert_cmpuint(browser_sign_in(&home, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&home, "/account")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&home, "/sign-out", "")), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&home, "/forgot")), ==, 200);
    g_assert_cmpuint(status_of(browser_get(&thief, "/forgot")), ==, 200);
    for (int i = 0; i < 20; i++) {
        g_assert_cmpuint(forgot(&thief, "anna@bell.example"), ==, 200);
    }
    for (int i = 0; i < 80; i++) {
        g_autofree char *email = g_strdup_printf("p%d@bell.example", i);
        g_assert_cmpuint(forgot(&thief, email), ==, 200);
    }
    g_assert_cmpuint(forgot(&thief, "boris@bell.example"), ==, 429);
    g_assert_cmpuint(forgot(&home, "anna@bell.example"), ==, 200);
    g_assert_cmpuint(forgot(&home, "boris@bell.example"), ==, 429);
}

/* The role changes while somebody works: the session ends, and the next one sets the factor up. */
static void test_promoted(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) anna = BROWSER(office);
    char codes[SECOND_CODES][SECOND_RECOVERY];
    int64_t id = added(store, "anna@bell.example", ROLE_REPORTER, true);
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&anna, "/stories")), ==, 200);
    g_assert_true(person_set_role(store, id, ROLE_CHIEF, 0, 2, NULL));
    g_assert_cmpuint(status_of(browser_get(&anna, "/settings")), ==, 303);
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&anna, "/settings")), ==, 303);
    browser_set_up(&anna, codes);
    g_assert_cmpuint(status_of(browser_get(&anna, "/settings")), ==, 200);
}

/* An address that nobody has costs the same work: argon2id in both. Compared loosely, so that a
 * busy machine does not matter; without the work the difference would be fifty-fold. */
static void test_timing(Store *store, const char *url)
{
    int64_t took[2] = {INT64_MAX, INT64_MAX};
    static const char *const emails[] = {"anna@bell.example", "nobody@bell.example"};
    password_cheap(false);
    added(store, emails[0], ROLE_REPORTER, true);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 2; i++) {
            int64_t before = clock_cpu();
            g_assert_null(person_sign_in(store, emails[i], "wrong horse battery", NULL));
            took[i] = MIN(took[i], clock_cpu() - before);
        }
    }
    g_assert_cmpint(took[0], <, 2 * took[1]);
    g_assert_cmpint(took[1], <, 2 * took[0]);
    password_cheap(true);
}

/* ---- The database fails ------------------------------------------------------------------------
 */

static unsigned sessions(Store *store, int64_t person)
{
    g_autoptr(GPtrArray) all = session_list(store, person, clock_now(), NULL);
    return all->len;
}

/* Whichever call fails, once or from then on: who is told that they are in is in, nobody else is,
 * and who is in is not thrown out. */
static void test_faults(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    g_auto(Browser) in = BROWSER(office);
    int64_t id = added(store, "anna@bell.example", ROLE_REPORTER, true);
    unsigned good = 1;
    g_assert_cmpuint(browser_sign_in(&in, "anna@bell.example", WORD), ==, 303);
    for (uint64_t nth = 1; nth <= 24; nth++) {
        g_auto(Browser) fresh = BROWSER(office);
        http_reply_unref(browser_get(&fresh, "/sign-in"));
        g_autofree char *body =
            g_strdup_printf("email=anna%%40bell.example&password=%s&csrf=%s", WORD, fresh.csrf);
        fault_plan(FAULT_SQL, nth, nth % 2 == 0);
        unsigned status = status_of(browser_post_bare(&fresh, "/sign-in", body));
        fault_end();
        g_assert_true(status == 303 || status == 503);
        good += status == 303;
        g_assert_cmpuint(status_of(browser_get(&fresh, "/account")), ==, status == 303 ? 200 : 303);
        fault_plan(FAULT_SQL, nth, nth % 2 == 0);
        status = status_of(browser_get(&in, "/account"));
        fault_end();
        g_assert_true(status == 200 || status == 503);
        g_assert_cmpuint(sessions(store, id), ==, good);
    }
    g_assert_cmpuint(good, >, 1);
}

/* A link whose use failed is still good. */
static void test_link_faults(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store);
    int64_t id = added(store, "anna@bell.example", ROLE_REPORTER, false);
    unsigned status = 503;
    g_autofree char *path = link_for(store, LINK_INVITE, id);
    for (uint64_t nth = 1; status != 303 && nth <= 40; nth++) {
        g_auto(Browser) fresh = BROWSER(office);
        Link link;
        http_reply_unref(browser_get(&fresh, path));
        fault_plan(FAULT_SQL, nth, true);
        status = status_of(browser_post(&fresh, path, "new=" WORD));
        fault_end();
        g_autoptr(Person) person = person_read(store, id, NULL);
        bool usable = link_find(store, strrchr(path, '/') + 1, clock_now(), &link, NULL);
        g_assert_true(usable == (person->state == PERSON_INVITED));
        if (!usable) {
            break; /* it worked, or only the session after it did not */
        }
        g_assert_cmpuint(status, ==, 503);
    }
    g_autoptr(Person) person = person_read(store, id, NULL);
    g_assert_cmpint(person->state, ==, PERSON_ACTIVE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/office/invite", test_invite);
    stores_test_add("/request/office/first", test_first);
    stores_test_add("/request/office/demo", test_demo);
    stores_test_add("/request/office/forgot", test_forgot);
    stores_test_add("/request/office/link_ends", test_link_ends);
    stores_test_add("/request/office/second", test_second);
    stores_test_add("/request/office/own_second", test_own_second);
    stores_test_add("/request/office/guard", test_guard);
    stores_test_add("/request/office/shared", test_shared);
    stores_test_add("/request/office/neighbour", test_neighbour);
    stores_test_add("/request/office/old_password", test_old_password);
    stores_test_add("/request/office/forgot_often", test_forgot_often);
    stores_test_add("/request/office/promoted", test_promoted);
    stores_test_add("/request/office/timing", test_timing);
    stores_test_add("/request/office/faults", test_faults);
    stores_test_add("/request/office/link_faults", test_link_faults);
    return g_test_run();
}
