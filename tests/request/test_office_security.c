/*
 * Who gets in, and what a request may not do, for every row of the table: each kind of visitor,
 * tokens, cookies, ids and paths, fields that a form does not have, guessing. Rows that come later
 * are walked too. What is typed and then shown is test_office_strings.c.
 */
#include "base/error.h"
#include "desk/erasure.h"
#include "desk/story.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office_staffed.h"
#include "press/setting.h"
#include "staff/link.h"

#include <dlfcn.h>
#include <sodium.h>
#include <string.h>

/* ---- Work, counted --------------------------------------------------------------------------- */

static unsigned hashed; /* argon2id runs in this process */

/* In place of libsodium's, which does the work. */
int crypto_pwhash(unsigned char *out, unsigned long long length, const char *password,
                  unsigned long long password_length, const unsigned char *salt,
                  unsigned long long passes, size_t memory, int algorithm)
{
    typedef int (*Real)(unsigned char *, unsigned long long, const char *, unsigned long long,
                        const unsigned char *, unsigned long long, size_t, int);
    static Real real = NULL;
    if (real == NULL) {
        *(void **)(void *)&real = dlsym(RTLD_NEXT, "crypto_pwhash");
    }
    hashed++;
    return real(out, length, password, password_length, salt, passes, memory, algorithm);
}

/* ---- Every row and every kind of visitor ----------------------------------------------------- */

/* Of a row that is not theirs: led away or refused, and never more. */
static void check_closed(Browser *browser, const OfficeRoute *row, const char *who)
{
    g_autofree char *path = walk_path(row, "1");
    bool get = row->method == HTTP_GET;
    g_autoptr(HttpReply) reply = get ? browser_get(browser, path) : browser_post(browser, path, "");
    unsigned status = http_reply_status(reply);
    const char *to = http_reply_find(reply, "Location");
    bool led = get && status == 303 &&
               (g_str_has_prefix(to, "/sign-in") || g_str_has_prefix(to, "/second-factor"));
    if (status != 403 && !led) {
        g_test_message("%s %s as %s: %u", get ? "GET" : "POST", path, who, status);
        g_assert_not_reached();
    }
}

static void close_to(Office *office, Browser *browser, Permission most, const char *who)
{
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(office, &count);
    for (unsigned i = 0; i < count; i++) {
        if (rows[i]->permission == PERMISSION_NONE || rows[i]->permission > most) {
            check_closed(browser, rows[i], who);
        }
    }
}

/* The password was right, the second factor is still to come. */
static void test_halfway(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    for (unsigned role = 0; role < ROLES; role++) {
        g_auto(Browser) first = BROWSER(office);
        g_auto(Browser) second = BROWSER(office);
        g_autofree char *email = g_strconcat(role_name((Role)role), "@bell.example", NULL);
        second.address = 200;
        visitor_sign_in(store, &first, role_name((Role)role), (Role)role);
        if (!role_needs_second((Role)role)) {
            continue;
        }
        g_assert_cmpuint(browser_sign_in(&second, email, VISITOR_WORD), ==, 303);
        http_reply_unref(browser_get(&second, "/second-factor"));
        close_to(office, &second, PERMISSION_HALFWAY, "halfway");
    }
}

/* A session that was good a moment ago. */
static void test_disabled(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) other = BROWSER(office);
    visitor_sign_in(store, &other, "Ada", ROLE_ADMINISTRATOR);
    for (unsigned role = 0; role < ROLES; role++) {
        g_auto(Browser) browser = BROWSER(office);
        int64_t id = visitor_sign_in(store, &browser, role_name((Role)role), (Role)role);
        g_assert_true(person_disable(store, id, 0, 2, NULL));
        close_to(office, &browser, PERMISSION_PUBLIC, "disabled");
    }
}

