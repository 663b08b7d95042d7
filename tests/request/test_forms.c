/*
 * The forms' door as whole requests: a form in, a ticket, the worker's step, the answer; and what
 * is refused. Intake and newsroom are real databases, of both engines.
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "doubles/stores.h"
#include "forms/door.h"
#include "forms/drain.h"
#include "forms/intake.h"
#include "mail/answer_by_mail.h"
#include "mail/mail_jobs.h"

#include <string.h>
#include <unistd.h>

static const FormField greet_fields[] = {
    {"name", 40, true, false}, {"words", 200, false, true}, {NULL}};
static const FormField token_fields[] = {{"token", 100, true, false}, {NULL}};

static unsigned handled;

static bool greet(Store *newsroom, const FormContext *context, const Form *form, FormAnswer *answer,
                  GError **error)
{
    handled++;
    if (strcmp(form_value(form, "name"), "nobody") == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is <nobody>");
    }
    form_answer_page(answer, "refused");
    g_autofree char *text = g_strdup_printf("%s: %s", form->language, form_value(form, "name"));
    form_answer_text(answer, "reason", text);
    form_answer_link(answer, "https://pay.example/x?a=1&b=2");
    return true;
}

static bool leave(Store *newsroom, const FormContext *context, const Form *form, FormAnswer *answer,
                  GError **error)
{
    handled++;
    return strlen(form_value(form, "token")) == 3 ||
           fail(error, KOLOKOL_ERROR_INVALID, "not a token");
}

static const FormKind kind_greet = {"refused", greet_fields, FORM_SHOW, false, 5, 100, greet, "-"};
static const FormKind kind_leave = {"done", token_fields, FORM_SHOW_TOKEN, true,
                                    5,      100,          leave,           "-"};
static const FormKind kind_hidden = {"give", greet_fields, FORM_HIDDEN, false, 5, 100, greet, "-"};
static const FormKind *const kinds[] = {&kind_greet, &kind_leave, &kind_hidden, &mail_form_answer,
                                        NULL};

typedef struct {
    char *folder;
    Store *intake;
    BoxSecretKey key;
    Theme *theme;
    DoorSite *site;
    Door *door;
    Drain drain;
} Fixture;

static void set_up(Fixture *f, Store *newsroom)
{
    g_autoptr(GError) error = NULL;
    f->folder = g_dir_make_tmp("forms-XXXXXX", NULL);
    g_autofree char *url = g_strdup_printf("sqlite:%s/intake.db", f->folder);
    f->intake = intake_open(url, &error);
    g_assert_no_error(error);
    box_secret_key_new(&f->key);
    g_autofree char *override = g_build_filename(f->folder, "door-refused.mustache", NULL);
    g_assert_true(g_file_set_contents(override,
                                      "{{<door}}{{$main}}<form>{{>door-trap}}</form>"
                                      "{{v.reason}}{{/main}}{{/door}}",
                                      -1, NULL));
    f->theme = theme_load(f->folder, NULL);
    f->site = door_site_new("The Bell", "https://bell.example/", "en,ru", "https://f.example", "");
    DoorOptions options = {.intake = f->intake,
                           .key = box_secret_key_public(&f->key),
                           .kinds = kinds,
                           .theme = f->theme,
                           .site = f->site,
                           .https = true};
    f->door = door_new(&options, &error);
    g_assert_no_error(error);
    f->drain = (Drain){newsroom, f->intake, &f->key, kinds, NULL};
    handled = 0;
}

static void tear_down(Fixture *f)
{
    door_free(f->door);
    door_site_free(f->site);
    theme_free(f->theme);
    store_free(f->intake);
    stores_remove_tree(f->folder);
    g_free(f->folder);
}

static void drain_all(Fixture *f)
{
    g_autoptr(GError) error = NULL;
    bool any = true;
    while (any) {
        drain_one(&f->drain, &any, &error);
        g_assert_no_error(error);
    }
}

static HttpReply *get(Fixture *f, const char *path, const char *query, int64_t waited)
{
    HttpRequest request;
    http_request_init(&request, "GET", path);
    request.query = query;
    request.waited = waited;
    return door_answer(&request, f->door);
}

static HttpReply *post(Fixture *f, const char *path, const char *type, const char *body)
{
    HttpRequest request;
    http_request_init(&request, "POST", path);
    http_request_add(&request, "Content-Type", type);
    request.body = body;
    request.body_length = strlen(body);
    return door_answer(&request, f->door);
}

#define URLENCODED "application/x-www-form-urlencoded"

static bool says(const HttpReply *reply, const char *text)
{
    const void *body = http_reply_body(reply);
    return memmem(body, http_reply_length(reply), text, strlen(text)) != NULL;
}

static int64_t moment = INT64_C(1800000000) * CLOCK_SECOND;

static int64_t at(void *data)
{
    return moment;
}

/* The stamp that the page's form carries. Caller frees. */
static char *stamp_in(const HttpReply *reply)
{
    g_autofree char *page = g_strndup(http_reply_body(reply), (size_t)http_reply_length(reply));
    static const char before[] = "name=\"stamp\" value=\"";
    const char *from = strstr(page, before);
    g_assert_nonnull(from);
    from += strlen(before);
    return g_strndup(from, strcspn(from, "\""));
}

