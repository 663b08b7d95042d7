/*
 * The office as whole requests: signing in and out, who may what (every row of the table, every
 * role, every method), the token of forms, the cookie.
 * Covers: src/office/office.c, src/office/frame.c, src/office/parts.c, src/office/limit.c,
 * src/office/asset.c, src/office/account.c, src/main/office_rows.c.
 */
#include "base/error.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office_browser.h"

#include <string.h>

#define WORD "correct horse battery"

static Secret secret = {{7}};

static Office *open_office(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {
        .store = store, .tables = office_tables, .secret = &secret, .url = url};
    Office *office = office_new(&options, &error);
    g_assert_no_error(error);
    return office;
}

static int64_t somebody(Store *store, Role role)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_autofree char *email = g_strconcat(role_name(role), "@bell.example", NULL);
    g_assert_true(person_add(store, "Anna <b>", email, role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, &error));
    return id;
}

/* Recovery codes of each role's person, of which the first `used` are gone. */
static char recovery[ROLES][SECOND_CODES][SECOND_RECOVERY];
static unsigned used[ROLES];

/* All the way, the first time by setting the second factor up, later by a recovery code. */
static void signed_in(Browser *browser, Role role)
{
    g_autofree char *email = g_strconcat(role_name(role), "@bell.example", NULL);
    g_assert_cmpuint(browser_sign_in(browser, email, WORD), ==, 303);
    if (!g_str_has_prefix(browser->location, "/second-factor")) {
        g_assert_false(role_needs_second(role));
        return;
    }
    g_autoptr(HttpReply) page = browser_get(browser, "/second-factor");
    if (reply_says(page, "<svg")) {
        browser_set_up(browser, recovery[role]);
        used[role] = 0;
        return;
    }
    g_autofree char *body = g_strdup_printf("next=/&code=%s", recovery[role][used[role]++]);
    g_autoptr(HttpReply) taken = browser_post(browser, "/second-factor", body);
    g_assert_cmpuint(http_reply_status(taken), ==, 303);
}

static void status_is(HttpReply *taken, unsigned status)
{
    g_autoptr(HttpReply) reply = taken;
    g_assert_cmpuint(http_reply_status(reply), ==, status);
}

static void test_round(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store, "http://office.localhost:8082");
    g_auto(Browser) anna = BROWSER(office);
    char before[sizeof anna.cookie];
    somebody(store, ROLE_EDITOR);
    g_autoptr(HttpReply) asked = browser_get(&anna, "/stories");
    g_assert_cmpuint(http_reply_status(asked), ==, 303);
    g_assert_cmpstr(http_reply_find(asked, "Location"), ==, "/sign-in?next=/stories");
    g_assert_cmpuint(browser_sign_in(&anna, "editor@bell.example", WORD "!"), ==, 403);
    g_assert_cmpuint(browser_sign_in(&anna, "nobody@bell.example", WORD), ==, 403);
    g_strlcpy(before, anna.cookie, sizeof before);
    signed_in(&anna, ROLE_EDITOR);
    g_assert_cmpstr(before, !=, anna.cookie); /* a cookie known before is worth nothing after */
    g_autoptr(HttpReply) front = browser_get(&anna, "/");
    g_assert_cmpuint(http_reply_status(front), ==, 200);
    g_autoptr(HttpReply) list = browser_get(&anna, "/stories");
    g_assert_cmpuint(http_reply_status(list), ==, 200);
    g_assert_true(reply_says(list, "Anna &lt;b&gt;"));
    g_assert_true(reply_says(list, "aria-current=\"page\""));
    g_assert_null(anna.cookie_line);
    g_autoptr(HttpReply) out = browser_post(&anna, "/sign-out", "");
    g_assert_cmpstr(http_reply_find(out, "Location"), ==, "/sign-in");
    status_is(browser_get(&anna, "/stories"), 303);
}

/* ---- Every row ------------------------------------------------------------------------------ */

/* The path of a row with something in the place of each `:name`. Caller frees. */
static char *path_of(const OfficeRoute *row)
{
    GString *path = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit(row->path + 1, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        g_string_append_printf(path, "/%s", **part == ':' ? "1" : *part);
    }
    return g_string_free(path->len == 0 ? g_string_append_c(path, '/') : path, FALSE);
}

static void check_row(Browser *browser, const OfficeRoute *row, bool signed_in_now, bool allowed)
{
    g_autofree char *path = path_of(row);
    bool get = row->method == HTTP_GET;
    g_test_message("%s %s %s", get ? "GET" : "POST", path, allowed ? "allowed" : "denied");
    g_autoptr(HttpReply) reply =
        get ? browser_get(browser, path) : browser_post_bare(browser, path, "");
    unsigned status = http_reply_status(reply);
    const char *to = http_reply_find(reply, "Location");
    if (!get) {
        g_assert_cmpuint(status, ==, 403); /* no token: whoever asks */
        g_assert_true(reply_says(reply, allowed         ? "not from this session"
                                        : signed_in_now ? "Your role"
                                                        : "not signed in"));
    } else if (allowed) {
        g_assert_cmpuint(status, !=, 403);
        g_assert_false(to != NULL && g_str_has_prefix(to, "/sign-in?"));
    } else if (signed_in_now) {
        g_assert_cmpuint(status, ==, 403);
    } else {
        g_assert_cmpuint(status, ==, 303);
        g_assert_true(g_str_has_prefix(to, "/sign-in?next=/"));
    }
}

