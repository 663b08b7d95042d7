/* Letters: each kind can be composed in each language, and nothing that was given leaves its place.
 */
#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/letter.h"
#include "theme/strings.h"

#include <string.h>

static Delivery delivery(const char *kind, const char *language, const char *content)
{
    return (Delivery){.message_id = (char *)(uintptr_t) "1@bell.example",
                      .kind = (char *)(uintptr_t)kind,
                      .address = (char *)(uintptr_t) "ann@reader.example",
                      .language = (char *)(uintptr_t)language,
                      .content = (char *)(uintptr_t)content,
                      .created = clock_now()};
}

static void test_every_kind(Store *store, const char *url)
{
    static const char *const languages[] = {"en", "ru", "ar"};
    static const char values[] =
        "{\"link_url\":\"https://f.example/l\",\"confirm_url\":\"https://f.example/"
        "c\",\"stop_url\":\"https://f.example/s\","
        "\"unsubscribe_url\":\"https://f.example/u\",\"answer_url\":\"https://f.example/t\","
        "\"cancel_url\":\"https://f.example/x\",\"support_url\":\"https://f.example/g\","
        "\"description\":\"Six stories.\",\"date\":\"1 May\",\"amount\":\"5\",\"often\":\"Once\"}";
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    for (const LetterKind *kind = letter_kinds; kind->kind != NULL; kind++) {
        g_assert_true(letter_kind(kind->kind) == kind);
        g_assert_cmpstr(kind->help, !=, "");
        for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
            g_auto(Letter) letter = {0};
            g_autoptr(GError) error = NULL;
            Delivery row = delivery(kind->kind, languages[i], values);
            letter_compose(store, f.room, &row, &letter, &error);
            g_assert_no_error(error);
            g_assert_cmpstr(letter.from, ==, "desk@bell.example");
            g_assert_nonnull(strstr(letter.message->str, "Auto-Submitted: auto-generated\r\n"));
            g_assert_null(strstr(letter.message->str, "List-Unsubscribe"));
            g_autofree char *text = fixture_text(letter.message->str);
            g_assert_nonnull(strstr(text, "https://f.example/"));
        }
    }
    g_assert_null(letter_kind("nothing"));
}

static void test_hostile(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    g_auto(Letter) letter = {0};
    fixture_open(&f, NULL);
    Delivery row = delivery("answer", "en", "{\"answer_url\":\"\\\"><script>\\r\\nBcc: x@y\"}");
    g_assert_true(letter_compose(store, f.room, &row, &letter, NULL));
    const char *html = strstr(letter.message->str, "text/html");
    g_assert_nonnull(html);
    g_assert_null(strstr(html, "<script"));
    char *end = strstr(letter.message->str, "\r\n\r\n");
    g_assert_nonnull(end);
    *end = '\0';
    g_assert_null(strstr(letter.message->str, "Bcc"));
}

static void test_refused(Store *store, const char *url)
{
    static const char *const cases[][2] = {
        {"nothing", "{}"}, {"answer", ""}, {"answer", "[]"}, {"answer", "{"}, {"answer", "\"x\""}};
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Letter) letter = {0};
        g_autoptr(GError) error = NULL;
        Delivery row = delivery(cases[i][0], "en", cases[i][1]);
        g_assert_false(letter_compose(store, f.room, &row, &letter, &error));
        g_assert_null(letter.message);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/letter/every-kind", test_every_kind);
    stores_test_add("/letter/hostile", test_hostile);
    stores_test_add("/letter/refused", test_refused);
    return g_test_run();
}