static void test_round(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);
    g_autoptr(HttpReply) sent =
        post(&f, "/ru/refused", URLENCODED, "name=%D0%90+%3Cb%3E&words=&homepage=&age=9");
    g_assert_cmpuint(http_reply_status(sent), ==, 303);
    const char *to = http_reply_find(sent, "Location");
    g_assert_true(g_str_has_prefix(to, "/ru/t/"));
    g_assert_null(get(&f, to, NULL, 0)); /* asked again by the server */
    g_autoptr(HttpReply) waits = get(&f, to, NULL, DOOR_WAIT);
    g_assert_cmpuint(http_reply_status(waits), ==, 200);
    g_assert_true(g_str_has_prefix(http_reply_find(waits, "Refresh"), "1;url=/ru/t/"));
    g_autoptr(HttpReply) later = get(&f, to, "n=10", HTTP_NO_ROOM);
    g_assert_null(http_reply_find(later, "Refresh"));
    drain_all(&f);
    g_assert_cmpuint(handled, ==, 1);
    g_autoptr(HttpReply) answer = get(&f, to, NULL, 0);
    g_assert_cmpuint(http_reply_status(answer), ==, 200);
    g_assert_true(says(answer, "ru: А &lt;b&gt;"));
    g_assert_true(says(answer, "href=\"https://pay.example/x?a=1&amp;b=2\""));
    g_assert_true(says(answer, "5; url=https://pay.example/x?a=1&amp;b=2"));
    g_assert_true(says(answer, "lang=\"ru\""));
    g_assert_nonnull(strstr(http_reply_find(answer, "Content-Security-Policy"), "'sha256-"));
    tear_down(&f);
}

static void test_refusals(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);

    static const struct {
        const char *path, *type, *body;
        unsigned status;
    } cases[] = {
        {"/refused", URLENCODED, "name=", 422},
        {"/refused", URLENCODED, "name=+", 422},
        {"/refused", URLENCODED, "name=a%0Ab", 422},
        {"/refused", URLENCODED, "name=%ff", 400},
        {"/refused", URLENCODED, "name=a&name=b", 400},
        {"/refused", "text/plain", "name=a", 429}, /* the sixth */
        {"/done", "text/plain", "token=a", 415},
        {"/nothing", URLENCODED, "name=a", 404},
        {"/done/abc/d", URLENCODED, "", 404},
        {"/xx/refused", URLENCODED, "name=a", 404},
        {"/t/0123456789abcdef0123456789abcdef", URLENCODED, "", 404},
        {"/", URLENCODED, "", 405},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(HttpReply) reply = post(&f, cases[i].path, cases[i].type, cases[i].body);
        g_test_message("%s %s", cases[i].path, cases[i].body);
        g_assert_cmpuint(http_reply_status(reply), ==, cases[i].status);
    }
    drain_all(&f);
    g_assert_cmpuint(handled, ==, 0);
    tear_down(&f);
}

