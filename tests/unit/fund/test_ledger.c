#include "fund/ledger.h"

#include "base/error.h"
#include "practice_fixture.h"

/* The same charge twice is one row; totals are of settled gifts only. */
static void test_totals(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(Gift) gift = fixture_gift(store, "a", FREQUENCY_ONCE, 500);
    LedgerEntry charge = {gift->id, "charge", "practice", "ch1", {500, "EUR"}, FIXTURE_NOW};
    LedgerEntry fee = {gift->id, "fee", "practice", "fee1", {-25, "EUR"}, FIXTURE_NOW};
    g_assert_true(ledger_enter(store, &charge, FIXTURE_NOW, NULL));
    charge.amount.minor = 900;
    g_assert_true(ledger_enter(store, &charge, FIXTURE_NOW, NULL));
    g_assert_true(ledger_enter(store, &fee, FIXTURE_NOW, NULL));
    g_autoptr(GArray) before = ledger_totals(store, NULL);
    g_assert_cmpuint(before->len, ==, 0);
    g_assert_true(gift_raise(store, gift->id, GIFT_SETTLED, FIXTURE_NOW, NULL));
    g_autoptr(GArray) after = ledger_totals(store, NULL);
    g_assert_cmpuint(after->len, ==, 1);
    const LedgerTotal *total = &g_array_index(after, LedgerTotal, 0);
    g_assert_cmpint(total->gifts, ==, 1);
    g_assert_cmpint(total->charged, ==, 500);
    g_assert_cmpint(total->other, ==, -25);
    g_autofree char *object = ledger_charge(store, gift->id, NULL);
    g_assert_cmpstr(object, ==, "ch1");
    int64_t id = 0, of = 0;
    g_assert_true(ledger_find(store, "practice", "ch1", &id, &of, NULL));
    g_assert_cmpint(of, ==, gift->id);
    g_assert_true(ledger_find(store, "other", "ch1", &id, &of, NULL));
    g_assert_cmpint(id, ==, 0);
    clock_replace(NULL, NULL);
}

static void test_nothing(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(ledger_charge(store, 7, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/ledger/totals", test_totals);
    stores_test_add("/fund/ledger/nothing", test_nothing);
    return g_test_run();
}
