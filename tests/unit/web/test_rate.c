/* Limits by sender: counted apart, forgotten with the window, bounded in memory. */
#include "base/clock.h"
#include "web/rate.h"

static HttpAddress address(const char *text)
{
    HttpAddress made;
    g_assert_true(http_address_parse(text, &made));
    return made;
}

static void test_sender(void)
{
    g_autoptr(Rate) rate = rate_new();
    HttpAddress a = address("192.0.2.1"), b = address("192.0.2.2");
    HttpAddress six = address("2001:db8::1"), neighbour = address("2001:db8::ffff"),
                other = address("2001:db8:1::1");
    for (int i = 0; i < 3; i++) {
        g_assert_true(rate_take(rate, &a, 0, 3, 5));
        g_assert_true(rate_take(rate, i % 2 ? &six : &neighbour, 0, 3, 5));
    }
    g_assert_false(rate_take(rate, &a, 0, 3, 5));
    g_assert_false(rate_take(rate, &six, 0, 3, 5)); /* one household */
    g_assert_true(rate_take(rate, &a, 1, 3, 5));    /* another form */
    g_assert_true(rate_take(rate, &b, 0, 3, 5));
    g_assert_true(rate_take(rate, &other, 0, 3, 5));
    g_assert_false(rate_take(rate, &a, 0, 3, RATE_WINDOW));
    g_assert_true(rate_take(rate, &a, 0, 3, 5 + RATE_WINDOW));
}

static void test_ceiling(void)
{
    g_autoptr(Rate) rate = rate_new();
    unsigned passed = 0;
    for (unsigned i = 0; i < RATE_SENDERS + 5000; i++) {
        g_autofree char *text = g_strdup_printf("10.%u.%u.%u", i >> 16, (i >> 8) & 255, i & 255);
        HttpAddress sender = address(text);
        passed += rate_take(rate, &sender, 0, 100, 1);
    }
    g_assert_cmpuint(passed, >=, RATE_SENDERS);
    g_assert_cmpuint(passed, <=, RATE_SENDERS + 101); /* the rest share one count */
}

static void test_all(void)
{
    g_autoptr(Rate) rate = rate_new();
    g_assert_true(rate_take_all(rate, 3, 1, 1));
    g_assert_false(rate_take_all(rate, 3, 1, CLOCK_MINUTE));
    g_assert_true(rate_take_all(rate, 4, 1, 1));
    g_assert_true(rate_take_all(rate, 3, 1, CLOCK_MINUTE + 1));
}

/* A number is none of the senders, and each has a count of its own. */
static void test_number(void)
{
    g_autoptr(Rate) rate = rate_new();
    HttpAddress nobody = {0};
    g_assert_true(rate_take_number(rate, 0, 1, 1, 1));
    g_assert_false(rate_take_number(rate, 0, 1, 1, 1));
    g_assert_true(rate_take_number(rate, 1, 1, 1, 1));
    g_assert_true(rate_take_number(rate, 0, 2, 1, 1));
    g_assert_true(rate_take(rate, &nobody, 1, 1, 1));
    g_assert_true(rate_take_number(rate, 0, 1, 1, 1 + RATE_WINDOW));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rate/sender", test_sender);
    g_test_add_func("/rate/ceiling", test_ceiling);
    g_test_add_func("/rate/all", test_all);
    g_test_add_func("/rate/number", test_number);
    return g_test_run();
}
