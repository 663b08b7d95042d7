#include "fund/practice.h"

#include "base/error.h"
#include "base/fault.h"
#include "fund/inbox.h"
#include "fund/ledger.h"
#include "fund/subscription.h"
#include "fund/sweep.h"
#include "practice_fixture.h"

static int64_t given(Store *store)
{
    int64_t sum = 0;
    g_autoptr(GArray) totals = ledger_totals(store, NULL);
    for (guint i = 0; i < totals->len; i++) {
        const LedgerTotal *total = &g_array_index(totals, LedgerTotal, i);
        sum += total->charged + total->other;
    }
    return sum;
}

static void test_pay(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(Gift) gift = fixture_gift(store, "form", FREQUENCY_ONCE, 500);
    g_assert_cmpint(gift->state, ==, GIFT_PENDING);
    g_assert_true(g_str_has_prefix(gift->link, "practice/"));
    g_autoptr(Gift) again = fixture_gift(store, "form", FREQUENCY_ONCE, 500);
    g_assert_cmpint(again->id, ==, gift->id); /* the same form is the same gift */
    fixture_decide(store, gift, PRACTICE_PAY);
    g_assert_cmpint(fixture_state(store, gift->id), ==,
                    GIFT_PENDING); /* until its call is applied */
    g_assert_cmpint(given(store), ==, 0);
    fixture_run(store, "pay");
    fixture_decide(store, gift, PRACTICE_DECLINE); /* too late */
    fixture_run(store, "pay");
    g_assert_cmpint(fixture_state(store, gift->id), ==, GIFT_SETTLED);
    g_assert_cmpint(given(store), ==, 500);
    g_assert_true(request_refund(store, gift, fixture_time, NULL));
    fixture_run(store, "pay");
    g_assert_cmpint(given(store), ==, 0);
    g_autoptr(GError) error = NULL;
    g_assert_false(request_refund(store, gift, fixture_time, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_clear_error(&error);
    g_assert_false(request_cancel(store, gift, fixture_time, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    clock_replace(NULL, NULL);
}

static void test_not_paid(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(Gift) declined = fixture_gift(store, "a", FREQUENCY_ONCE, 500);
    g_autoptr(Gift) left = fixture_gift(store, "b", FREQUENCY_MONTHLY, 500);
    g_autoptr(Gift) forgotten = fixture_gift(store, "c", FREQUENCY_ANNUAL, 500);
    fixture_decide(store, declined, PRACTICE_DECLINE);
    fixture_decide(store, left, PRACTICE_ABANDON);
    fixture_run(store, "pay");
    g_assert_cmpint(fixture_state(store, declined->id), ==, GIFT_FAILED);
    g_assert_cmpint(fixture_state(store, left->id), ==, GIFT_EXPIRED);
    g_assert_cmpint(fixture_state(store, forgotten->id), ==, GIFT_PENDING);
    fixture_time += 2 * CLOCK_DAY;
    SweepReport report;
    g_assert_true(fund_sweep(store, fixture_time, &report, NULL));
    g_assert_cmpint(report.asked, ==, 1);
    g_assert_cmpint(report.expired, ==, 1);
    g_assert_cmpint(fixture_state(store, forgotten->id), ==, GIFT_EXPIRED);
    g_assert_cmpint(given(store), ==, 0);
    clock_replace(NULL, NULL);
}

static void test_renewals(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(Gift) gift = fixture_gift(store, "a", FREQUENCY_MONTHLY, 500);
    fixture_decide(store, gift, PRACTICE_PAY);
    fixture_run(store, "pay");
    for (unsigned i = 0; i < 3; i++) {
        fixture_time += 32 * CLOCK_DAY;
        fixture_run(store, "pay");
    }
    g_assert_cmpint(given(store), ==, 2000);
    g_autoptr(GPtrArray) all = gift_list(store, NULL, GIFT_SETTLED, NULL);
    g_assert_cmpuint(all->len, ==, 4);
    g_autoptr(Subscription) active = subscription_of_gift(store, gift->id, NULL);
    g_assert_cmpint(active->status, ==, SUBSCRIPTION_ACTIVE);
    g_assert_true(request_cancel(store, all->pdata[0], fixture_time, NULL)); /* from a renewal */
    fixture_run(store, "pay");
    fixture_time += 400 * CLOCK_DAY;
    fixture_run(store, "pay");
    g_autoptr(Subscription) ended = subscription_by_code(store, active->code, NULL);
    g_assert_cmpint(ended->status, ==, SUBSCRIPTION_CANCELED);
    g_assert_cmpint(given(store), ==, 2000);
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 4); /* a receipt each */
    clock_replace(NULL, NULL);
}

/* Every statement fails once, then all from there on; the next start ends where it should. */
static void run_with_faults(Store *store, uint64_t nth, bool persistent)
{
    g_autoptr(Gift) gift = fixture_gift(store, "a", FREQUENCY_ONCE, 500);
    g_autofree char *code = NULL;
    PracticeDecision holds;
    bool ran = true;
    fault_plan(FAULT_SQL, nth, persistent);
    practice_decide(store, gift->checkout, PRACTICE_PAY, "reader@example.org", fixture_time, &holds,
                    &code, NULL);
    for (unsigned i = 0; i < 4; i++) {
        jobs_run_one(store, "pay", NULL, &ran, NULL);
    }
    fault_end();
    fixture_decide(store, gift, PRACTICE_PAY); /* the payer presses again */
    for (unsigned i = 0; i < 8; i++) {
        fixture_time += CLOCK_HOUR;
        fixture_run(store, "pay");
    }
    g_assert_cmpint(fixture_state(store, gift->id), ==, GIFT_SETTLED);
    g_assert_cmpint(given(store), ==, 500);
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 1);
}

static void test_faults(void)
{
    for (int persistent = 0; persistent < 2; persistent++) {
        for (uint64_t nth = 1; nth < 60; nth += persistent == 0 ? 1 : 3) {
            g_autofree char *url = stores_make(STORE_SQLITE, true);
            Store *store = store_open(url, NULL);
            fixture_begin();
            run_with_faults(store, nth, persistent == 1);
            store_free(store);
            stores_drop(url);
        }
    }
    clock_replace(NULL, NULL);
}

static void test_calls(Store *store, const char *url)
{
    static const char *const bad[] = {"",
                                      "{}",
                                      "[]",
                                      "{\"event\":\"\",\"object\":\"x\"}",
                                      "{\"event\":1,\"object\":\"x\"}",
                                      "{\"event\":\"e\"}"};
    fixture_begin();
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(inbox_receive(store, &practice_provider, bad[i], strlen(bad[i]), "",
                                     fixture_time, NULL));
    }
    /* one about something unknown waits, however often it comes */
    static const char body[] = "{\"event\":\"e1\",\"object\":\"nothing\"}";
    for (unsigned i = 0; i < 3; i++) {
        g_assert_true(
            inbox_receive(store, &practice_provider, body, strlen(body), "", fixture_time, NULL));
    }
    fixture_run(store, "pay");
    int64_t waiting = 0;
    g_assert_true(inbox_sweep(store, fixture_time, &waiting, NULL));
    g_assert_cmpint(waiting, ==, 1);
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/practice/pay", test_pay);
    stores_test_add("/fund/practice/not-paid", test_not_paid);
    stores_test_add("/fund/practice/renewals", test_renewals);
    stores_test_add("/fund/practice/calls", test_calls);
    g_test_add_func("/fund/practice/faults", test_faults);
    return g_test_run();
}
