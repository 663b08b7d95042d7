/* Mail that other departments ask for, and what is wrong with it. */
#include "mail/mail_jobs.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"
#include "mail/delivery.h"

#include <string.h>

static void test_send(Store *store, const char *url)
{
    static const char values[] = "{\"answer_url\":\"https://f.example/\"}";
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    for (int i = 0; i < 3; i++) { /* asked for three times, also after it has left */
        g_assert_true(mail_send(store, "answer", "1", "a@reader.example", "ru", values, 0, NULL));
        g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    }
    g_assert_true(mail_send(store, "answer", "2", "a@reader.example", "ru", values, 0, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) mails = fixture_outbox(&f);
    g_assert_cmpuint(mails->len, ==, 2);
    g_assert_nonnull(strstr(mails->pdata[0], "Content-Language: ru"));
}

/* What cannot be sent waits for a person, and holds nothing else up. */
static void test_broken(Store *store, const char *url)
{
    static const char *const payloads[] = {
        "",
        "{}",
        "{\"kind\":\"nothing\",\"to\":\"a@b.example\",\"language\":\"en\",\"values\":{}}",
        "{\"kind\":\"answer\",\"to\":\"nobody\",\"language\":\"en\",\"values\":{}}",
        "{\"kind\":\"answer\",\"to\":\"a@b.example\",\"language\":\"en\",\"values\":[]}",
        "{\"kind\":\"answer\",\"to\":\"a@b.example\",\"values\":{}}"};
    g_auto(Fixture) f = {0};
    g_autoptr(GError) error = NULL;
    fixture_open(&f, NULL);
    g_assert_false(mail_send(store, "answer", "1", "a@b.example", "en", "{", 0, &error));
    for (size_t i = 0; i < G_N_ELEMENTS(payloads); i++) {
        g_autofree char *key = g_strdup_printf("%zu", i);
        g_assert_true(job_enqueue(store, "mail.send", key, payloads[i], 0, NULL));
    }
    g_assert_true(mail_send(store, "answer", "good", "a@b.example", "en", NULL, 0, NULL));
    unsigned dead = 0;
    for (int i = 0; i < 60; i++) {
        dead = fixture_run(store, &f);
        fixture_later(2 * CLOCK_HOUR);
    }
    g_assert_cmpuint(dead, ==, G_N_ELEMENTS(payloads));
    g_autoptr(GPtrArray) mails = fixture_outbox(&f);
    g_assert_cmpuint(mails->len, ==, 1);
}

static void test_rows(void)
{
    for (const JobKind *row = mail_jobs; row->kind != NULL; row++) {
        g_assert_cmpstr(row->lane, ==, "mail");
        g_assert_cmpstr(row->help, !=, "");
        g_assert_nonnull(row->run);
        g_assert_cmpuint(row->max_attempts, >, 1);
        g_assert_cmpint(row->lease, >, 0);
        g_assert_cmpint(row->first_delay, >, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/mail-jobs/send", test_send);
    stores_test_add("/mail-jobs/broken", test_broken);
    g_test_add_func("/mail-jobs/rows", test_rows);
    return g_test_run();
}