/* People of the demo, as soon as the newspaper has an address of the world. */
static void test_demo(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    bool changed = false;
    for (unsigned role = 0; role < ROLES; role++) {
        g_auto(Browser) browser = BROWSER(office);
        int64_t id = 0;
        g_autofree char *email = g_strconcat(role_name((Role)role), "@demo.example", NULL);
        char token[SESSION_TOKEN];
        g_assert_true(setting_set(store, "url", "http://paper.localhost:8080", &changed, NULL));
        g_assert_true(person_add_demo(store, "Demo", email, (Role)role, 1, &id, NULL));
        g_assert_true(session_begin(store, id, SESSION_WHOLE, "", g_get_real_time(), token, NULL));
        g_strlcpy(browser.cookie, token, sizeof browser.cookie);
        visitor_says(browser_get(&browser, "/account"), 200, "name=\"csrf\"");
        g_assert_true(setting_set(store, "url", "https://bell.example", &changed, NULL));
        close_to(office, &browser, PERMISSION_PUBLIC, "of the demo");
    }
}

/* Each method on each path; HEAD is GET, and changes nothing. */
static void test_methods(Store *store, const char *url)
{
    static const char *const others[] = {"PUT",   "DELETE",  "OPTIONS", "PATCH",
                                         "TRACE", "CONNECT", "post",    "X"};
    g_autoptr(Office) office = visitor_office(store);
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(office, &count);
    for (unsigned i = 0; i < count; i++) {
        g_autofree char *path = walk_path(rows[i], "1");
        for (size_t j = 0; j < G_N_ELEMENTS(others); j++) {
            HttpRequest request;
            http_request_init(&request, others[j], path);
            g_autoptr(HttpReply) reply = office_answer(&request, office);
            g_assert_cmpuint(http_reply_status(reply), ==, 405);
        }
    }
}

/* ---- Tokens and cookies ---------------------------------------------------------------------- */

static void refused(HttpReply *taken, const OfficeRoute *row, const char *why)
{
    g_autoptr(HttpReply) reply = taken;
    unsigned status = http_reply_status(reply);
    if (status != 403 && status != 400 && status != 415) {
        g_test_message("%s with %s: %u", row->name, why, status);
        g_assert_not_reached();
    }
}

static void check_tokens(const Staffed *staffed, Browser *browser, const OfficeRoute *row,
                         const char *others)
{
    g_autofree char *path = walk_path(row, "1");
    g_autofree char *stolen = g_strconcat("csrf=", others, NULL);
    g_autofree char *good = g_strconcat("csrf=", browser->csrf, NULL);
    g_autofree char *with_query = g_strconcat(path, "?", good, NULL);
    g_autofree char *longer = g_strconcat(good, "0", NULL);
    refused(browser_post_bare(browser, path, ""), row, "no token");
    refused(browser_post_bare(browser, path, "csrf="), row, "an empty token");
    refused(browser_post_bare(browser, path, "csrf=0123456789abcdef0123456789abcdef"), row,
            "a wrong token");
    refused(browser_post_bare(browser, path, stolen), row, "another session's token");
    refused(browser_post_bare(browser, path, longer), row, "a longer token");
    refused(browser_send(browser, path, "text/plain", good, strlen(good)), row, "a plain text");
    if (row->body == OFFICE_FIELDS) {
        refused(browser_post_bare(browser, with_query, ""), row, "the token in the address");
    }
    /* What a page elsewhere can send: its own cookie is not the victim's, theirs stays away. */
    g_auto(Browser) elsewhere = BROWSER(staffed->office);
    elsewhere.site = "cross-site";
    elsewhere.address = 77;
    refused(browser_post_bare(&elsewhere, path, good), row, "no cookie, from elsewhere");
}

static void test_tokens(Store *store, const char *url)
{
    unsigned count = 0;
    Staffed staffed;
    staffed_set_up(&staffed, store);
    const OfficeRoute *const *rows = office_rows(staffed.office, &count);
    for (unsigned i = 0; i <= ROLES; i++) {
        http_reply_unref(browser_get(&staffed.of[i], i == ROLES ? "/sign-in" : "/account"));
    }
    for (unsigned i = 0; i < count; i++) {
        Browser *browser = staffed_for(&staffed, rows[i]);
        if (rows[i]->method == HTTP_POST && browser != NULL) {
            const Browser *other = browser == &staffed.of[ROLE_CHIEF]
                                       ? &staffed.of[ROLE_ADMINISTRATOR]
                                       : &staffed.of[ROLE_CHIEF];
            g_assert_cmpstr(browser->csrf, !=, other->csrf);
            check_tokens(&staffed, browser, rows[i], other->csrf);
        }
    }
    for (unsigned role = 0; role < ROLES; role++) { /* nobody was thrown out by any of it */
        visitor_says(browser_get(&staffed.of[role], "/account"), 200, "");
    }
    staffed_tear_down(&staffed);
}

