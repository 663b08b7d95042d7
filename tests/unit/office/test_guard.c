/* Guessing made slow: free tries, doubling waits, ends; and who is not kept out. */
#include "office/guard.h"

#include "base/clock.h"

static HttpAddress client(uint8_t last)
{
    HttpAddress address = {.bytes = {[10] = 0xff, [11] = 0xff, [12] = 10, [15] = last}};
    return address;
}

static GuardTry try_of(const char *name, uint8_t from, bool known)
{
    return (GuardTry){.name = name, .client = client(from), .browser = known ? "b1" : NULL};
}

static void wrong(Guard *guard, GuardTry try, unsigned times, int64_t now)
{
    for (unsigned i = 0; i < times; i++) {
        guard_wrong(guard, &try, now);
    }
}

static int64_t wait_of(const Guard *guard, GuardTry try, int64_t now)
{
    return guard_wait(guard, &try, now);
}

static void test_pair(void)
{
    g_autoptr(Guard) guard = guard_new();
    GuardTry thief = try_of("anna@b", 1, false);
    int64_t now = CLOCK_DAY;
    wrong(guard, thief, 4, now);
    g_assert_cmpint(wait_of(guard, thief, now), ==, 0);
    wrong(guard, thief, 1, now);
    g_assert_cmpint(wait_of(guard, thief, now), ==, CLOCK_SECOND);
    g_assert_cmpint(wait_of(guard, try_of("ANNA@b", 1, false), now), ==, CLOCK_SECOND);
    now += CLOCK_SECOND;
    g_assert_cmpint(wait_of(guard, thief, now), ==, 0);
    wrong(guard, thief, 1, now);
    g_assert_cmpint(wait_of(guard, thief, now), ==, 2 * CLOCK_SECOND);
    wrong(guard, thief, 40, now);
    g_assert_cmpint(wait_of(guard, thief, now), ==, 15 * CLOCK_MINUTE);
    g_assert_cmpint(wait_of(guard, thief, now + GUARD_FORGET), ==, 0);
}

/* Neither who shares a network with the thief, nor who is attacked from everywhere, is kept out. */
static void test_colleague(void)
{
    g_autoptr(Guard) guard = guard_new();
    int64_t now = CLOCK_DAY;
    wrong(guard, try_of("anna@b", 1, false), 10, now);
    g_assert_cmpint(wait_of(guard, try_of("anna@b", 2, false), now), ==, 0);
    g_assert_cmpint(wait_of(guard, try_of("anna@b", 1, true), now), ==, 0);
    for (uint8_t from = 10; from < 80; from++) {
        wrong(guard, try_of("anna@b", from, false), 1, now);
    }
    g_assert_cmpint(wait_of(guard, try_of("anna@b", 200, false), now), >, 0);
    g_assert_cmpint(wait_of(guard, try_of("anna@b", 200, true), now), ==, 0);
    g_assert_cmpint(wait_of(guard, try_of("boris@b", 200, false), now), ==, 0);
}

/* Guessing in one browser of hers does not keep her out of another. */
static void test_browsers(void)
{
    g_autoptr(Guard) guard = guard_new();
    GuardTry shared = try_of("anna@b", 1, true), own = try_of("anna@b", 1, true);
    own.browser = "b2";
    wrong(guard, shared, 8, CLOCK_DAY);
    g_assert_cmpint(wait_of(guard, shared, CLOCK_DAY), >, 0);
    g_assert_cmpint(wait_of(guard, own, CLOCK_DAY), ==, 0);
    guard_right(guard, &own);
    g_assert_cmpint(wait_of(guard, shared, CLOCK_DAY), >, 0);
}

static void test_client(void)
{
    g_autoptr(Guard) guard = guard_new();
    int64_t now = CLOCK_DAY;
    for (unsigned i = 0; i < 20; i++) {
        g_autofree char *name = g_strdup_printf("p%u@b", i);
        wrong(guard, try_of(name, 1, false), 1, now);
    }
    g_assert_cmpint(wait_of(guard, try_of("new@b", 1, false), now), >, 0);
    g_assert_cmpint(wait_of(guard, try_of("new@b", 2, false), now), ==, 0);
}

static void test_right(void)
{
    g_autoptr(Guard) guard = guard_new();
    GuardTry anna = try_of("anna@b", 1, false);
    wrong(guard, anna, 4, 1);
    guard_right(guard, &anna);
    wrong(guard, anna, 4, 1);
    g_assert_cmpint(wait_of(guard, anna, 1), ==, 0);
}

/* Past the ceiling all new ones share a count; old ones make room when they are forgotten. */
static void test_ceiling(void)
{
    g_autoptr(Guard) guard = guard_new();
    for (unsigned i = 0; i < GUARD_MOST + 10; i++) {
        g_autofree char *name = g_strdup_printf("p%u@b", i);
        wrong(guard, try_of(name, 1, true), 1, 1);
    }
    g_assert_cmpint(wait_of(guard, try_of("late@b", 2, true), 1), >, 0);
    wrong(guard, try_of("later@b", 2, true), 1, 2 + GUARD_FORGET);
    g_assert_cmpint(wait_of(guard, try_of("latest@b", 2, true), 2 + GUARD_FORGET), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/guard/pair", test_pair);
    g_test_add_func("/office/guard/colleague", test_colleague);
    g_test_add_func("/office/guard/browsers", test_browsers);
    g_test_add_func("/office/guard/client", test_client);
    g_test_add_func("/office/guard/right", test_right);
    g_test_add_func("/office/guard/ceiling", test_ceiling);
    return g_test_run();
}
