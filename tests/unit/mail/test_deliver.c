#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "doubles/sink.h"
#include "mail/deliver.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/mail_jobs.h"
#include "mail/message.h"
#include "mail/subscriber.h"
#include "mail_sql.h"
#include "press_sql.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define READERS 8

/* An issue frozen for READERS subscribers; its number. */
static int64_t issue_ready(Store *store, Fixture *f)
{
    int64_t id = 0;
    bool added = false;
    g_autoptr(GError) error = NULL;
    fixture_newsletter(store, "schedule: \"\"\n");
    fixture_story(store, "one", "First story", "2026-11-24T08:00:00Z");
    for (int i = 0; i < READERS; i++) {
        g_autofree char *address = g_strdup_printf("r%d@reader.example", i);
        g_assert_true(subscriber_add(store, f->room, "weekly", address, "a test", &added, &error));
    }
    issue_compose(store, "weekly", &id, &error);
    g_assert_no_error(error);
    g_assert_true(issue_send(store, f->room, id, &error));
    g_assert_no_error(error);
    return id;
}

/* Writes the recipients down and sends nothing. */
static void freeze_only(Store *store, const Fixture *f)
{
    bool ran = false;
    g_autoptr(GError) error = NULL;
    g_assert_true(jobs_run_one(store, "mail", f->room, &ran, &error));
    g_assert_no_error(error);
    g_assert_true(ran);
}

static bool turn(Store *store, const Fixture *f, GError **error)
{
    int64_t next = 0;
    return deliver_turn(store, f->room, CLOCK_MINUTE, NULL, NULL, &next, error);
}

/* How many messages the server has for each reader; at most one each is the rule. */
static unsigned received(const Sink *sink, unsigned most)
{
    g_autoptr(GPtrArray) all = sink_messages(sink);
    for (int i = 0; i < READERS; i++) {
        g_autofree char *line = g_strdup_printf("X-Rcpt-Args: <r%d@reader.example>", i);
        unsigned count = 0;
        for (guint m = 0; m < all->len; m++) {
            count += strstr(all->pdata[m], line) != NULL;
        }
        g_assert_cmpuint(count, <=, most);
    }
    return all->len;
}

static void test_sent(Store *store, const char *url)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    g_auto(Fixture) f = {0};
    int64_t counts[DELIVERY_STATES];
    fixture_open(&f, sink_url(sink));
    int64_t id = issue_ready(store, &f);
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(received(sink, 1), ==, READERS);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_ACCEPTED], ==, READERS);
    g_autoptr(Issue) issue = issue_read(store, id, NULL);
    g_assert_cmpint(issue->state, ==, ISSUE_SENT);
    g_autoptr(GPtrArray) mails = sink_messages(sink);
    g_assert_nonnull(strstr(mails->pdata[0], "X-Mail-Args: <letters@bell.example>"));
    g_assert_nonnull(
        strstr(mails->pdata[0], "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n"));
    g_assert_null(strstr(mails->pdata[0], issue->code));
}

/* A letter that cannot be composed, here for its length, is set aside with the reason, and those
 * behind it leave. */
static void test_too_long(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    g_autofree char *name = g_strnfill(MESSAGE_HEADER_MAX, 'a');
    fixture_open(&f, NULL);
    fixture_newsletter(store, "schedule: \"\"\n");
    /* as an older program, or a restored backup, may have it */
    g_assert_true(press_setting_put(store, "name", name, NULL));
    g_assert_true(mail_send(store, "answer", "1", "ann@reader.example", "en",
                            "{\"answer_url\":\"http://a.example/\"}", 0, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) aside = delivery_list(store, 0, DELIVERY_REJECTED, 0, 10, NULL);
    g_assert_cmpuint(aside->len, ==, 1);
    g_assert_nonnull(strstr(((const Delivery *)aside->pdata[0])->status, "longer than"));
    g_assert_true(press_setting_put(store, "name", "The Bell", NULL));
    g_assert_true(mail_send(store, "answer", "2", "ann@reader.example", "en",
                            "{\"answer_url\":\"http://a.example/\"}", 0, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) outbox = fixture_outbox(&f);
    g_assert_cmpuint(outbox->len, ==, 1);
}

/* An issue is too long for all its readers alike: it waits to be mended, and rejects nobody. */
static void test_issue_too_long(Store *store, const char *url)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    g_auto(Fixture) f = {0};
    int64_t counts[DELIVERY_STATES];
    g_autofree char *subject = g_strnfill(MESSAGE_HEADER_MAX + 1, 'a');
    fixture_open(&f, sink_url(sink));
    int64_t id = issue_ready(store, &f);
    freeze_only(store, &f);
    g_autoptr(Issue) issue = issue_read(store, id, NULL);
    g_assert_true(mail_issue_rewrite(store, id, subject, issue->content, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_DEFERRED], ==, READERS);
    g_assert_cmpint(counts[DELIVERY_REJECTED], ==, 0);
}

/* Who unsubscribes after the freeze gets nothing, and stands there with the reason. */
static void test_left_out(Store *store, const char *url)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    g_auto(Fixture) f = {0};
    int64_t counts[DELIVERY_STATES];
    fixture_open(&f, sink_url(sink));
    int64_t id = issue_ready(store, &f);
    freeze_only(store, &f);
    g_assert_true(subscriber_unsubscribe(store, 3, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(received(sink, 1), ==, READERS - 1);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_EXCLUDED], ==, 1);
    g_autoptr(GPtrArray) rows = delivery_list(store, id, DELIVERY_EXCLUDED, 0, 10, NULL);
    g_assert_cmpstr(((Delivery *)rows->pdata[0])->status, ==, "unsubscribed");
}

