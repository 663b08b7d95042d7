/*
 * The property of the money path (research: revenue G6): whatever happens to the messages about
 * payments (late, doubled, in any order, some lost), ledger, gifts and subscriptions end the same.
 */
#include "fund/payment.h"

#include "base/error.h"
#include "fund/ledger.h"
#include "fund/subscription.h"
#include "fund/sweep.h"
#include "practice_fixture.h"

#define GIFTS     6
#define SNAPSHOTS 40

static void books(Store *store, GString *out)
{
    g_autoptr(GArray) totals = ledger_totals(store, NULL);
    for (guint i = 0; i < totals->len; i++) {
        const LedgerTotal *total = &g_array_index(totals, LedgerTotal, i);
        g_string_append_printf(out, "%s %s %d %d %d\n", total->currency, total->frequency,
                               (int)total->gifts, (int)total->charged, (int)total->other);
    }
    int64_t counts[SUBSCRIPTION_STATUSES];
    subscription_counts_by_status(store, counts, NULL);
    for (unsigned i = 0; i < SUBSCRIPTION_STATUSES; i++) {
        g_string_append_printf(out, "%d ", (int)counts[i]);
    }
    for (unsigned i = 0; i < GIFT_STATES; i++) {
        g_autoptr(GPtrArray) gifts = gift_list(store, NULL, (GiftState)i, NULL);
        g_string_append_printf(out, "%s %u ", gift_state_name((GiftState)i), gifts->len);
    }
}

/* The provider's history of some gifts: what it would answer at each moment. */
static void live(Store *store, GRand *dice, Gift **gifts, GPtrArray *history)
{
    for (unsigned step = 0; step < SNAPSHOTS; step++) {
        g_autoptr(GError) error = NULL;
        const Gift *gift = gifts[g_rand_int_range(dice, 0, GIFTS)];
        /* a checkout is open for a day */
        fixture_time += step < GIFTS ? CLOCK_HOUR : CLOCK_DAY * g_rand_int_range(dice, 1, 20);
        if (step + 1 < GIFTS) {
            fixture_decide(store, gifts[step],
                           g_rand_int_range(dice, 0, 5) == 0 ? PRACTICE_DECLINE : PRACTICE_PAY);
        } else if (g_rand_int_range(dice, 0, 6) == 0) {
            request_refund(store, gift, fixture_time, NULL);
        } else if (g_rand_int_range(dice, 0, 12) == 0) {
            request_cancel(store, gift, fixture_time, NULL);
        }
        for (unsigned i = 0; i < GIFTS; i++) {
            PaymentFacts *facts = practice_provider.fetch(store, gifts[i]->checkout, &error);
            g_assert_no_error(error);
            g_ptr_array_add(history, facts);
        }
        fixture_run(store, "pay"); /* renewals that are due, and what we were called about */
    }
    for (unsigned i = 0; i < GIFTS; i++) {
        g_ptr_array_add(history, practice_provider.fetch(store, gifts[i]->checkout, NULL));
    }
}

static void make(Store *store, Gift **gifts)
{
    for (unsigned i = 0; i < GIFTS; i++) {
        g_autofree char *form = g_strdup_printf("form-%u", i);
        gifts[i] = fixture_gift(store, form, (Frequency)(i % FREQUENCIES), 500 + 100 * i);
    }
}

static void shuffle(GRand *dice, GPtrArray *history)
{
    for (guint i = history->len; i > 1; i--) {
        guint j = (guint)g_rand_int_range(dice, 0, (gint32)i);
        gpointer swap = history->pdata[i - 1];
        history->pdata[i - 1] = history->pdata[j];
        history->pdata[j] = swap;
    }
}

/* The same gifts in another newsroom, told of in any order, each thing one to three times. */
static void tell(Store *other, GRand *dice, GPtrArray *history, Gift **gifts)
{
    for (unsigned i = 0; i < GIFTS; i++) {
        int64_t id = 0;
        g_autoptr(GError) error = NULL;
        gift_insert(other, gifts[i], &id, &error);
        g_assert_no_error(error);
    }
    for (unsigned round = 0; round < 2; round++) {
        shuffle(dice, history);
        for (guint i = 0; i < history->len; i++) {
            g_autoptr(GError) error = NULL;
            payment_apply(other, "practice", history->pdata[i], fixture_time, &error);
            g_assert_no_error(error);
        }
    }
}

static void test_converge(Store *store, const char *url)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261125);
    g_autoptr(GPtrArray) history =
        g_ptr_array_new_with_free_func((GDestroyNotify)payment_facts_free);
    g_autoptr(GString) wanted = g_string_new(NULL), found = g_string_new(NULL);
    Gift *gifts[GIFTS];
    fixture_begin();
    make(store, gifts);
    live(store, dice, gifts, history);
    SweepReport report;
    fund_sweep(store, fixture_time, &report, NULL); /* nobody calls when a checkout runs out */
    fixture_run(store, "pay");
    books(store, wanted);
    g_autofree char *other_url = stores_make(store_engine(store), true);
    Store *other = store_open(other_url, NULL);
    tell(other, dice, history, gifts);
    books(other, found);
    g_assert_cmpstr(found->str, ==, wanted->str);
    g_test_message("%s", found->str);
    store_free(other);
    stores_drop(other_url);
    for (unsigned i = 0; i < GIFTS; i++) {
        gift_free(gifts[i]);
    }
    clock_replace(NULL, NULL);
}

/* A message about a gift that is not known (yet) is kept for later. */
static void test_unknown(Store *store, const char *url)
{
    g_autoptr(PaymentFacts) facts = payment_facts_new();
    g_autoptr(GError) error = NULL;
    facts->gift = g_strdup("nobody");
    g_assert_false(payment_apply(store, "practice", facts, FIXTURE_NOW, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
}

/* Late failures do not unsettle, and a first payment is not booked again as a renewal. */
static void test_once(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(Gift) gift = fixture_gift(store, "form", FREQUENCY_MONTHLY, 500);
    fixture_decide(store, gift, PRACTICE_PAY);
    fixture_run(store, "pay");
    g_assert_cmpint(fixture_state(store, gift->id), ==, GIFT_SETTLED);
    g_autoptr(PaymentFacts) late = payment_facts_new();
    late->gift = g_strdup(gift->code);
    late->state = GIFT_FAILED;
    g_assert_true(payment_apply(store, "practice", late, fixture_time, NULL));
    g_assert_cmpint(fixture_state(store, gift->id), ==, GIFT_SETTLED);
    g_autoptr(GPtrArray) all = gift_list(store, NULL, GIFT_STATES, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 1);
    g_assert_nonnull(strstr(fixture_mail, "gift-receipt"));
    g_assert_nonnull(strstr(fixture_mail, "gift-cancel/"));
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/payment/converge", test_converge);
    stores_test_add("/fund/payment/unknown", test_unknown);
    stores_test_add("/fund/payment/once", test_once);
    return g_test_run();
}
