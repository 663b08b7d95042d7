/* The cookie: what is taken from a header, what is not, and the mark of a known browser. */
#include "office/cookie.h"

#include "base/error.h"
#include "doubles/stores.h"

#include <string.h>

#define TOKEN "0123456789abcdef0123456789abcdef"

static Secret secret = {{7}};
static const OfficeRoute none[] = {{.name = NULL}};
static const OfficeRoute *const tables[] = {none, NULL};

static void read_cookie(Office *office, OfficeVisit *visit, const char *header)
{
    HttpRequest request;
    http_request_init(&request, "POST", "/");
    if (header != NULL) {
        http_request_add(&request, "Cookie", header);
    }
    *visit = (OfficeVisit){
        .office = office, .store = office_options(office)->store, .request = &request};
    cookie_read(visit);
    visit->request = NULL;
}

static void test_read(Store *store, const char *url)
{
    static const struct {
        const char *header, *cookie;
    } cases[] = {
        {"kolokol=" TOKEN, TOKEN},
        {"a=b; kolokol=" TOKEN "; c=d", TOKEN},
        {"kolokol=short; kolokol=" TOKEN, TOKEN},
        {"kolokol=" TOKEN ".5.0123456789abcdef0123456789abcdef", TOKEN},
        {"kolokol=" TOKEN ".", TOKEN},
        {"xkolokol=" TOKEN, ""},
        {"kolokol=" TOKEN "0", ""},
        {"kolokol=0123456789ABCDEF0123456789ABCDEF", ""},
        {"kolokol", ""},
        {";;; ;", ""},
        {"", ""},
        {NULL, ""},
    };

    OfficeOptions options = {
        .store = store, .tables = tables, .secret = &secret, .url = "http://o.localhost"};
    g_autoptr(Office) office = office_new(&options, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        OfficeVisit visit;
        read_cookie(office, &visit, cases[i].header);
        g_assert_cmpstr(visit.cookie, ==, cases[i].cookie);
        g_assert_cmpstr(visit.mark, ==, ""); /* none is made like that */
    }
}

static bool known(Office *office, const char *sent, int64_t id, char browser[COOKIE_BROWSER])
{
    OfficeVisit visit;
    read_cookie(office, &visit, sent);
    g_autoptr(Person) person = cookie_known(&visit, browser);
    return person != NULL && person->id == id;
}

/* What a browser sends after the person has signed in there. Caller frees. */
static char *marked(Office *office, int64_t id)
{
    g_autoptr(HttpReply) reply = http_reply_new(200, NULL);
    OfficeVisit visit;
    read_cookie(office, &visit, NULL);
    office_set_cookie(&visit, TOKEN);
    office_set_known(&visit, id);
    cookie_write(&visit, reply);
    const char *line = http_reply_find(reply, "Set-Cookie");
    g_assert_true(g_str_has_prefix(line, "kolokol=" TOKEN "."));
    return g_strndup(line, strcspn(line, ";"));
}

static void test_known(Store *store, const char *url)
{
    OfficeOptions options = {
        .store = store, .tables = tables, .secret = &secret, .url = "http://o.localhost"};
    g_autoptr(Office) office = office_new(&options, NULL);
    char browser[COOKIE_BROWSER], other[COOKIE_BROWSER];
    int64_t anna = 0, boris = 0;
    g_assert_true(person_add(store, "A", "anna@b.example", ROLE_EDITOR, 0, 1, &anna, NULL));
    g_assert_true(person_add(store, "B", "boris@b.example", ROLE_EDITOR, 0, 1, &boris, NULL));
    g_assert_true(person_set_password(store, anna, "correct horse battery", 0, 1, NULL));
    g_autofree char *one = marked(office, anna);
    g_autofree char *two = marked(office, anna);
    g_assert_true(known(office, one, anna, browser));
    g_assert_true(known(office, two, anna, other));
    g_assert_cmpstr(browser, !=, other);
    for (char *at = one + strlen("kolokol=" TOKEN "."); *at != '\0'; at++) { /* each byte counts */
        char was = *at;
        *at = was == '2' ? '1' : '2';
        g_assert_false(known(office, one, anna, other) || known(office, one, boris, other));
        *at = was;
    }
    g_assert_true(known(office, one, anna, browser));
    g_assert_true(person_set_password(store, anna, "correct horse battery", 0, 2, NULL));
    g_assert_false(known(office, one, anna, browser)); /* the same words are a new password too */
    g_autofree char *three = marked(office, anna);
    g_assert_true(known(office, three, anna, browser));
    g_assert_true(session_end_everybody(store, 0, 3, NULL)); /* the office is locked */
    g_assert_false(known(office, three, anna, browser));
    g_autofree char *four = marked(office, anna);
    g_assert_true(known(office, four, anna, browser));
    g_assert_true(person_disable(store, anna, 0, 3, NULL));
    g_assert_false(known(office, four, anna, browser));
    g_assert_false(known(office, three, anna, browser));
}

static void test_csrf(Store *store, const char *url)
{
    char one[OFFICE_TOKEN], two[OFFICE_TOKEN];
    cookie_csrf(TOKEN, one);
    cookie_csrf("1123456789abcdef0123456789abcdef", two);
    g_assert_cmpuint(strlen(one), ==, OFFICE_TOKEN - 1);
    g_assert_cmpstr(one, !=, two);
    g_assert_cmpstr(one, !=, TOKEN);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/office/cookie/read", test_read);
    stores_test_add("/office/cookie/known", test_known);
    stores_test_add("/office/cookie/csrf", test_csrf);
    return g_test_run();
}
