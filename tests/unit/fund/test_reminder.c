#include "fund/reminder.h"

#include "practice_fixture.h"

static void ask(Store *store, const char *code, const char *address)
{
    g_autoptr(GError) error = NULL;
    ReminderAsk what = {code, address, "en", fixture_time + 30 * CLOCK_DAY, "1.confirm", "1.stop"};
    reminder_ask(store, &what, fixture_time, &error);
    g_assert_no_error(error);
}

static bool confirm(Store *store, const char *code)
{
    bool found = false;
    g_assert_true(reminder_confirm(store, code, &found, NULL));
    return found;
}

static unsigned mails(Store *store)
{
    fixture_run(store, "mail");
    fixture_run(store, "post");
    return fixture_mails;
}

/* Two mails, then nothing is left of it. */
static void test_whole(Store *store, const char *url)
{
    fixture_begin();
    ask(store, "c1", "reader@example.org");
    g_assert_cmpuint(mails(store), ==, 1);
    g_assert_nonnull(strstr(fixture_mail, "/en/remind-confirm/1.confirm"));
    g_assert_true(confirm(store, "c1"));
    g_assert_true(confirm(store, "c1"));
    fixture_time += 29 * CLOCK_DAY;
    g_assert_cmpuint(mails(store), ==, 1);
    fixture_time += 2 * CLOCK_DAY;
    g_assert_cmpuint(mails(store), ==, 2);
    g_assert_nonnull(strstr(fixture_mail, "/support/index.html"));
    g_assert_false(confirm(store, "c1"));
    g_assert_true(reminder_stop(store, "c1", NULL));
    fixture_time += 900 * CLOCK_DAY;
    g_assert_cmpuint(mails(store), ==, 2);
    clock_replace(NULL, NULL);
}

static void test_unconfirmed(Store *store, const char *url)
{
    fixture_begin();
    ask(store, "c1", "reader@example.org");
    fixture_time += 8 * CLOCK_DAY;
    g_assert_cmpuint(mails(store), ==, 1);
    g_assert_false(confirm(store, "c1"));
    clock_replace(NULL, NULL);
}

static void test_stopped(Store *store, const char *url)
{
    fixture_begin();
    ask(store, "c1", "reader@example.org");
    g_assert_true(confirm(store, "c1"));
    g_assert_true(reminder_stop(store, "c1", NULL));
    fixture_time += 40 * CLOCK_DAY;
    g_assert_cmpuint(mails(store), ==, 1);
    clock_replace(NULL, NULL);
}

/* Nobody's mailbox is filled by asking again (research E14). */
static void test_often(Store *store, const char *url)
{
    fixture_begin();
    for (unsigned i = 0; i < 40; i++) {
        g_autofree char *code = g_strdup_printf("c%u", i);
        ask(store, code, "reader@example.org");
        fixture_time += 10 * CLOCK_MINUTE;
    }
    ask(store, "other", "another@example.org");
    g_assert_cmpuint(mails(store), ==, 4);
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/reminder/whole", test_whole);
    stores_test_add("/fund/reminder/unconfirmed", test_unconfirmed);
    stores_test_add("/fund/reminder/stopped", test_stopped);
    stores_test_add("/fund/reminder/often", test_often);
    return g_test_run();
}