#define CHOSEN "0123456789abcdef0123456789abcdef"

/* Whether a cookie alone opens a page. */
static bool opens(Office *office, const char *cookie)
{
    g_auto(Browser) thief = BROWSER(office);
    g_strlcpy(thief.cookie, cookie, sizeof thief.cookie);
    g_autoptr(HttpReply) reply = browser_get(&thief, "/account");
    return http_reply_status(reply) == 200;
}

/* A cookie that somebody else has chosen or seen is worth nothing after any step of signing in. */
static void test_fixation(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) anna = BROWSER(office);
    char halfway[sizeof anna.cookie], whole[sizeof anna.cookie];
    char codes[SECOND_CODES][SECOND_RECOVERY];
    int64_t id = 0;
    g_assert_true(person_add(store, "Anna", "anna@bell.example", ROLE_EDITOR, 0, 1, &id, NULL));
    g_assert_true(person_set_password(store, id, VISITOR_WORD, 0, 1, NULL));
    g_strlcpy(anna.cookie, CHOSEN, sizeof anna.cookie);
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", VISITOR_WORD), ==, 303);
    g_assert_false(g_str_has_prefix(anna.cookie, CHOSEN));
    g_strlcpy(halfway, anna.cookie, sizeof halfway);
    browser_set_up(&anna, codes);
    g_assert_cmpstr(anna.cookie, !=, halfway);
    g_assert_true(opens(office, anna.cookie));
    g_assert_false(opens(office, CHOSEN));
    g_assert_false(opens(office, halfway));
    g_strlcpy(whole, anna.cookie, sizeof whole);
    visitor_leads(visitor_post(&anna, "/account/password", "old", VISITOR_WORD, "new",
                               "another long password", NULL),
                  "/account");
    g_assert_cmpstr(anna.cookie, !=, whole);
    g_assert_false(opens(office, whole));
    http_reply_unref(browser_get(&anna, "/account"));
    g_strlcpy(whole, anna.cookie, sizeof whole);
    visitor_leads(visitor_post(&anna, "/sign-out", NULL), "/sign-in");
    g_assert_false(opens(office, whole));
}

/* ---- Ids and paths --------------------------------------------------------------------------- */

static void test_paths(Store *store, const char *url)
{
    static const char *const parts[] = {"0",
                                        "-1",
                                        "1x",
                                        "1e3",
                                        "0x1",
                                        "1.0",
                                        "..",
                                        ".",
                                        "%2e%2e",
                                        "..%2f..%2fetc%2fpasswd",
                                        "%00",
                                        "1%00",
                                        "9223372036854775807",
                                        "9223372036854775808",
                                        "99999999999999999999999999",
                                        "1;drop",
                                        "\xd9\xa1",
                                        "*",
                                        "null"};
    unsigned count = 0, wrong = 0;
    Staffed staffed;
    staffed_set_up(&staffed, store);
    const OfficeRoute *const *rows = office_rows(staffed.office, &count);
    for (unsigned i = 0; i < count; i++) {
        Browser *browser = staffed_for(&staffed, rows[i]);
        for (size_t j = 0; j < G_N_ELEMENTS(parts); j++) {
            g_autofree char *path = walk_path(rows[i], parts[j]);
            if (strchr(rows[i]->path, ':') == NULL || browser == NULL) {
                continue;
            }
            http_reply_unref(browser_get(browser, "/sign-in?again=1"));
            g_autoptr(HttpReply) reply = rows[i]->method == HTTP_GET
                                             ? browser_get(browser, path)
                                             : browser_post(browser, path, "");
            g_assert_false(reply_says(reply, "root:x:0"));
            if (http_reply_status(reply) < 400 && rows[i]->permission != PERMISSION_PUBLIC) {
                g_test_message("%s: %u", path, http_reply_status(reply));
                wrong++;
            }
            staffed_judge(http_reply_ref(reply), path, "nothing");
        }
    }
    g_assert_cmpuint(wrong, ==, 0);
    staffed_tear_down(&staffed);
}

