/*
 * Strings of attacks from the shared material through what the office reads: paths, queries,
 * headers, fields, and names that are stored. No page has an element more than it has with a
 * harmless word, nothing leads to another host, nothing is answered with 500.
 */
#include "base/error.h"
#include "doubles/stores.h"
#include "jobs/jobs.h"
#include "main/job_rows.h"
#include "main/office_rows.h"
#include "office_browser.h"
#include "unit/text/unpack.h"

#include <string.h>

#define WORD  "correct horse battery"
#define BATCH 100u /* stored names on one page */

static Secret secret = {{7}};

typedef struct {
    Office *office;
    Store *store;
    Browser admin, stranger;
    unsigned count, stored;
    size_t elements; /* of the invitation's page with a harmless word */
} Fixture;

static size_t elements_of(const HttpReply *reply)
{
    const char *body = http_reply_body(reply);
    size_t count = 0;
    for (uint64_t i = 0; i < http_reply_length(reply); i++) {
        count += body[i] == '<';
    }
    return count;
}

static HttpReply *invite(Fixture *f, const char *word)
{
    g_autofree char *escaped = g_uri_escape_string(word, NULL, FALSE);
    g_autofree char *body = g_strdup_printf("name=%s&email=%s&role=%s", escaped, escaped, escaped);
    return browser_post(&f->admin, "/staff", body);
}

static void set_up(Fixture *f, Store *store)
{
    char codes[SECOND_CODES][SECOND_RECOVERY];
    OfficeOptions options = {
        .store = store, .tables = office_tables, .secret = &secret, .url = "http://o.localhost"};
    int64_t id = 0;
    jobs_register(job_rows());
    *f = (Fixture){.store = store, .office = office_new(&options, NULL)};
    g_assert_true(person_add(store, "Ada", "ada@b.example", ROLE_ADMINISTRATOR, 0, 1, &id, NULL));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, NULL));
    f->admin = (Browser)BROWSER(f->office);
    f->stranger = (Browser)BROWSER(f->office);
    g_assert_cmpuint(browser_sign_in(&f->admin, "ada@b.example", WORD), ==, 303);
    browser_set_up(&f->admin, codes);
    g_autoptr(HttpReply) harmless = invite(f, "harmless");
    g_assert_cmpuint(http_reply_status(harmless), ==, 422);
    f->elements = elements_of(harmless);
}

/* A path of this door, whatever was asked for. */
static void check_next(Fixture *f, const char *word)
{
    g_autofree char *escaped = g_uri_escape_string(word, NULL, FALSE);
    g_autofree char *path = g_strconcat("/sign-in?next=", escaped, NULL);
    g_autoptr(HttpReply) reply = browser_get(&f->admin, path);
    const char *to = http_reply_find(reply, "Location");
    g_assert_cmpuint(http_reply_status(reply), ==, 303);
    g_assert_true(to[0] == '/' && to[1] != '/' && to[1] != '\\');
    g_assert_null(strpbrk(to, "\r\n\t \\"));
}

/* As the server gives it: no control characters, no blank. */
static char *as_target(const char *word)
{
    char *path = g_strconcat(*word == '/' ? "" : "/", word, NULL);
    for (char *c = path; *c != '\0'; c++) {
        if (g_ascii_iscntrl(*c) || *c == ' ' || *c == '#') {
            *c = '-';
        }
    }
    return path;
}

static void check_path(Fixture *f, const char *word)
{
    g_autofree char *path = as_target(word);
    g_autofree char *below = g_strconcat("/link", path, NULL);
    g_autofree char *file = g_strconcat("/o", path, NULL);
    const char *const all[] = {path, below, file};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autoptr(HttpReply) reply = browser_get(&f->stranger, all[i]);
        g_assert_cmpuint(http_reply_status(reply), <, 500);
        g_assert_false(reply_says(reply, "root:x:0"));
    }
}

