#include "fund/subscription.h"

#include "base/error.h"
#include "practice_fixture.h"

static SubscriptionStatus mirror(Store *store, SubscriptionStatus status, int64_t moment)
{
    g_autoptr(PaymentFacts) facts = payment_facts_new();
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    facts->subscription = g_strdup("sub1");
    facts->status = status;
    facts->moment = moment;
    subscription_mirror(store, "practice", facts, 7, &id, &error);
    g_assert_no_error(error);
    g_autoptr(Subscription) known = subscription_of_gift(store, 7, NULL);
    g_assert_cmpint(known->id, ==, id);
    return known->status;
}

/* The newer wins; what is over is over. */
static void test_mirror(Store *store, const char *url)
{
    g_assert_cmpint(mirror(store, SUBSCRIPTION_ACTIVE, 10), ==, SUBSCRIPTION_ACTIVE);
    g_assert_cmpint(mirror(store, SUBSCRIPTION_INCOMPLETE, 5), ==, SUBSCRIPTION_ACTIVE);
    g_assert_cmpint(mirror(store, SUBSCRIPTION_PAST_DUE, 20), ==, SUBSCRIPTION_PAST_DUE);
    g_assert_cmpint(mirror(store, SUBSCRIPTION_ACTIVE, 30), ==, SUBSCRIPTION_ACTIVE);
    g_assert_cmpint(mirror(store, SUBSCRIPTION_CANCELED, 25), ==, SUBSCRIPTION_CANCELED);
    g_assert_cmpint(mirror(store, SUBSCRIPTION_ACTIVE, 90), ==, SUBSCRIPTION_CANCELED);
    int64_t counts[SUBSCRIPTION_STATUSES];
    g_assert_true(subscription_counts_by_status(store, counts, NULL));
    g_assert_cmpint(counts[SUBSCRIPTION_CANCELED], ==, 1);
    g_assert_cmpint(counts[SUBSCRIPTION_ACTIVE], ==, 0);
}

static void test_names(void)
{
    unsigned counting = 0;
    for (unsigned i = 0; i < SUBSCRIPTION_STATUSES; i++) {
        SubscriptionStatus read = SUBSCRIPTION_STATUSES;
        g_assert_true(
            subscription_status_parse(subscription_status_name((SubscriptionStatus)i), &read));
        g_assert_cmpint(read, ==, (int)i);
        counting += subscription_counts(read);
    }
    g_assert_cmpuint(counting, ==, 2);
    SubscriptionStatus none;
    g_assert_false(subscription_status_parse("gone", &none));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/subscription/mirror", test_mirror);
    g_test_add_func("/fund/subscription/names", test_names);
    return g_test_run();
}
