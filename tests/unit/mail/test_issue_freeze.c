/* Writing down who gets an issue: all of that moment, once, in parts, the left out with the reason.
 */
#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "mail/address.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/subscriber.h"

#include <string.h>

#define READERS 450 /* three parts */

static bool add_all(Store *store, void *data, GError **error)
{
    const Fixture *f = data;
    for (int i = 0; i < READERS; i++) {
        bool added = false;
        g_autofree char *address = g_strdup_printf("r%d@reader.example", i);
        if (!subscriber_add(store, f->room, "weekly", address, "a test", &added, error)) {
            return false;
        }
    }
    return true;
}

/* An issue that is frozen and whose recipients are not written down yet. */
static int64_t frozen(Store *store, Fixture *f)
{
    int64_t id = 0;
    g_autoptr(GError) error = NULL;
    fixture_newsletter(store, "schedule: \"\"\n");
    fixture_story(store, "one", "First story", "2026-11-24T08:00:00Z");
    g_assert_true(store_transact(store, add_all, f, &error));
    g_assert_true(issue_compose(store, "weekly", &id, &error));
    g_assert_true(issue_send(store, f->room, id, &error));
    g_assert_no_error(error);
    return id;
}

static int64_t rows_of(Store *store, int64_t id, DeliveryState state)
{
    int64_t counts[DELIVERY_STATES];
    g_assert_true(delivery_count(store, id, counts, NULL));
    return counts[state];
}

/* The job that writes them down, and no other. */
static void step(Store *store, const Fixture *f)
{
    bool ran = false;
    g_autoptr(GError) error = NULL;
    g_assert_true(jobs_run_one(store, "mail", f->room, &ran, &error));
    g_assert_no_error(error);
}

static void test_audience(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    bool added = false;
    fixture_open(&f, NULL);
    int64_t id = frozen(store, &f);
    g_autofree char *mark = address_mark(&f.room->secret, "r7@reader.example");
    g_assert_true(suppression_add(store, mark, 0, SUPPRESSION_COMPLAINT, NULL));
    g_assert_true(subscriber_unsubscribe(store, 100, NULL));
    g_assert_true(
        subscriber_add(store, f.room, "weekly", "late@reader.example", "a test", &added, NULL));
    step(store, &f);
    g_assert_cmpint(rows_of(store, id, DELIVERY_READY), ==, READERS - 2);
    g_assert_cmpint(rows_of(store, id, DELIVERY_EXCLUDED), ==, 1);
    g_autoptr(GPtrArray) excluded = delivery_list(store, id, DELIVERY_EXCLUDED, 0, 10, NULL);
    g_assert_cmpstr(((Delivery *)excluded->pdata[0])->status, ==, "complained");
    g_autoptr(Issue) issue = issue_read(store, id, NULL);
    g_assert_cmpint(issue->state, ==, ISSUE_SENDING);
}

/* A part that fails is written again, and nobody twice; the text stays what it was. */
static void test_again(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    int64_t id = frozen(store, &f);
    g_autoptr(Issue) before = issue_read(store, id, NULL);
    fixture_story(store, "two", "Second story", "2026-11-25T08:00:00Z");
    for (uint64_t nth = 50; nth < 1000; nth += 200) {
        bool ran = false;
        fault_plan(FAULT_SQL, nth, false);
        jobs_run_one(store, "mail", f.room, &ran, NULL);
        fault_end();
        fixture_later(CLOCK_HOUR);
    }
    step(store, &f);
    int64_t sum = 0;
    for (int state = 1; state < DELIVERY_STATES; state++) {
        sum += rows_of(store, id, (DeliveryState)state);
    }
    g_assert_cmpint(sum, ==, READERS);
    g_autoptr(Issue) after = issue_read(store, id, NULL);
    g_assert_cmpstr(after->html, ==, before->html);
    g_assert_cmpstr(after->plain, ==, before->plain);
}

static void test_broken(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    g_assert_true(job_enqueue(store, "mail.freeze", "x", NULL, 0, NULL));
    g_assert_true(job_enqueue(store, "mail.freeze", "99", NULL, 0, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/issue-freeze/audience", test_audience);
    stores_test_add("/issue-freeze/again", test_again);
    stores_test_add("/issue-freeze/broken", test_broken);
    return g_test_run();
}
