#include "fund/money.h"

#include "base/error.h"

static void check_parse(const char *text, const char *currency, int64_t wanted)
{
    int64_t minor = -1;
    g_autoptr(GError) error = NULL;
    bool good = money_parse(text, currency, &minor, &error);
    if (wanted < 0) {
        g_assert_false(good);
        g_assert_cmpint(minor, ==, -1);
        g_assert_nonnull(error);
    } else {
        g_assert_no_error(error);
        g_assert_cmpint(minor, ==, wanted);
    }
}

static void test_parse(void)
{
    check_parse("2", "EUR", 200);
    check_parse("2.5", "EUR", 250);
    check_parse("2,50", "EUR", 250);
    check_parse("0.01", "EUR", 1);
    check_parse("300", "JPY", 300);
    check_parse("1.234", "KWD", 1234);
    check_parse("٢٥٫٥", "EUR", 2550);
    check_parse("100000000", "EUR", MONEY_MOST);
    static const char *const bad[] = {
        "",         "-2",        "2.",  "2.505", ".5",       "2 000", "2e3",
        "1.000,50", "100000001", "EUR", "0x10",  "２.５.１", "2\n",   "99999999999999999999999"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        check_parse(bad[i], "EUR", -1);
    }
    check_parse("300.5", "JPY", -1);
    check_parse("\xff", "EUR", -1);
}

static void test_currency(void)
{
    char code[MONEY_CURRENCY] = "";
    g_assert_true(money_currency("eur", code, NULL));
    g_assert_cmpstr(code, ==, "EUR");
    g_autoptr(GError) error = NULL;
    g_assert_false(money_currency("DOGE", code, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_cmpuint(money_exponent("KRW"), ==, 0);
    g_assert_cmpuint(money_exponent("USD"), ==, 2);
    g_assert_cmpuint(money_exponent("KWD"), ==, 3);
}

static void check_plain(int64_t minor, const char *currency, const char *wanted)
{
    g_autofree char *text = money_plain(minor, currency);
    g_assert_cmpstr(text, ==, wanted);
}

static void check_text(const char *language, int64_t minor, const char *currency,
                       const char *wanted)
{
    g_autofree char *text = money_text(language, minor, currency);
    g_assert_cmpstr(text, ==, wanted);
}

static void test_write(void)
{
    check_plain(250, "EUR", "2.50");
    check_plain(-250, "EUR", "-2.50");
    check_plain(5, "EUR", "0.05");
    check_plain(300, "JPY", "300");
    check_plain(1234, "KWD", "1.234");
    check_text("en", 200, "EUR", "€2");
    check_text("en", 250, "EUR", "€2.50");
    check_text("en", 123456789, "USD", "$1,234,567.89");
    check_text("en", 300, "JPY", "¥300");
    check_text("ru", 250, "EUR", "2,50\u00a0€");
    check_text("ru", 25000, "RUB", "250\u00a0₽");
}

/* What is written plainly reads back the same. */
static void test_round(void)
{
    static const char *const codes[] = {"EUR", "JPY", "KWD"};
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        for (int64_t minor = 0; minor < MONEY_MOST; minor = minor * 3 + 7) {
            g_autofree char *plain = money_plain(minor, codes[i]);
            check_parse(plain, codes[i], minor);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fund/money/parse", test_parse);
    g_test_add_func("/fund/money/currency", test_currency);
    g_test_add_func("/fund/money/write", test_write);
    g_test_add_func("/fund/money/round", test_round);
    return g_test_run();
}
