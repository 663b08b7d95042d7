#include "fund/amounts.h"

#include "base/error.h"

#include <string.h>

static void test_whole(void)
{
    Amounts table;
    g_autoptr(GError) error = NULL;
    amounts_parse("EUR once 10 25* 50; monthly 2 5\nannual 24;; usd once 15 30 ; JPY monthly 300",
                  "2.00; JPY 300", &table, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(table.count, ==, 3);
    const AmountsCurrency *euro = amounts_find(&table, "EUR");
    g_assert_cmpuint(euro->rows[FREQUENCY_ONCE].count, ==, 3);
    g_assert_cmpint(euro->rows[FREQUENCY_ONCE].values[2], ==, 5000);
    g_assert_cmpuint(euro->rows[FREQUENCY_ONCE].chosen, ==, 1);
    g_assert_cmpuint(euro->rows[FREQUENCY_MONTHLY].chosen, ==, 1);
    g_assert_cmpuint(euro->rows[FREQUENCY_ANNUAL].chosen, ==, 0);
    g_assert_cmpint(euro->minimum, ==, 200);
    const AmountsCurrency *yen = amounts_find(&table, "JPY");
    g_assert_cmpint(yen->minimum, ==, 300);
    g_assert_cmpint(yen->most, ==, 300 * AMOUNTS_TIMES);
    g_assert_null(amounts_find(&table, "GBP"));
}

static void test_usual(void)
{
    Amounts table;
    g_assert_true(amounts_parse("", "2.00", &table, NULL));
    g_assert_cmpstr(table.currencies[0].currency, ==, "EUR");
    g_assert_cmpuint(table.currencies[0].rows[FREQUENCY_ANNUAL].count, ==, 3);
    g_assert_true(amounts_parse("monthly 2 5", "", &table, NULL)); /* 2 of each currency */
    g_assert_cmpint(table.currencies[0].minimum, ==, 200);
}

static void test_refused(void)
{
    static const char *const bad[][3] = {
        {"DOGE once 5", "2", "DOGE"},
        {"weekly 5", "2", "weekly"},
        {"once", "2", "no amounts"},
        {"EUR 5 10", "2", "once, monthly or annual"},
        {"EUR", "2", "once, monthly or annual"},
        {"once 10 5", "2", "grow"},
        {"once 5 5", "2", "grow"},
        {"once 5* 10*", "2", "not two"},
        {"once 5; once 6", "2", "twice"},
        {"once 1 2 3 4 5 6 7", "1", "at most 6"},
        {"once -5", "2", "not an amount"},
        {"once *", "2", "not an amount"},
        {"once 1 5", "2", "between 2.00"},
        {"once 5 20000", "2", "10000.00"},
        {"once 5", "two", "minimum"},
        {"once 5", "0", "more than nothing"},
        {"once 5", "2; JPY 300", "JPY"},
        {"once 5", "2; 3", "minimum"},
        {"JPY once 500", "2.00", "JPY"},
        {"AUD once 5; CAD once 5; CHF once 5; CZK once 5; DKK once 5; EUR once 5; GBP once 5; HUF "
         "once "
         "5; USD once 5",
         "2", "8 currencies"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        Amounts table = {.count = 77};
        g_autoptr(GError) error = NULL;
        g_assert_false(amounts_parse(bad[i][0], bad[i][1], &table, &error));
        g_assert_nonnull(error);
        if (strstr(error->message, bad[i][2]) == NULL) {
            g_error("%s: %s", bad[i][0], error->message);
        }
        g_assert_null(strchr(error->message, '\n'));
        g_assert_cmpuint(table.count, ==, 77);
    }
}

static void test_judge(void)
{
    Amounts table;
    g_assert_true(amounts_parse("monthly 2 5", "2", &table, NULL));
    const AmountsCurrency *euro = &table.currencies[0];
    g_assert_cmpint(amounts_judge(euro, FREQUENCY_MONTHLY, 200), ==, AMOUNT_GOOD);
    g_assert_cmpint(amounts_judge(euro, FREQUENCY_MONTHLY, 199), ==, AMOUNT_LOW);
    g_assert_cmpint(amounts_judge(euro, FREQUENCY_MONTHLY, euro->most + 1), ==, AMOUNT_HIGH);
    g_assert_cmpint(amounts_judge(euro, FREQUENCY_ONCE, 200), ==, AMOUNT_NOT_OFFERED);
}

static void test_frequency(void)
{
    for (unsigned i = 0; i < FREQUENCIES; i++) {
        Frequency read = FREQUENCIES;
        g_assert_true(frequency_parse(frequency_name((Frequency)i), &read));
        g_assert_cmpint(read, ==, (int)i);
    }
    Frequency none;
    g_assert_false(frequency_parse("weekly", &none));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fund/amounts/whole", test_whole);
    g_test_add_func("/fund/amounts/usual", test_usual);
    g_test_add_func("/fund/amounts/refused", test_refused);
    g_test_add_func("/fund/amounts/judge", test_judge);
    g_test_add_func("/fund/amounts/frequency", test_frequency);
    return g_test_run();
}
