/* The door's pages: what of an answer, a form and the newspaper stands in them, and how. */
#include "door_fixture.h"

static void test_frame(void)
{
    DoorFixture f;
    fixture_open(&f);
    DoorPage page = {.status = 200, .template = "door-front", .language = "ru"};
    g_autoptr(HttpReply) reply = door_page(f.door, &page);
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
    g_assert_true(fixture_says(reply, "<html lang=\"ru\" dir=\"ltr\">"));
    g_assert_true(fixture_says(reply, "The &lt;Bell&gt;"));
    g_assert_true(fixture_says(reply, "href=\"https://bell.example/ru/\""));
    g_assert_false(fixture_says(reply, "<script"));
    const char *policy = http_reply_find(reply, "Content-Security-Policy");
    g_assert_nonnull(strstr(policy, theme_style(f.theme, "door-front", NULL)->hash));
    g_assert_nonnull(strstr(policy, "form-action 'self'"));
    g_assert_nonnull(strstr(policy, "frame-ancestors 'none'"));
    g_assert_cmpstr(http_reply_find(reply, "Cache-Control"), ==, "no-store");
    g_assert_null(http_reply_find(reply, "Refresh"));
    fixture_close(&f);
}

/* Texts of a handler are text, its link is a link and a refresh. */
static void test_answer(void)
{
    DoorFixture f;
    fixture_open(&f);
    g_autoptr(FormAnswer) answer = form_answer_new();
    form_answer_page(answer, "refused");
    form_answer_text(answer, "reason", "<script>alert(1)</script>");
    form_answer_link(answer, "https://pay.example/?a=1&b=2");
    DoorPage page = {.status = 200, .template = "door-refused", .language = "en", .answer = answer};
    g_autoptr(HttpReply) reply = door_page(f.door, &page);
    g_assert_true(fixture_says(reply, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    g_assert_false(fixture_says(reply, "<script"));
    g_assert_true(fixture_says(reply, "href=\"https://pay.example/?a=1&amp;b=2\""));
    g_assert_true(fixture_says(reply, "content=\"5; url=https://pay.example/?a=1&amp;b=2\""));
    fixture_close(&f);
}

/* A form again: what was given, what is wrong, the stamp in the trap's place. */
static void test_form(void)
{
    DoorFixture f;
    fixture_open(&f);
    Form form = {
        .kind = &fixture_subscribe, .language = "en", .values = {"a\"b@c.example", "weekly", ""}};
    DoorPage page = {.status = 422,
                     .template = "door-subscribe",
                     .language = "en",
                     .kind = &fixture_subscribe,
                     .form = &form,
                     .problem = "door_again",
                     .stamp = "17.abc"};
    g_autoptr(HttpReply) reply = door_page(f.door, &page);
    g_assert_cmpuint(http_reply_status(reply), ==, 422);
    g_assert_true(fixture_says(reply, "value=\"a&quot;b@c.example\""));
    g_assert_true(fixture_says(reply, "name=\"newsletter\" value=\"weekly\""));
    g_assert_true(fixture_says(reply, "role=\"alert\">Please press the button once more"));
    g_assert_true(fixture_says(reply, "name=\"stamp\" value=\"17.abc\""));
    g_assert_false(fixture_says(reply, "name=\"homepage\""));
    fixture_close(&f);
}

static void test_refresh(void)
{
    DoorFixture f;
    fixture_open(&f);
    DoorPage page = {
        .status = 200, .template = "door-wait", .language = "en", .refresh = "1;url=/en/t/x?n=2"};
    g_autoptr(HttpReply) reply = door_page(f.door, &page);
    g_assert_cmpstr(http_reply_find(reply, "Refresh"), ==, "1;url=/en/t/x?n=2");
    fixture_close(&f);
}

/* A page that a handler names and the theme does not have. */
static void test_missing(void)
{
    DoorFixture f;
    fixture_open(&f);
    DoorPage page = {.status = 200, .template = "door-nowhere", .language = "en"};
    g_autoptr(HttpReply) reply = door_page(f.door, &page);
    g_assert_cmpuint(http_reply_status(reply), ==, 500);
    g_assert_true(g_str_has_prefix(http_reply_find(reply, "Content-Type"), "text/plain"));
    fixture_close(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/door-page/frame", test_frame);
    g_test_add_func("/door-page/answer", test_answer);
    g_test_add_func("/door-page/form", test_form);
    g_test_add_func("/door-page/refresh", test_refresh);
    g_test_add_func("/door-page/missing", test_missing);
    return g_test_run();
}
