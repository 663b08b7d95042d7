/* Receipts: one for each payment that is settled, and only where there is an address. */
#include "fund/receipt.h"

#include "practice_fixture.h"

static Gift *paid(Store *store, Frequency frequency)
{
    g_autoptr(Gift) asked = fixture_gift(store, "1", frequency, 500);
    g_assert_true(gift_manage(store, asked->id, "MANAGE", NULL));
    fixture_run(store, "pay");
    Gift *gift = gift_by_id(store, asked->id, NULL);
    fixture_decide(store, gift, PRACTICE_PAY);
    fixture_run(store, "pay");
    fixture_run(store, "post");
    return gift;
}

static void start(Store *store)
{
    fixture_begin();
    g_clear_pointer(&fixture_mail, g_free);
    fixture_campaign(store, "winter", "amounts: once 5; monthly 2 5\n");
}

static void test_one(Store *store, const char *url)
{
    start(store);
    g_autoptr(Gift) gift = paid(store, FREQUENCY_ONCE);
    g_assert_cmpuint(fixture_mails, ==, 1);
    g_assert_null(strstr(fixture_mail, "cancel_url")); /* there is nothing to end */
    g_assert_true(receipts_enqueue(store, gift->id, 0, NULL));
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 1);
    g_clear_pointer(&fixture_mail, g_free);
}

/* Each renewal has its own, with the link that ends it. */
static void test_repeated(Store *store, const char *url)
{
    start(store);
    g_autoptr(Gift) gift = paid(store, FREQUENCY_MONTHLY);
    g_assert_cmpint(gift->frequency, ==, FREQUENCY_MONTHLY);
    g_assert_cmpuint(fixture_mails, ==, 1);
    g_assert_nonnull(strstr(fixture_mail, "/en/gift-cancel/MANAGE"));
    fixture_time += 40 * CLOCK_DAY;
    fixture_run(store, "pay");
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 2);
    g_clear_pointer(&fixture_mail, g_free);
}

/* What is not settled is not thanked for. */
static void test_not_settled(Store *store, const char *url)
{
    start(store);
    g_autoptr(Gift) asked = fixture_gift(store, "1", FREQUENCY_ONCE, 500);
    fixture_run(store, "pay");
    g_autoptr(Gift) gift = gift_by_id(store, asked->id, NULL);
    fixture_decide(store, gift, PRACTICE_DECLINE);
    fixture_run(store, "pay");
    g_assert_true(receipts_enqueue(store, gift->id, 0, NULL));
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/receipt/one", test_one);
    stores_test_add("/fund/receipt/repeated", test_repeated);
    stores_test_add("/fund/receipt/not-settled", test_not_settled);
    return g_test_run();
}