/* Who fills the trap, or is faster than a person, is asked again, and passes with the stamp. */
static void test_robots(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);
    clock_replace(at, NULL);
    g_autoptr(HttpReply) trapped =
        post(&f, "/refused", URLENCODED, "name=A%22&homepage=http://spam.example");
    g_assert_cmpuint(http_reply_status(trapped), ==, 422);
    g_autoptr(HttpReply) hasty = post(&f, "/refused", URLENCODED, "name=A&age=0");
    g_assert_cmpuint(http_reply_status(hasty), ==, 422);
    drain_all(&f);
    g_assert_cmpuint(handled, ==, 0);
    g_autofree char *stamp = stamp_in(trapped);
    g_autofree char *again = g_strdup_printf("name=A&homepage=x&stamp=%s", stamp);
    g_autoptr(HttpReply) still = post(&f, "/refused", URLENCODED, again);
    g_assert_cmpuint(http_reply_status(still), ==, 422); /* at once: no person does that */
    moment += 3 * CLOCK_SECOND;
    g_autoptr(HttpReply) good = post(&f, "/refused", URLENCODED, again);
    g_assert_cmpuint(http_reply_status(good), ==, 303);
    drain_all(&f);
    g_assert_cmpuint(handled, ==, 1);
    clock_replace(NULL, NULL);
    tear_down(&f);
}

/* A kind without a page of its own too: what was given stands behind the button. */
static void test_robots_at_hidden(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);
    clock_replace(at, NULL);
    g_autoptr(HttpReply) trapped =
        post(&f, "/ru/give", URLENCODED, "name=A%22&words=a%0Ab&homepage=http://spam.example");
    g_assert_cmpuint(http_reply_status(trapped), ==, 422);
    g_assert_true(says(trapped, "name=\"name\" value=\"A&quot;\""));
    g_assert_true(says(trapped, "name=\"words\" value=\"a\nb\""));
    g_assert_true(says(trapped, "Нажмите кнопку ещё раз"));
    g_autoptr(HttpReply) hasty = post(&f, "/give", URLENCODED, "name=A&age=0");
    g_assert_cmpuint(http_reply_status(hasty), ==, 422);
    g_assert_false(says(hasty, "name=\"words\""));
    drain_all(&f);
    g_assert_cmpuint(handled, ==, 0);
    g_autofree char *stamp = stamp_in(trapped);
    g_autofree char *again = g_strdup_printf("name=A%%22&words=a%%0Ab&stamp=%s", stamp);
    moment += 3 * CLOCK_SECOND;
    g_autoptr(HttpReply) good = post(&f, "/ru/give", URLENCODED, again);
    g_assert_cmpuint(http_reply_status(good), ==, 303);
    drain_all(&f);
    g_assert_cmpuint(handled, ==, 1);
    clock_replace(NULL, NULL);
    tear_down(&f);
}

/* RFC 8058: no redirect, urlencoded and multipart, as often as it comes; GET and HEAD do nothing.
 */
static void test_one_click(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);
    g_autoptr(HttpReply) shown = get(&f, "/ru/done/abc", NULL, 0);
    g_assert_cmpuint(http_reply_status(shown), ==, 200);
    g_autoptr(HttpReply) bare = get(&f, "/done", NULL, 0);
    g_assert_cmpuint(http_reply_status(bare), ==, 405);
    g_autoptr(HttpReply) clicked =
        post(&f, "/ru/done/abc", URLENCODED, "List-Unsubscribe=One-Click");
    g_assert_cmpuint(http_reply_status(clicked), ==, 200);
    g_assert_null(http_reply_find(clicked, "Location"));
    g_autoptr(HttpReply) parts =
        post(&f, "/ru/done/abc", "multipart/form-data; boundary=x",
             "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n"
             "--x--\r\n");
    g_assert_cmpuint(http_reply_status(parts), ==, 200);
    drain_all(&f);
    g_assert_cmpuint(handled, ==, 2);
    tear_down(&f);
}

/* Whatever call to the intake fails: a reader who is told that the form was taken can rely on it,
 * and nobody hears nothing. */
static void test_faults(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);
    unsigned taken = 0;
    for (uint64_t nth = 1; nth <= 5; nth++) {
        fault_plan(FAULT_SQL, nth, nth % 2 == 0);
        g_autoptr(HttpReply) sent = post(&f, "/done/abc", URLENCODED, "");
        fault_end();
        unsigned status = http_reply_status(sent);
        g_assert_true(status == 303 || status == 503);
        taken += status == 303;
        fault_plan(FAULT_SQL, nth, false);
        const char *ticket = "/t/0123456789abcdef0123456789abcdef";
        g_autoptr(HttpReply) asked = get(&f, ticket, NULL, HTTP_NO_ROOM);
        fault_end();
        status = http_reply_status(asked);
        g_assert_true(status == 503 || (nth > 1 && status == 404));
    }
    drain_all(&f);
    g_assert_cmpuint(handled, ==, taken);
    tear_down(&f);
}