static void check_methods(Browser *browser, const OfficeRoute *row)
{
    static const char *const others[] = {"PUT", "DELETE", "OPTIONS"};
    g_autofree char *path = path_of(row);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        HttpRequest request;
        http_request_init(&request, others[i], path);
        status_is(office_answer(&request, browser->office), 405);
    }
}

static void test_every_row(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store, "http://office.localhost:8082");
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(office, &count);
    g_assert_cmpuint(count, >, 5);
    for (unsigned i = 0; i < count; i++) {
        g_auto(Browser) stranger = BROWSER(office);
        check_row(&stranger, rows[i], false, rows[i]->permission == PERMISSION_PUBLIC);
        check_methods(&stranger, rows[i]);
        g_assert_cmpint(rows[i]->permission, !=, PERMISSION_NONE);
    }
    for (unsigned role = 0; role < ROLES; role++) {
        g_auto(Browser) browser = BROWSER(office);
        browser.address = (uint8_t)(role + 10);
        somebody(store, (Role)role);
        signed_in(&browser, (Role)role);
        for (unsigned i = 0; i < count; i++) {
            check_row(&browser, rows[i], true, role_may((Role)role, rows[i]->permission));
        }
    }
}

static HttpReply *answer_closed(OfficeVisit *visit)
{
    g_assert_not_reached();
}

/* A row that names no permission is closed, to the administrator too; what is in no row is 404. */
static void test_default_deny(Store *store, const char *url)
{
    static const OfficeRoute forgotten[] = {{.name = "forgotten",
                                             .method = HTTP_GET,
                                             .path = "/forgotten",
                                             .answer = answer_closed,
                                             .help = "-"},
                                            {.name = NULL}};
    const OfficeRoute *tables[64] = {forgotten};
    for (unsigned i = 0; office_tables[i] != NULL && i + 2 < G_N_ELEMENTS(tables); i++) {
        tables[i + 1] = office_tables[i];
    }
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {
        .store = store, .tables = tables, .secret = &secret, .url = "http://o"};
    g_autoptr(Office) office = office_new(&options, &error);
    g_auto(Browser) browser = BROWSER(office);
    status_is(browser_get(&browser, "/forgotten"), 403);
    somebody(store, ROLE_ADMINISTRATOR);
    signed_in(&browser, ROLE_ADMINISTRATOR);
    status_is(browser_get(&browser, "/forgotten"), 403);
    status_is(browser_get(&browser, "/nothing"), 404);
}

/* ---- Tokens and cookies --------------------------------------------------------------------- */

static void test_csrf(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store, "http://office.localhost:8082");
    g_auto(Browser) anna = BROWSER(office);
    g_auto(Browser) boris = BROWSER(office);
    somebody(store, ROLE_EDITOR);
    somebody(store, ROLE_CHIEF);
    signed_in(&anna, ROLE_EDITOR);
    signed_in(&boris, ROLE_CHIEF);
    status_is(browser_get(&anna, "/account"), 200);
    status_is(browser_get(&boris, "/account"), 200);
    g_assert_cmpstr(anna.csrf, !=, boris.csrf);
    g_strlcpy(boris.csrf, anna.csrf, sizeof boris.csrf);
    status_is(browser_post(&boris, "/sign-out", ""), 403);
    status_is(browser_post_bare(&anna, "/sign-out", "csrf="), 403);
    status_is(browser_post_bare(&anna, "/sign-out", "csrf=a&csrf=b"), 400);
    status_is(browser_get(&anna, "/stories"), 200);
    status_is(browser_get(&boris, "/stories"), 200);
}

static void test_cookie(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store, "https://office.bell.example");
    g_auto(Browser) anna = BROWSER(office);
    somebody(store, ROLE_EDITOR);
    g_autoptr(HttpReply) page = browser_get(&anna, "/sign-in");
    g_assert_nonnull(http_reply_find(page, "Strict-Transport-Security"));
    g_assert_true(g_str_has_prefix(anna.cookie_line, "__Host-kolokol="));
    g_assert_nonnull(
        strstr(anna.cookie_line, "; Path=/; Max-Age=7776000; HttpOnly; SameSite=Strict; Secure"));
    signed_in(&anna, ROLE_EDITOR);
    /* One that somebody else has chosen is never taken up. */
    g_auto(Browser) fixed = BROWSER(office);
    g_strlcpy(fixed.cookie, "0123456789abcdef0123456789abcdef", sizeof fixed.cookie);
    signed_in(&fixed, ROLE_EDITOR);
    g_assert_false(g_str_has_prefix(fixed.cookie, "0123456789abcdef0123456789abcdef"));
}