/* 5xx, 4xx with its hours, and giving up. */
static void test_refused(Store *store, const char *url)
{
    static const char *const hard[] = {"-f", "rcpt", NULL}, *const soft[] = {"-r", "rcpt", NULL};
    g_autoptr(Sink) sink = sink_start(soft);
    g_auto(Fixture) f = {0};
    int64_t counts[DELIVERY_STATES], next = 0;
    fixture_open(&f, sink_url(sink));
    int64_t id = issue_ready(store, &f), began = clock_now();
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_DEFERRED], ==, READERS);
    static const int hours_by_two[] = {1, 3, 7, 15, 31, 47, 63, 79, 95};
    for (size_t i = 0; i < G_N_ELEMENTS(hours_by_two); i++) {
        g_assert_true(delivery_next_due(store, &next, NULL));
        g_assert_cmpint(next - began, ==, hours_by_two[i] * CLOCK_HOUR / 2);
        fixture_later(next - clock_now());
        g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    }
    g_assert_true(delivery_next_due(store, &next, NULL));
    fixture_later(next - clock_now());
    g_assert_cmpuint(fixture_run(store, &f), ==, 0); /* after 48 hours */
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_REJECTED], ==, READERS);
    g_autoptr(GPtrArray) rows = delivery_list(store, id, DELIVERY_REJECTED, 0, 1, NULL);
    g_assert_true(g_str_has_prefix(((Delivery *)rows->pdata[0])->status, "given up"));
    sink_stop(sink);
    sink_again(sink, hard);
    fixture_story(store, "two", "Second story", "2026-11-27T09:00:00Z");
    g_assert_true(issue_compose(store, "weekly", &id, NULL));
    g_assert_true(issue_send(store, f.room, id, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_REJECTED], ==, READERS);
}

/* The connection ends after the final dot: it is not known, and never tried again by itself. */
static void test_uncertain(Store *store, const char *url)
{
    static const char *const options[] = {"-q", ".", NULL};
    g_autoptr(Sink) sink = sink_start(options);
    g_auto(Fixture) f = {0};
    int64_t counts[DELIVERY_STATES], next = 0;
    fixture_open(&f, sink_url(sink));
    int64_t id = issue_ready(store, &f);
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_UNCERTAIN], ==, READERS);
    g_assert_true(delivery_next_due(store, &next, NULL));
    g_assert_cmpint(next, ==, INT64_MAX);
    g_autoptr(Issue) issue = issue_read(store, id, NULL);
    g_assert_cmpint(issue->state, ==, ISSUE_SENT);
}

/* Nobody listens: all wait, nobody is blamed, and when the way is open all get it. */
static void test_unreachable(Store *store, const char *url)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    g_auto(Fixture) f = {0};
    int64_t counts[DELIVERY_STATES];
    g_autoptr(GError) error = NULL;
    fixture_open(&f, sink_url(sink));
    int64_t id = issue_ready(store, &f);
    freeze_only(store, &f);
    sink_stop(sink);
    g_assert_false(turn(store, &f, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_READY], ==, READERS);
    sink_again(sink, NULL);
    g_assert_true(turn(store, &f, NULL));
    g_assert_cmpuint(received(sink, 1), ==, READERS);
}

/* One sender at a time; the lease of a dead one ends by itself. */
static void test_lease(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    int64_t fence = 0, second = 0, until = 0;
    g_autoptr(GError) error = NULL;
    fixture_open(&f, NULL);
    int64_t id = issue_ready(store, &f), counts[DELIVERY_STATES];
    freeze_only(store, &f);
    g_assert_true(delivery_lease_take(store, &fence, NULL, NULL));
    g_autoptr(GPtrArray) claimed = delivery_claim(store, fence, NULL);
    g_assert_cmpuint(claimed->len, ==, READERS);
    g_assert_false(delivery_lease_take(store, &second, &until, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_assert_cmpint(until, ==, clock_now() + DELIVERY_LEASE);
    fixture_later(DELIVERY_LEASE + 1);
    g_assert_true(delivery_lease_take(store, &second, NULL, NULL));
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_UNCERTAIN], ==, READERS);
    g_clear_error(&error);
    g_assert_null(delivery_claim(store, fence, &error)); /* the first is fenced off */
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    /* What it knows of its own mails still counts. */
    DeliveryResult result = {.id = ((Delivery *)claimed->pdata[0])->id, .state = DELIVERY_ACCEPTED};
    g_assert_true(delivery_settle(store, &result, 1, NULL));
    g_assert_true(delivery_count(store, id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_ACCEPTED], ==, 1);
}

