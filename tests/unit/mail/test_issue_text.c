/* The letters of an issue: each has its recipient's token and nobody else's, whatever its length.
 */
#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/issue_text.h"

#include <string.h>

static int64_t sent_issue(Store *store, const Fixture *f)
{
    int64_t id = 0;
    fixture_newsletter(store, "schedule: \"\"\n");
    fixture_story(store, "one", "Цены на соль растут, и никто не знает почему",
                  "2026-11-24T08:00:00Z");
    g_assert_true(issue_compose(store, "weekly", &id, NULL));
    g_autoptr(GError) error = NULL;
    g_assert_null(issue_text_load(store, f->room, id, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_assert_true(issue_send(store, f->room, id, NULL));
    return id;
}

static char *compose(IssueText *text, const Fixture *f, int64_t subscriber)
{
    g_auto(Letter) letter = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *address = g_strdup_printf("r%" G_GINT64_FORMAT "@reader.example", subscriber);
    Delivery row = {.message_id = (char *)(uintptr_t) "1@bell.example",
                    .subscriber = subscriber,
                    .address = address};
    issue_text_compose(text, f->room, &row, &letter, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(letter.from, ==, "letters@bell.example");
    return g_strdup(letter.message->str);
}

static void test_tokens(Store *store, const char *url)
{
    static const int64_t subscribers[] = {7, 8, 123456, 9, INT64_C(9000000000)};
    g_auto(Fixture) f = {0};
    g_autoptr(GError) error = NULL;
    fixture_open(&f, NULL);
    int64_t id = sent_issue(store, &f);
    g_autoptr(Issue) issue = issue_read(store, id, NULL);
    g_autoptr(IssueText) text = issue_text_load(store, f.room, id, &error);
    g_assert_no_error(error);
    g_assert_cmpint(issue_text_id(text), ==, id);
    for (size_t i = 0; i < G_N_ELEMENTS(subscribers); i++) {
        g_autofree char *mail = compose(text, &f, subscribers[i]);
        g_autofree char *to =
            g_strdup_printf("\r\nTo: r%" G_GINT64_FORMAT "@reader.example\r\n", subscribers[i]);
        g_assert_nonnull(strstr(mail, to));
        g_assert_null(strstr(mail, issue->code));
        g_autofree char *header = fixture_between(mail, "List-Unsubscribe: <", ">");
        g_autofree char *plain = fixture_text(mail);
        g_assert_nonnull(strstr(plain, header)); /* the same link in the text */
        g_autofree char *subject =
            token_check(f.room->tokens, "unsubscribe", strrchr(header, '/') + 1, clock_now(), NULL);
        g_assert_cmpint(g_ascii_strtoll(subject, NULL, 10), ==, subscribers[i]);
    }
}

static void test_gone(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    g_autoptr(GError) error = NULL;
    fixture_open(&f, NULL);
    g_assert_null(issue_text_load(store, f.room, 9, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/issue-text/tokens", test_tokens);
    stores_test_add("/issue-text/gone", test_gone);
    return g_test_run();
}
