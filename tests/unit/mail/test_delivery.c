/* The journal's rows by themselves; who sends them is test_deliver.c. */
#include "mail/delivery.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"

#include <string.h>

static bool add(Store *store, const char *id, const char *kind, int64_t issue)
{
    Delivery row = {.message_id = (char *)(uintptr_t)id,
                    .kind = (char *)(uintptr_t)kind,
                    .bulk = issue != 0,
                    .issue = issue,
                    .subscriber = issue != 0 ? 1 : 0,
                    .mark = (char *)(uintptr_t) "mark",
                    .address = (char *)(uintptr_t) "ann@reader.example",
                    .language = (char *)(uintptr_t) "en",
                    .content = (char *)(uintptr_t) "{}",
                    .state = DELIVERY_READY};
    return delivery_add(store, &row, NULL);
}

static bool add_three(Store *store, void *data, GError **error)
{
    return add(store, "1@x", "issue", 1) && add(store, "2@x", "answer", 0) &&
           add(store, "2@x", "answer", 0) && add(store, "3@x", "answer", 0);
}

static Delivery *row_in(Store *store, int64_t issue, DeliveryState state)
{
    g_autoptr(GPtrArray) rows = delivery_list(store, issue, state, 0, 10, NULL);
    g_assert_cmpuint(rows->len, >=, 1);
    return g_ptr_array_steal_index(rows, 0);
}

static void end(Store *store, int64_t id, DeliveryState state)
{
    DeliveryResult result = {.id = id, .state = state, .due = clock_now(), .status = "so"};
    g_assert_true(delivery_settle(store, &result, 1, NULL));
}

/* Letters go before issues; the same Message-ID is one row. */
static void test_order(Store *store, const char *url)
{
    int64_t fence = 0, due = 0;
    fixture_clock();
    g_assert_true(store_transact(store, add_three, NULL, NULL));
    g_assert_true(delivery_next_due(store, &due, NULL));
    g_assert_cmpint(due, ==, clock_now());
    g_assert_true(delivery_lease_take(store, &fence, NULL, NULL));
    g_autoptr(GPtrArray) first = delivery_claim(store, fence, NULL);
    g_assert_cmpuint(first->len, ==, 2);
    g_assert_false(((Delivery *)first->pdata[0])->bulk);
    g_assert_cmpint(((Delivery *)first->pdata[0])->attempts, ==, 1);
    g_autoptr(GPtrArray) second = delivery_claim(store, fence, NULL);
    g_assert_cmpuint(second->len, ==, 1);
    g_assert_true(((Delivery *)second->pdata[0])->bulk);
    g_autoptr(GPtrArray) none = delivery_claim(store, fence, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_true(delivery_next_due(store, &due, NULL));
    g_assert_cmpint(due, ==, INT64_MAX);
}

/* A letter that has left keeps neither address nor content; one that is uncertain keeps both. */
static void test_forgets(Store *store, const char *url)
{
    int64_t fence = 0;
    fixture_clock();
    g_assert_true(store_transact(store, add_three, NULL, NULL));
    g_assert_true(delivery_lease_take(store, &fence, NULL, NULL));
    g_autoptr(GPtrArray) letters = delivery_claim(store, fence, NULL);
    g_autoptr(GPtrArray) issue = delivery_claim(store, fence, NULL);
    end(store, ((Delivery *)letters->pdata[0])->id, DELIVERY_ACCEPTED);
    end(store, ((Delivery *)letters->pdata[1])->id, DELIVERY_UNCERTAIN);
    end(store, ((Delivery *)issue->pdata[0])->id, DELIVERY_ACCEPTED);
    g_autoptr(Delivery) gone = row_in(store, 0, DELIVERY_ACCEPTED);
    g_assert_cmpstr(gone->address, ==, "");
    g_assert_cmpstr(gone->content, ==, "");
    g_autoptr(Delivery) kept = row_in(store, 0, DELIVERY_UNCERTAIN);
    g_assert_cmpstr(kept->address, ==, "ann@reader.example");
    g_assert_cmpstr(kept->content, ==, "{}");
    g_autoptr(Delivery) whose = row_in(store, 1, DELIVERY_ACCEPTED);
    g_assert_cmpstr(whose->address, ==, "ann@reader.example"); /* who got the issue */
    g_assert_true(delivery_left(store, "mark", 1, NULL));
    g_autoptr(Delivery) left = row_in(store, 1, DELIVERY_ACCEPTED);
    g_assert_cmpstr(left->address, ==, "");
    end(store, kept->id, DELIVERY_ACCEPTED); /* its sender learnt it late */
    g_autoptr(GPtrArray) open = delivery_list(store, 0, DELIVERY_UNCERTAIN, 0, 10, NULL);
    g_assert_cmpuint(open->len, ==, 0);
}

static void test_allowed(Store *store, const char *url)
{
    bool allowed = false;
    fixture_clock();
    g_assert_true(delivery_allowed(store, "mark", "answer", 0, &allowed, NULL) && allowed);
    for (int i = 0; i < DELIVERY_DAY; i++) {
        g_autofree char *id = g_strdup_printf("%d@x", i);
        fixture_later(16 * CLOCK_MINUTE);
        g_assert_true(delivery_allowed(store, "mark", "answer", 0, &allowed, NULL) && allowed);
        g_assert_true(add(store, id, "answer", 0));
        g_assert_true(delivery_allowed(store, "mark", "answer", 0, &allowed, NULL) && !allowed);
    }
    fixture_later(16 * CLOCK_MINUTE);
    g_assert_true(delivery_allowed(store, "mark", "answer", 0, &allowed, NULL) && !allowed);
    g_assert_true(delivery_allowed(store, "mark", "subscribe", 0, &allowed, NULL) && allowed);
    g_assert_true(delivery_allowed(store, "another", "answer", 0, &allowed, NULL) && allowed);
    fixture_later(CLOCK_DAY);
    g_assert_true(delivery_allowed(store, "mark", "answer", 0, &allowed, NULL) && allowed);
}

static void test_times(void)
{
    static const int hours_by_two[] = {1, 2, 4, 8, 16, 16, 16};
    for (size_t i = 0; i < G_N_ELEMENTS(hours_by_two); i++) {
        g_assert_cmpint(delivery_retry((int64_t)i + 1, 0), ==, hours_by_two[i] * CLOCK_HOUR / 2);
    }
    Delivery bulk = {.bulk = true, .created = 100}, letter = {.created = 100};
    g_assert_false(delivery_too_old(&bulk, 100 + DELIVERY_BULK_GIVES));
    g_assert_true(delivery_too_old(&bulk, 101 + DELIVERY_BULK_GIVES));
    g_assert_false(delivery_too_old(&letter, 101 + DELIVERY_BULK_GIVES));
    g_assert_true(delivery_too_old(&letter, 101 + DELIVERY_ONE_GIVES));
    for (int state = 1; state < DELIVERY_STATES; state++) {
        g_assert_cmpstr(delivery_state_name((DeliveryState)state), !=, "");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/delivery/order", test_order);
    stores_test_add("/delivery/forgets", test_forgets);
    stores_test_add("/delivery/allowed", test_allowed);
    g_test_add_func("/delivery/times", test_times);
    return g_test_run();
}
