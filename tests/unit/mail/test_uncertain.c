/* Mails that a person settles: against a server that goes away after the final dot. */
#include "fixture.h"

#include "base/clock.h"
#include "doubles/sink.h"
#include "mail/issue.h"
#include "mail/mail_jobs.h"
#include "mail/subscriber.h"
#include "mail/uncertain.h"

#include <string.h>

#define READERS 5

static const char *const drops[] = {"-q", ".", NULL};

/* An issue, all of whose mails are uncertain; its number. */
static int64_t issue_uncertain(Store *store, Fixture *f)
{
    int64_t id = 0, count = 0;
    bool added = false;
    fixture_newsletter(store, "schedule: \"\"\n");
    fixture_story(store, "one", "First story", "2026-11-24T08:00:00Z");
    for (int i = 0; i < READERS; i++) {
        g_autofree char *address = g_strdup_printf("r%d@reader.example", i);
        g_assert_true(subscriber_add(store, f->room, "weekly", address, "a test", &added, NULL));
    }
    g_assert_true(issue_compose(store, "weekly", &id, NULL));
    g_assert_true(issue_send(store, f->room, id, NULL));
    g_assert_cmpuint(fixture_run(store, f), ==, 0);
    g_assert_true(uncertain_count(store, id, &count, NULL));
    g_assert_cmpint(count, ==, READERS);
    return id;
}

static bool picks(const Delivery *delivery, void *data)
{
    return strcmp(delivery->address, data) == 0;
}

static int64_t settled(Store *store, int64_t issue, UncertainVerdict verdict, const char *address)
{
    int64_t count = -1;
    g_autoptr(GError) error = NULL;
    bool done = uncertain_settle(store, issue, verdict, address == NULL ? NULL : picks,
                                 (void *)(uintptr_t)address, &count, &error);
    g_assert_no_error(error);
    g_assert_true(done);
    return count;
}

static void test_settle(Store *store, const char *url)
{
    g_autoptr(Sink) sink = sink_start(drops);
    g_auto(Fixture) f = {0};
    int64_t counts[DELIVERY_STATES];
    fixture_open(&f, sink_url(sink));
    int64_t id = issue_uncertain(store, &f);
    g_assert_cmpint(settled(store, id, UNCERTAIN_ACCEPTED, "r1@reader.example"), ==, 1);
    g_assert_cmpint(settled(store, id, UNCERTAIN_ACCEPTED, "r1@reader.example"), ==, 0);
    g_assert_cmpint(settled(store, id, UNCERTAIN_REJECTED, "r2@reader.example"), ==, 1);
    g_assert_cmpint(settled(store, id + 1, UNCERTAIN_REJECTED, NULL), ==, 0);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_ACCEPTED], ==, 1);
    g_assert_cmpint(counts[DELIVERY_REJECTED], ==, 1);
    g_assert_cmpint(counts[DELIVERY_UNCERTAIN], ==, READERS - 2);
}

/* However old it is, a person's decision sends it; then the issue is being sent, and sent. */
static void test_again(Store *store, const char *url)
{
    g_autoptr(Sink) sink = sink_start(drops);
    g_auto(Fixture) f = {0};
    int64_t counts[DELIVERY_STATES];
    fixture_open(&f, sink_url(sink));
    int64_t id = issue_uncertain(store, &f);
    sink_stop(sink);
    sink_forget(sink);
    sink_again(sink, NULL);
    fixture_later(3 * CLOCK_DAY);
    g_assert_true(subscriber_unsubscribe(store, 3, NULL));
    g_assert_cmpint(settled(store, id, UNCERTAIN_AGAIN, NULL), ==, READERS);
    g_autoptr(Issue) under_way = issue_read(store, id, NULL);
    g_assert_cmpint(under_way->state, ==, ISSUE_SENDING);
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_ACCEPTED], ==, READERS - 1);
    g_assert_cmpint(counts[DELIVERY_EXCLUDED], ==, 1);
    g_autoptr(GPtrArray) all = sink_messages(sink);
    g_assert_cmpuint(all->len, ==, READERS - 1);
    g_autoptr(Issue) sent = issue_read(store, id, NULL);
    g_assert_cmpint(sent->state, ==, ISSUE_SENT);
}

/* A letter keeps what it says until it is settled; who was erased gets nothing. */
static void test_letters(Store *store, const char *url)
{
    g_autoptr(Sink) sink = sink_start(drops);
    g_auto(Fixture) f = {0};
    int64_t count = 0, erased = 0;
    fixture_open(&f, sink_url(sink));
    for (int i = 0; i < 2; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        g_autofree char *to = g_strdup_printf("r%d@reader.example", i);
        g_assert_true(mail_send(store, "answer", key, to, "en",
                                "{\"answer_url\":\"https://f.example/en/t/1\"}", 0, NULL));
    }
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_true(uncertain_count(store, 0, &count, NULL));
    g_assert_cmpint(count, ==, 2);
    g_assert_true(subscriber_erase(store, f.room, "r1@reader.example", &erased, NULL));
    sink_stop(sink);
    sink_forget(sink);
    sink_again(sink, NULL);
    g_assert_cmpint(settled(store, 0, UNCERTAIN_AGAIN, NULL), ==, 2);
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) all = sink_messages(sink);
    g_assert_cmpuint(all->len, ==, 1);
    g_assert_nonnull(strstr(all->pdata[0], "https://f.example/en/t/1"));
    g_autoptr(GPtrArray) rows = delivery_list(store, 0, DELIVERY_ACCEPTED, 0, 10, NULL);
    g_assert_cmpuint(rows->len, ==, 1);
    g_assert_cmpstr(((Delivery *)rows->pdata[0])->content, ==, "");
}

static void test_words(void)
{
    UncertainVerdict verdict = UNCERTAIN_REJECTED;
    g_assert_true(uncertain_verdict_parse("accepted", &verdict));
    g_assert_cmpint(verdict, ==, UNCERTAIN_ACCEPTED);
    g_assert_true(uncertain_verdict_parse("again", &verdict));
    g_assert_cmpint(verdict, ==, UNCERTAIN_AGAIN);
    g_assert_false(uncertain_verdict_parse("", &verdict));
    g_assert_false(uncertain_verdict_parse("ready", &verdict));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/uncertain/settle", test_settle);
    stores_test_add("/uncertain/again", test_again);
    stores_test_add("/uncertain/letters", test_letters);
    g_test_add_func("/uncertain/words", test_words);
    return g_test_run();
}