/* A refusal by the handler is a page, with the reason escaped. */
static void test_handler_says_no(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);
    g_autoptr(HttpReply) sent = post(&f, "/refused", URLENCODED, "name=nobody");
    drain_all(&f);
    g_autoptr(HttpReply) answer = get(&f, http_reply_find(sent, "Location"), NULL, 0);
    g_assert_true(says(answer, "there is &lt;nobody&gt;"));
    tear_down(&f);
}

/* An answer that takes long: the page offers to mail its address, and the form it offers works. */
static void test_by_mail(Store *newsroom, const char *url)
{
    Fixture f;
    int64_t due = 0;
    set_up(&f, newsroom);
    jobs_register(mail_jobs);
    g_autoptr(HttpReply) sent = post(&f, "/en/refused", URLENCODED, "name=A");
    const char *to = http_reply_find(sent, "Location"), *ticket = strrchr(to, '/') + 1;
    g_autoptr(HttpReply) early = get(&f, to, "n=9", DOOR_WAIT);
    g_assert_false(says(early, "answer-by-mail"));
    g_autoptr(HttpReply) later = get(&f, to, "n=10", DOOR_WAIT);
    g_autofree char *field = g_strdup_printf("name=\"answer\" value=\"%s\"", ticket);
    g_assert_true(says(later, "action=\"/en/answer-by-mail\""));
    g_assert_true(says(later, field));
    g_autofree char *wish = g_strdup_printf("answer=%s&email=ann%%40reader.example", ticket);
    g_autoptr(HttpReply) wished = post(&f, "/en/answer-by-mail", URLENCODED, wish);
    g_assert_cmpuint(http_reply_status(wished), ==, 303);
    drain_all(&f);
    g_assert_cmpuint(handled, ==, 1);
    g_autoptr(HttpReply) answer = get(&f, http_reply_find(wished, "Location"), NULL, 0);
    g_assert_true(says(answer, "We shall write to you"));
    g_assert_true(jobs_next_due(newsroom, "mail", &due, NULL));
    g_assert_cmpint(due, <, INT64_MAX);
    g_autoptr(HttpReply) looked = get(&f, "/en/answer-by-mail", NULL, 0);
    g_assert_cmpuint(http_reply_status(looked), ==, 405);
    jobs_register(NULL);
    tear_down(&f);
}

/* What the worker notes goes before what kolokol.ini says. */
static void test_note(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);
    g_autoptr(DoorSite) site = door_site_new("New", "https://new.example", "ar", "https://f", "");
    g_autofree char *text = door_site_write(site);
    g_assert_true(intake_note_set(f.intake, SITE_NOTE, text, NULL));
    door_refresh(f.door);
    g_autoptr(HttpReply) front = get(&f, "/ar/", NULL, 0);
    g_assert_true(says(front, "dir=\"rtl\""));
    g_assert_true(says(front, "https://new.example/"));
    g_autoptr(HttpReply) gone = get(&f, "/ru/", NULL, 0);
    g_assert_cmpuint(http_reply_status(gone), ==, 404);
    tear_down(&f);
}

/* The server asks for the ceiling before it reads a body. */
static void test_body_limit(Store *newsroom, const char *url)
{
    Fixture f;
    set_up(&f, newsroom);

    static const struct {
        const char *method, *path;
        size_t most;
    } cases[] = {{"POST", "/refused", FORM_BODY_MAX},
                 {"POST", "/ru/done/abc", FORM_BODY_MAX},
                 {"POST", "/", 0},
                 {"GET", "/refused", 0},
                 {"POST", "/a/b/c", 0}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        HttpRequest request;
        http_request_init(&request, cases[i].method, cases[i].path);
        g_assert_cmpuint(door_body_limit(&request, f.door), ==, cases[i].most);
    }
    tear_down(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/forms/round", test_round);
    stores_test_add("/forms/refusals", test_refusals);
    stores_test_add("/forms/robots", test_robots);
    stores_test_add("/forms/robots-at-hidden", test_robots_at_hidden);
    stores_test_add("/forms/one-click", test_one_click);
    stores_test_add("/forms/handler-says-no", test_handler_says_no);
    stores_test_add("/forms/faults", test_faults);
    stores_test_add("/forms/by-mail", test_by_mail);
    stores_test_add("/forms/note", test_note);
    stores_test_add("/forms/body-limit", test_body_limit);
    return g_test_run();
}