/* ---- Fields that a form does not have -------------------------------------------------------- */

static const char *const extra[][2] = {
    {"role", "administrator"},
    {"state", "published"},
    {"status", "published"},
    {"demo", "1"},
    {"permission", "15"},
    {"level", "2"},
    {"admin", "1"},
    {"id", "1"},
    {"person", "1"},
    {"story", "1"},
    {"owner", "1"},
    {"created", "1"},
    {"published", "1"},
    {"version", "99"},
    {"revision", "1"},
    {"hash", "0"},
    {"email", "evil@b.example"},
    {"password", "evil long password"},
    {"token", "0"},
    {"external", "x"},
    {"url", "https://evil.example"},
    {"languages", "xx"},
    {"step", "3"},
    {"kind", "page"},
    {"__proto__", "1"},
    {"constructor", "1"},
    {"editor", "Evil"},
    {"path", "evil.html"},
};

/* All that only others may change, as one text. */
static char *held(Store *store, Role role)
{
    GString *all = g_string_new(NULL);
    g_autoptr(GPtrArray) people = person_list(store, NULL);
    for (guint i = 0; i < people->len && !role_may(role, PERMISSION_STAFF); i++) {
        const Person *person = people->pdata[i];
        g_string_append_printf(all, "%s %s %d %d %s %d\n", person->email, person->name,
                               (int)person->role, (int)person->state, person->password,
                               person->demo);
    }
    for (int64_t id = 1; id <= 2 && !role_may(role, PERMISSION_PUBLISH); id++) {
        g_autoptr(Story) story = story_read(store, id, NULL);
        g_string_append_printf(all, "story %d %s %d\n", (int)story->state,
                               story->path == NULL ? "-" : story->path, (int)story->kind);
    }
    g_autoptr(GPtrArray) erasures = erasure_list(store, 100, NULL);
    g_string_append_printf(all, "%u erasures\n",
                           role_may(role, PERMISSION_TAKE_DOWN) ? 0 : erasures->len);
    for (const SettingRow *row = setting_rows;
         row->name != NULL && !role_may(role, PERMISSION_SETTINGS); row++) {
        g_autofree char *value = setting_get(store, row->name, NULL);
        g_string_append_printf(all, "%s %s\n", row->name, value);
    }
    return g_string_free(all, FALSE);
}

/* The fields of the form itself, if it is known, and the others behind them. */
static char *stuffed(const StaffedForms *forms, const OfficeRoute *row)
{
    GString *body = g_string_new(NULL);
    g_autoptr(GHashTable) sent = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < forms->forms->len; i++) {
        const StaffedForm *form = &g_array_index(forms->forms, StaffedForm, i);
        for (guint j = 0; form->row == row && j < form->form->fields->len; j++) {
            const WalkField *field = form->form->fields->pdata[j];
            if (strcmp(field->name, "csrf") != 0 && g_hash_table_add(sent, field->name)) {
                g_autofree char *value =
                    g_uri_escape_string(field->value == NULL ? "" : field->value, NULL, FALSE);
                g_string_append_printf(body, "%s=%s&", field->name, value);
            }
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(extra); i++) {
        if (g_hash_table_size(sent) < FIELDS_MOST - 2 &&
            g_hash_table_add(sent, (gpointer)(uintptr_t)extra[i][0])) {
            g_autofree char *value = g_uri_escape_string(extra[i][1], NULL, FALSE);
            g_string_append_printf(body, "%s=%s&", extra[i][0], value);
        }
    }
    g_string_append(body, "more=1");
    return g_string_free(body, FALSE);
}

