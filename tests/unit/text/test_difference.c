/* The spans turn one row into the other, and are few; rows with little in common are quick. */
#include "text/difference.h"

#include <stdbool.h>

/* Applies the spans to a and compares with b; returns how many pieces they take out and put in. */
static unsigned check(const uint32_t *a, unsigned a_count, const uint32_t *b, unsigned b_count)
{
    g_autoptr(GArray) spans = difference_spans(a, a_count, b, b_count);
    unsigned at = 0, made = 0, steps = 0;
    for (unsigned i = 0; i <= spans->len; i++) {
        DifferenceSpan end = {a_count, 0, b_count, 0};
        DifferenceSpan span = i < spans->len ? g_array_index(spans, DifferenceSpan, i) : end;
        g_assert_true(i == 0 || i == spans->len || span.a_at > at);
        for (; at < span.a_at; at++, made++) {
            g_assert_cmpuint(a[at], ==, b[made]);
        }
        g_assert_cmpuint(made, ==, span.b_at);
        at += span.a_count;
        made += span.b_count;
        steps += span.a_count + span.b_count;
    }
    g_assert_cmpuint(at, ==, a_count);
    g_assert_cmpuint(made, ==, b_count);
    return steps;
}

static void test_known(void)
{
    const uint32_t a[] = {1, 2, 3, 1, 2, 2, 1}, b[] = {3, 2, 1, 2, 1, 3};
    g_assert_cmpuint(check(a, 7, b, 6), ==, 5); /* the paper's own example */
    g_assert_cmpuint(check(a, 7, a, 7), ==, 0);
    g_assert_cmpuint(check(a, 0, a, 0), ==, 0);
    g_assert_cmpuint(check(a, 7, a, 0), ==, 7);
    g_assert_cmpuint(check(a, 0, b, 6), ==, 6);
}

static void test_random(void)
{
    for (unsigned round = 0; round < 500; round++) {
        uint32_t a[40], b[40];
        unsigned a_count = (unsigned)g_test_rand_int_range(0, 41);
        unsigned b_count = (unsigned)g_test_rand_int_range(0, 41);
        for (unsigned i = 0; i < 40; i++) {
            a[i] = (uint32_t)g_test_rand_int_range(0, 4);
            b[i] = (uint32_t)g_test_rand_int_range(0, 4);
        }
        check(a, a_count, b, b_count);
    }
}

/* Nothing in common but the ends: more steps than are looked for. */
static void test_far(void)
{
    unsigned count = 200000;
    g_autofree uint32_t *a = g_new0(uint32_t, count);
    g_autofree uint32_t *b = g_new0(uint32_t, count);
    for (unsigned i = 1; i + 1 < count; i++) {
        a[i] = i;
        b[i] = i + count;
    }
    g_assert_cmpuint(check(a, count, b, count), ==, 2 * (count - 2));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/difference/known", test_known);
    g_test_add_func("/text/difference/random", test_random);
    g_test_add_func("/text/difference/far", test_far);
    return g_test_run();
}