/* A link in a mail: the cookie stays away, the page opens itself again and leaves it alone. */
static void test_from_outside(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store, "http://office.localhost:8082");
    g_auto(Browser) mail = BROWSER(office);
    mail.site = "cross-site";
    g_autoptr(HttpReply) first = browser_get(&mail, "/stories?state=draft");
    g_assert_cmpuint(http_reply_status(first), ==, 200);
    g_assert_cmpstr(http_reply_find(first, "Refresh"), ==, "0;url=/stories?state=draft&again=1");
    g_assert_null(mail.cookie_line);
    mail.site = "same-origin";
    status_is(browser_get(&mail, "/stories?state=draft&again=1"), 303);
    mail.site = NULL;
    status_is(browser_get(&mail, "/stories?again=1"), 303);
}

/* After signing in one goes on to a path of this door and nowhere else. */
static void test_next(Store *store, const char *url)
{
    static const char *const away[] = {"//evil.example/", "https://evil.example/",
                                       "/\\evil.example", "javascript:alert(1)", ""};
    g_autoptr(Office) office = open_office(store, "http://office.localhost:8082");
    somebody(store, ROLE_REPORTER);
    for (size_t i = 0; i < G_N_ELEMENTS(away); i++) {
        g_auto(Browser) browser = BROWSER(office);
        g_autofree char *next = g_uri_escape_string(away[i], NULL, FALSE);
        g_autofree char *body = g_strdup_printf(
            "email=reporter%%40bell.example&password=correct+horse+battery&next=%s", next);
        status_is(browser_get(&browser, "/sign-in"), 200);
        g_autoptr(HttpReply) reply = browser_post(&browser, "/sign-in", body);
        g_assert_cmpstr(http_reply_find(reply, "Location"), ==, "/");
    }
}

static void test_pages(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store, "http://office.localhost:8082");
    g_auto(Browser) browser = BROWSER(office);
    browser.language = "fi, ar-EG;q=0.9, ru;q=0.5";
    g_autoptr(HttpReply) page = browser_get(&browser, "/sign-in");
    const char *policy = http_reply_find(page, "Content-Security-Policy");
    g_assert_true(g_str_has_prefix(policy, "default-src 'none'; "));
    g_assert_null(strstr(policy, "unsafe"));
    g_assert_cmpstr(http_reply_find(page, "Cache-Control"), ==, "no-store");
    g_assert_cmpstr(http_reply_find(page, "Referrer-Policy"), ==, "same-origin");
    g_assert_true(reply_says(page, "lang=\"ar\" dir=\"rtl\""));
    g_autofree char *text = g_strndup(http_reply_body(page), (gsize)http_reply_length(page));
    const char *style = strstr(text, "/o/");
    g_autofree char *path = g_strndup(style, strcspn(style, "\""));
    g_autoptr(HttpReply) sheet = browser_get(&browser, path);
    g_assert_cmpuint(http_reply_status(sheet), ==, 200);
    g_assert_cmpstr(http_reply_find(sheet, "Content-Type"), ==, "text/css; charset=utf-8");
    path[4] = path[4] == '0' ? '1' : '0';
    status_is(browser_get(&browser, path), 404);
}

/* What the server asks before it reads a body. */
static void test_body_limit(Store *store, const char *url)
{
    g_autoptr(Office) office = open_office(store, "http://office.localhost:8082");
    HttpRequest request;
    http_request_init(&request, "POST", "/sign-in");
    g_assert_cmpuint(office_body_limit(&request, office), ==, OFFICE_FORM);
    http_request_init(&request, "POST", "/nothing"); /* 404 is the answer, not 413 */
    g_assert_cmpuint(office_body_limit(&request, office), ==, OFFICE_FORM);
    http_request_init(&request, "GET", "/nothing");
    g_assert_cmpuint(office_body_limit(&request, office), ==, 0);
    http_request_init(&request, "GET", "/stories");
    g_assert_cmpuint(office_body_limit(&request, office), ==, 0);
}

/* A row is called by its name in the audit log and in tests: no two are called the same. */
static void test_names(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (const OfficeRoute *const *table = office_tables; *table != NULL; table++) {
        for (const OfficeRoute *row = *table; row->name != NULL; row++) {
            g_test_message("%s %s", row->name, row->path);
            g_assert_true(g_hash_table_add(names, (gpointer)(uintptr_t)row->name));
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/office/round", test_round);
    stores_test_add("/request/office/every_row", test_every_row);
    stores_test_add("/request/office/default_deny", test_default_deny);
    stores_test_add("/request/office/csrf", test_csrf);
    stores_test_add("/request/office/cookie", test_cookie);
    stores_test_add("/request/office/from_outside", test_from_outside);
    stores_test_add("/request/office/next", test_next);
    stores_test_add("/request/office/pages", test_pages);
    stores_test_add("/request/office/body_limit", test_body_limit);
    g_test_add_func("/request/office/names", test_names);
    return g_test_run();
}