static void check_head(Fixture *f, const char *word)
{
    g_autofree char *value = as_target(word);
    HttpRequest request;
    http_request_init(&request, "GET", "/sign-in");
    http_request_add(&request, "Sec-Fetch-Site", value);
    http_request_add(&request, "Accept-Language", value);
    http_request_add(&request, "Cookie", value);
    http_request_add(&request, "User-Agent", value);
    http_request_add(&request, "X-Forwarded-For", value);
    g_autoptr(HttpReply) reply = office_answer(&request, f->office);
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
}

static void check_field(Fixture *f, const char *word)
{
    g_autoptr(HttpReply) reply = invite(f, word);
    unsigned status = http_reply_status(reply);
    g_assert_true(status == 422 || status == 400); /* 400: it is not UTF-8 */
    if (status == 422) {
        g_assert_cmpuint(elements_of(reply), ==, f->elements);
    }
}

static void run_list(Fixture *f, const char *folder, const char *name)
{
    g_autofree char *file = g_build_filename(folder, name, NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        check_next(f, *line);
        check_path(f, *line);
        check_head(f, *line);
        check_field(f, *line);
        f->count++;
    }
}

static void store_name(Fixture *f, const char *word)
{
    g_autofree char *email = g_strdup_printf("p%u@b.example", f->stored);
    g_autofree char *cut = g_strndup(word, PERSON_NAME);
    int64_t id = 0;
    f->stored +=
        f->stored < BATCH && person_add(f->store, cut, email, ROLE_REPORTER, 0, 1, &id, NULL);
}

static void store_names(Fixture *f, const char *folder)
{
    g_autofree char *file = g_build_filename(folder, "xss.txt", NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (unsigned i = 0; i < g_strv_length(lines); i += 7) {
        store_name(f, lines[i]);
    }
}

/* Each row of the table of people has the same elements. */
static void check_stored(Fixture *f)
{
    size_t page = 0, row = 14; /* tr, th, a, three td, and a span in the last: opened and closed */
    g_autoptr(HttpReply) all = invite(f, "harmless");
    g_autoptr(HttpReply) log = browser_get(&f->admin, "/audit");
    g_assert_cmpuint(f->stored, ==, BATCH);
    g_assert_cmpuint(elements_of(all), ==, f->elements + row * BATCH);
    g_assert_false(reply_says(log, "<script>"));
    for (int64_t id = 2; id < 2 + BATCH; id++) {
        g_autofree char *path = g_strdup_printf("/staff/%" G_GINT64_FORMAT, id);
        g_autoptr(HttpReply) one = browser_get(&f->admin, path);
        g_assert_cmpuint(http_reply_status(one), ==, 200);
        page = page == 0 ? elements_of(one) : page;
        g_assert_cmpuint(elements_of(one), ==, page);
    }
}

static void test_strings(Store *store, const char *url)
{
    static const char *const lists[] = {"open-redirect.txt", "crlf.txt", "ssi-template.txt",
                                        "sql.txt",           "xss.txt",  "xxe.txt"};
    const char *shared = g_getenv("KOLOKOL_SHARED");
    g_autofree char *archive =
        shared == NULL ? NULL : g_build_filename(shared, "data/attack-strings/lists.tar.zst", NULL);
    if (archive == NULL || !g_file_test(archive, G_FILE_TEST_EXISTS)) {
        g_test_skip("the shared lists are not here");
        return;
    }
    g_autofree char *folder = shared_unpack(archive);
    if (folder == NULL) {
        return;
    }
    Fixture f;
    set_up(&f, store);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        run_list(&f, folder, lists[i]);
    }
    store_names(&f, folder);
    check_stored(&f);
    g_assert_cmpuint(f.count, >, 1500);
    browser_clear(&f.admin);
    browser_clear(&f.stranger);
    office_free(f.office);
    shared_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/shared_office/strings", test_strings);
    return g_test_run();
}