static void test_mass(Store *store, const char *url)
{
    unsigned count = 0;
    Staffed staffed;
    StaffedForms forms = {0};
    staffed_set_up(&staffed, store);
    staffed_forms(&staffed, &forms);
    const OfficeRoute *const *rows = office_rows(staffed.office, &count);
    for (unsigned role = 0; role < ROLES; role++) {
        Browser *browser = &staffed.of[role];
        http_reply_unref(browser_get(browser, "/account"));
        for (unsigned i = 0; i < count; i++) {
            if (rows[i]->method != HTTP_POST || staffed_ends_sessions(rows[i])) {
                continue;
            }
            g_autofree char *before = held(store, (Role)role);
            g_autofree char *path = walk_path(rows[i], "1");
            g_autofree char *body = stuffed(&forms, rows[i]);
            staffed_judge(browser_post(browser, path, body), path, body);
            g_autofree char *after = held(store, (Role)role);
            if (strcmp(before, after) != 0) {
                g_test_message("%s as %s changed\n%sto\n%s", path, role_name((Role)role), before,
                               after);
                g_assert_not_reached();
            }
        }
    }
    staffed_forms_clear(&forms);
    staffed_tear_down(&staffed);
}

/* ---- Guessing -------------------------------------------------------------------------------- */

static unsigned work_of(Store *store, const char *email)
{
    unsigned before = hashed;
    g_assert_null(person_sign_in(store, email, "wrong horse battery", NULL));
    return hashed - before;
}

/* One run of argon2id, whoever it is: nobody, somebody, one without a password, one who left. */
static void test_work(Store *store, const char *url)
{
    int64_t id = 0;
    g_assert_true(person_add(store, "A", "a@bell.example", ROLE_EDITOR, 0, 1, &id, NULL));
    g_assert_true(person_set_password(store, id, VISITOR_WORD, 0, 1, NULL));
    g_assert_true(person_add(store, "I", "invited@bell.example", ROLE_EDITOR, 0, 1, &id, NULL));
    g_assert_true(person_add(store, "L", "left@bell.example", ROLE_EDITOR, 0, 1, &id, NULL));
    g_assert_true(person_set_password(store, id, VISITOR_WORD, 0, 1, NULL));
    g_assert_true(person_disable(store, id, 0, 2, NULL));
    g_assert_true(person_add_demo(store, "D", "demo@bell.example", ROLE_CHIEF, 1, &id, NULL));
    static const char *const all[] = {"a@bell.example",
                                      "nobody@bell.example",
                                      "left@bell.example",
                                      "invited@bell.example",
                                      "demo@bell.example",
                                      "no address",
                                      "",
                                      "A@BELL.EXAMPLE"};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        g_assert_cmpuint(work_of(store, all[i]), ==, 1);
    }
}

/* Of a thousand tries from one place a few are looked at, known address or not, and the work is
 * done for none of the others. */
static void test_brute_force(Store *store, const char *url)
{
    static const char *const emails[] = {"a@bell.example", "nobody@bell.example"};
    int64_t id = 0;
    g_assert_true(person_add(store, "A", emails[0], ROLE_EDITOR, 0, 1, &id, NULL));
    g_assert_true(person_set_password(store, id, VISITOR_WORD, 0, 1, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(emails); i++) {
        g_autoptr(Office) office = visitor_office(store);
        unsigned looked = 0, before = hashed;
        for (unsigned n = 0; n < 1000; n++) {
            g_auto(Browser) thief = BROWSER(office); /* a fresh cookie each time */
            looked += browser_sign_in(&thief, emails[i], "wrong horse battery") == 403;
        }
        g_assert_cmpuint(looked, <=, 8);
        g_assert_cmpuint(hashed - before, ==, looked);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/office_security/halfway", test_halfway);
    stores_test_add("/request/office_security/disabled", test_disabled);
    stores_test_add("/request/office_security/demo", test_demo);
    stores_test_add("/request/office_security/methods", test_methods);
    stores_test_add("/request/office_security/tokens", test_tokens);
    stores_test_add("/request/office_security/fixation", test_fixation);
    stores_test_add("/request/office_security/paths", test_paths);
    stores_test_add("/request/office_security/mass_assignment", test_mass);
    stores_test_add("/request/office_security/work", test_work);
    stores_test_add("/request/office_security/brute_force", test_brute_force);
    return g_test_run();
}
