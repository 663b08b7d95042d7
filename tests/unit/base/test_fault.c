#include "base/fault.h"

#include <glib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void test_kill(void)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        fault_plan_kill(FAULT_SQL, 2);
        bool failed = fault_here(FAULT_FILE) || fault_here(FAULT_SQL);
        _exit(failed || fault_here(FAULT_SQL) ? 1 : 0);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    fault_plan(FAULT_SQL, 1, false);
    g_assert_true(fault_here(FAULT_SQL)); /* and lives */
    fault_end();
}

static void another(void *data)
{
    unsigned *times = data;
    (*times)++;
    g_assert_false(fault_here(FAULT_SQL)); /* its own call: counted, and no second time */
}

static void test_meanwhile(void)
{
    unsigned times = 0;
    fault_plan_meanwhile(FAULT_SQL, 2, another, &times);
    g_assert_false(fault_here(FAULT_SQL));
    g_assert_cmpuint(times, ==, 0);
    g_assert_false(fault_here(FAULT_SQL));
    g_assert_false(fault_here(FAULT_SQL));
    g_assert_cmpuint(times, ==, 1);
    g_assert_cmpuint(fault_end(), ==, 4);
    fault_plan(FAULT_SQL, 1, false);
    g_assert_true(fault_here(FAULT_SQL)); /* the next plan knows nothing of it */
    g_assert_cmpuint(times, ==, 1);
    fault_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fault/once", test_once);
    g_test_add_func("/fault/persistent", test_persistent);
    g_test_add_func("/fault/kill", test_kill);
    g_test_add_func("/fault/meanwhile", test_meanwhile);
    return g_test_run();
}
