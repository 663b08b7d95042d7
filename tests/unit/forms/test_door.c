/* The door's requests one by one; a form's whole way is tests/request/test_forms.c. */
#include "base/clock.h"
#include "base/error.h"
#include "door_fixture.h"

#define FORM   "application/x-www-form-urlencoded"
#define TICKET "0123456789abcdef0123456789abcdef"

static HttpReply *ask(DoorFixture *f, const char *method, const char *path, const char *query,
                      const char *body, const char *forwarded)
{
    HttpRequest request;
    http_request_init(&request, method, path);
    g_assert_true(http_address_parse("127.0.0.1", &request.peer));
    request.query = query;
    request.waited = HTTP_NO_ROOM;
    if (body != NULL) {
        http_request_add(&request, "Content-Type", FORM);
        request.body = body;
        request.body_length = strlen(body);
    }
    if (forwarded != NULL) {
        http_request_add(&request, "X-Forwarded-For", forwarded);
    }
    return door_answer(&request, f->door);
}

static void answers(DoorFixture *f, const char *method, const char *path, unsigned status)
{
    g_autoptr(HttpReply) reply = ask(f, method, path, NULL, NULL, NULL);
    g_test_message("%s %s", method, path);
    g_assert_cmpuint(http_reply_status(reply), ==, status);
    g_assert_cmpstr(http_reply_find(reply, "Referrer-Policy"), ==, "no-referrer");
    g_assert_cmpstr(http_reply_find(reply, "X-Content-Type-Options"), ==, "nosniff");
}

static void test_routes(void)
{
    static const struct {
        const char *method, *path;
        unsigned status;
    } cases[] = {
        {"GET", "/", 200},
        {"HEAD", "/", 200},
        {"GET", "/robots.txt", 200},
        {"GET", "/ru/", 200},
        {"GET", "/subscribe", 200},
        {"GET", "/ru/subscribe", 200},
        {"HEAD", "/ru/subscribe", 200},
        {"GET", "/unsubscribe/abc", 200},
        {"GET", "/unsubscribe", 405},
        {"GET", "/subscribe/abc", 404},
        {"POST", "/subscribe/abc", 404},
        {"GET", "/t/" TICKET, 404},
        {"GET", "/t/" TICKET "0", 404},
        {"GET", "/t/0123456789ABCDEF0123456789ABCDEF", 404},
        {"GET", "/t/..%2f..%2fetc", 404},
        {"GET", "//", 404},
        {"GET", "/xx/subscribe", 404},
        {"GET", "/subscribe/", 404},
        {"PUT", "/subscribe", 405},
        {"DELETE", "/", 405},
        {"OPTIONS", "/subscribe", 405},
    };

    DoorFixture f;
    fixture_open(&f);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        answers(&f, cases[i].method, cases[i].path, cases[i].status);
    }
    g_assert_cmpuint(f.woken, ==, 0);
    fixture_close(&f);
}

/* The bare address answers in a language of the paper that the browser asks for, else in its first;
 * an address that names one, in that. */
static void test_front_language(void)
{
    static const struct {
        const char *path, *accepted, *language;
    } cases[] = {{"/", NULL, "lang=\"en\""},
                 {"/", "ar, fi;q=0.5", "lang=\"en\""},
                 {"/", "fi, ru-RU;q=0.9, en;q=0.5", "lang=\"ru\""},
                 {"/en/", "ru", "lang=\"en\""},
                 {"/ru/", "en", "lang=\"ru\""}};

    DoorFixture f;
    fixture_open(&f);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        HttpRequest request;
        http_request_init(&request, "GET", cases[i].path);
        if (cases[i].accepted != NULL) {
            http_request_add(&request, "Accept-Language", cases[i].accepted);
        }
        g_autoptr(HttpReply) front = door_answer(&request, f.door);
        g_test_message("%s %s", cases[i].path, cases[i].accepted);
        g_assert_true(fixture_says(front, cases[i].language));
    }
    fixture_close(&f);
}

