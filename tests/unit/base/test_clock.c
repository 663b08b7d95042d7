/* The clock: the system's, or a test's. */
#include "base/clock.h"

#include <glib.h>

static int64_t stands(void *data)
{
    return *(int64_t *)data;
}

static void test_replaced(void)
{
    int64_t moment = -5;
    int64_t before = g_get_real_time();
    int64_t now = clock_now();
    g_assert_cmpint(now, >=, before);
    g_assert_cmpint(now - before, <, CLOCK_HOUR);
    clock_replace(stands, &moment);
    g_assert_cmpint(clock_now(), ==, -5);
    moment = 7 * CLOCK_DAY;
    g_assert_cmpint(clock_now(), ==, INT64_C(604800000000));
    clock_replace(NULL, NULL);
    g_assert_cmpint(clock_now(), >=, now);
}

/* Durations go on while a test holds the date. */
static void test_monotonic(void)
{
    int64_t moment = 0, before = clock_monotonic(), used = clock_cpu();
    clock_replace(stands, &moment);
    while (clock_cpu() <= used) { /* it counts what this loop itself takes */
    }
    g_assert_cmpint(clock_monotonic(), >=, before);
    g_assert_cmpint(clock_cpu(), >, used);
    g_assert_cmpint(clock_cpu() - used, <, 10 * CLOCK_SECOND);
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clock/replaced", test_replaced);
    g_test_add_func("/clock/monotonic", test_monotonic);
    return g_test_run();
}