/* Each fallible call of a turn fails, once and for good: afterwards every recipient is still in the
 * journal, nobody has the letter twice, and whoever is marked accepted has it. */
static void check_fault(Store *store, const Fixture *f, const Sink *sink, int64_t id)
{
    int64_t counts[DELIVERY_STATES], sum = 0;
    fixture_later(DELIVERY_LEASE + CLOCK_DAY);
    for (int i = 0; i < 3; i++) {
        turn(store, f, NULL);
    }
    unsigned got = received(sink, 1);
    g_assert_true(delivery_count(store, id, counts, NULL));
    for (int state = 1; state < DELIVERY_STATES; state++) {
        sum += counts[state];
    }
    g_assert_cmpint(sum, ==, READERS);
    g_assert_cmpint(counts[DELIVERY_ACCEPTED], <=, got);
    g_assert_cmpint(counts[DELIVERY_ACCEPTED] + counts[DELIVERY_UNCERTAIN], ==, READERS);
}

static void test_faults(void)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    for (int persistent = 0; persistent <= 1; persistent++) {
        for (uint64_t nth = 1, calls = 1; nth <= calls; nth += 3) {
            g_autofree char *fresh = stores_make(STORE_SQLITE, true);
            {
                g_autoptr(Store) own = store_open(fresh, NULL);
                g_auto(Fixture) f = {0};
                sink_forget(sink);
                fixture_open(&f, sink_url(sink));
                int64_t id = issue_ready(own, &f);
                freeze_only(own, &f);
                fault_plan(FAULT_ALL, nth, persistent);
                turn(own, &f, NULL);
                calls = MAX(fault_end(), nth);
                check_fault(own, &f, sink, id);
            }
            stores_drop(fresh);
        }
    }
}

/* The clock is asked before each message: this one kills its process when the server has had
 * enough. */
typedef struct {
    const Sink *sink;
    unsigned enough;
} Killer;

static int64_t killing_clock(void *data)
{
    const Killer *killer = data;
    g_autoptr(GPtrArray) all = sink_messages(killer->sink);
    if (all->len >= killer->enough) {
        kill(getpid(), SIGKILL);
    }
    return INT64_C(1795600800) * CLOCK_SECOND; /* 2026-11-25T10:00:00Z */
}

static void killed_child(const char *url, const Fixture *f, const Sink *sink, unsigned enough)
{
    Killer killer = {sink, enough};
    g_autoptr(Store) own = store_open(url, NULL);
    clock_replace(killing_clock, &killer);
    turn(own, f, NULL);
    _exit(0);
}

/* A sender is killed after the nth message has left, and a new one takes over. */
static void test_killed(void)
{
    for (int nth = 1; nth <= READERS; nth += 3) {
        g_autoptr(Sink) sink = sink_start(NULL);
        g_autofree char *fresh = stores_make(STORE_SQLITE, true);
        {
            g_auto(Fixture) f = {0};
            int64_t id = 0, counts[DELIVERY_STATES];
            fixture_open(&f, sink_url(sink));
            {
                g_autoptr(Store) before = store_open(fresh, NULL);
                id = issue_ready(before, &f);
                freeze_only(before, &f);
            }
            pid_t child = fork();
            if (child == 0) {
                killed_child(fresh, &f, sink, (unsigned)nth);
            }
            int status = 0;
            waitpid(child, &status, 0);
            g_assert_true(WIFSIGNALED(status));
            g_autoptr(Store) after = store_open(fresh, NULL);
            fixture_later(DELIVERY_LEASE + 1);
            g_assert_true(turn(after, &f, NULL));
            g_assert_cmpuint(received(sink, 1), ==, nth);
            g_assert_true(delivery_count(after, id, counts, NULL));
            g_assert_cmpint(counts[DELIVERY_UNCERTAIN], ==, READERS);
        }
        stores_drop(fresh);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/deliver/too-long", test_too_long);
    stores_test_add("/deliver/issue-too-long", test_issue_too_long);
    stores_test_add("/deliver/sent", test_sent);
    stores_test_add("/deliver/left-out", test_left_out);
    stores_test_add("/deliver/refused", test_refused);
    stores_test_add("/deliver/uncertain", test_uncertain);
    stores_test_add("/deliver/unreachable", test_unreachable);
    stores_test_add("/deliver/lease", test_lease);
    g_test_add_func("/deliver/faults", test_faults);
    g_test_add_func("/deliver/killed", test_killed);
    return g_test_run();
}
