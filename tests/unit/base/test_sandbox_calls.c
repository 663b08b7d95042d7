/* The list of calls by itself: what each allowance opens, and that nothing else is. */
#include "base/sandbox_calls.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static bool instrumented(void)
{
    const char *preload = g_getenv("LD_PRELOAD");
#if defined(__SANITIZE_ADDRESS__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return true;
#endif
#endif
    return preload != NULL && strstr(preload, "vgpreload") != NULL;
}

typedef struct {
    bool socket, fork, rename;
} Open;

/* What is open to a child under this plan; the answer is its exit status. */
static int child(const SandboxPlan *plan)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !sandbox_calls_apply(plan)) {
        return 100;
    }
    int status = 0;
    status |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 1 : errno == EPERM ? 0 : 64;
    pid_t grandchild = fork();
    if (grandchild == 0) {
        _exit(0);
    }
    status |= grandchild > 0 ? 2 : errno == EPERM ? 0 : 64;
    status |= rename("/nonexistent/a", "/nonexistent/b") < 0 && errno == ENOENT ? 4 : 0;
    return status;
}

static void check(const SandboxPlan *plan, Open expected)
{
    int status = 0, wanted = expected.socket * 1 + expected.fork * 2 + expected.rename * 4;
    pid_t process = fork();
    if (process == 0) {
        _exit(child(plan));
    }
    g_assert_cmpint(waitpid(process, &status, 0), ==, process);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, wanted);
}

static void test_allowances(void)
{
    const char *const place[] = {"/tmp", NULL}, *const none[] = {NULL};
    if (instrumented()) {
        g_test_skip("sanitizers and valgrind make calls of their own");
        return;
    }
    check(&(SandboxPlan){.allow = 0}, (Open){0});
    check(&(SandboxPlan){.writable = none}, (Open){0});
    check(&(SandboxPlan){.allow = SANDBOX_CONNECT}, (Open){.socket = true});
    check(&(SandboxPlan){.allow = SANDBOX_LISTEN}, (Open){.socket = true});
    check(&(SandboxPlan){.allow = SANDBOX_EXEC}, (Open){.fork = true});
    check(&(SandboxPlan){.writable = place}, (Open){.rename = true});
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sandbox-calls/allowances", test_allowances);
    return g_test_run();
}
