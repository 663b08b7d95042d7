#include "base/fault.h"

#include <glib.h>

static void test_once(void)
{
    fault_plan(FAULT_SQL, 2, false);
    g_assert_false(fault_here(FAULT_SQL));
    g_assert_false(fault_here(FAULT_FILE)); /* another kind: neither failed nor counted */
    g_assert_true(fault_here(FAULT_SQL));
    g_assert_false(fault_here(FAULT_SQL));
    g_assert_cmpuint(fault_end(), ==, 3);
    g_assert_false(fault_here(FAULT_SQL));
}

static void test_persistent(void)
{
    fault_plan(FAULT_ALL, 2, true);
    g_assert_false(fault_here(FAULT_FILE));
    g_assert_true(fault_here(FAULT_SOCKET));
    g_assert_true(fault_here(FAULT_SQL));
    g_assert_cmpuint(fault_end(), ==, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fault/once", test_once);
    g_test_add_func("/fault/persistent", test_persistent);
    return g_test_run();
}