/* Looking writes nothing, whatever stands in the address; what is given comes back escaped. */
static void test_looking(void)
{
    DoorFixture f;
    fixture_open(&f);
    uint64_t before = store_counts(f.intake).writes;
    g_autoptr(HttpReply) filled =
        ask(&f, "GET", "/subscribe", "email=%22%3E%3Cb%3E&nothing=1", NULL, NULL);
    g_assert_true(fixture_says(filled, "value=\"&quot;&gt;&lt;b&gt;\""));
    g_assert_false(fixture_says(filled, "<b>"));
    g_autoptr(HttpReply) twice = ask(&f, "GET", "/subscribe", "email=a&email=b", NULL, NULL);
    g_assert_cmpuint(http_reply_status(twice), ==, 400);
    g_autoptr(HttpReply) broken = ask(&f, "GET", "/subscribe", "email=%ff", NULL, NULL);
    g_assert_cmpuint(http_reply_status(broken), ==, 400);
    g_autofree char *endless = g_strnfill(FORM_BODY_MAX + 1, 'a');
    g_autoptr(HttpReply) cut = ask(&f, "GET", "/subscribe", endless, NULL, NULL);
    g_assert_cmpuint(http_reply_status(cut), ==, 200);
    g_assert_cmpuint(store_counts(f.intake).writes, ==, before);
    fixture_close(&f);
}

/* One row for each that was taken, and the worker is told; each sender behind the proxy has a count
 * of his own. */
static void test_limits(void)
{
    static const char *const senders[] = {"192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"};
    DoorFixture f;
    int64_t waiting = 0;
    fixture_open(&f);
    for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
        g_autoptr(HttpReply) taken = ask(&f, "POST", "/subscribe", NULL, "email=a%40b", senders[i]);
        g_assert_cmpuint(http_reply_status(taken), ==, 303);
    }
    g_autoptr(HttpReply) fourth =
        ask(&f, "POST", "/subscribe", NULL, "email=a%40b", "192.0.2.99, 192.0.2.1");
    g_assert_cmpuint(http_reply_status(fourth), ==, 429);
    g_assert_true(intake_waiting(f.intake, &waiting, NULL));
    g_assert_cmpint(waiting, ==, G_N_ELEMENTS(senders));
    g_assert_cmpuint(f.woken, ==, G_N_ELEMENTS(senders));
    fixture_close(&f);
}

/* A note that is none changes nothing. */
static void test_notes(void)
{
    DoorFixture f;
    fixture_open(&f);
    g_assert_true(intake_note_set(f.intake, SITE_NOTE, "{\"name\":1}", NULL));
    door_refresh(f.door);
    g_assert_cmpstr(door_site(f.door)->names[0], ==, "The <Bell>");
    g_autoptr(DoorSite) site = door_site_new("New", "https://n.example", "ru", "", "");
    g_autofree char *text = door_site_write(site);
    g_assert_true(intake_note_set(f.intake, SITE_NOTE, text, NULL));
    door_refresh(f.door);
    g_assert_cmpstr(door_site(f.door)->names[0], ==, "New");
    g_autoptr(HttpReply) front = ask(&f, "GET", "/", NULL, NULL, NULL);
    g_assert_true(fixture_says(front, "lang=\"ru\""));
    fixture_close(&f);
}

static void test_options(void)
{
    DoorFixture f;
    g_autoptr(GError) error = NULL;
    fixture_open(&f);
    DoorOptions options = fixture_options(&f);
    options.trusted_proxies = "everybody";
    g_assert_null(door_new(&options, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    fixture_close(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/door/routes", test_routes);
    g_test_add_func("/door/front-language", test_front_language);
    g_test_add_func("/door/looking", test_looking);
    g_test_add_func("/door/limits", test_limits);
    g_test_add_func("/door/notes", test_notes);
    g_test_add_func("/door/options", test_options);
    return g_test_run();
}
