/* The sandbox bites: a child applies it and then tries what it must not be able to do. */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    char *inside, *outside; /* directories */
} Place;

static char *file_in(const char *directory, const char *name)
{
    return g_build_filename(directory, name, NULL);
}

static void place_make(Place *place)
{
    place->inside = g_dir_make_tmp("sandbox-in-XXXXXX", NULL);
    place->outside = g_dir_make_tmp("sandbox-out-XXXXXX", NULL);
    g_autofree char *in = file_in(place->inside, "page"), *out = file_in(place->outside, "secret");
    g_assert_true(g_file_set_contents(in, "in", 2, NULL));
    g_assert_true(g_file_set_contents(out, "out", 3, NULL));
}

static void place_remove(Place *place)
{
    g_autofree char *in = file_in(place->inside, "page"), *out = file_in(place->outside, "secret");
    unlink(in);
    unlink(out);
    g_assert_cmpint(rmdir(place->inside), ==, 0);
    g_assert_cmpint(rmdir(place->outside), ==, 0);
    g_free(place->inside);
    g_free(place->outside);
}

static bool refused(long result)
{
    return result < 0 && (errno == EPERM || errno == EACCES);
}

/* The number of the first trick that was not refused, 0 if all were. */
static int tricks(const Place *place)
{
    g_autofree char *out = file_in(place->outside, "secret"), *in = file_in(place->inside, "page");
    g_autofree char *new = file_in(place->inside, "new");
    g_autofree char *up = g_strconcat(place->inside, "/../../../../../../../etc/passwd", NULL);
    char shell[] = "sh";
    char *arguments[] = {shell, NULL};
    if (!refused(open("/etc/passwd", O_RDONLY))) {
        return 1;
    }
    if (!refused(open(out, O_RDONLY))) {
        return 2;
    }
    if (!refused(open(up, O_RDONLY))) {
        return 3;
    }
    if (!refused(open(in, O_WRONLY)) || !refused(open(new, O_WRONLY | O_CREAT, 0600))) {
        return 4;
    }
    if (!refused(unlink(in)) || !refused(rename(in, new)) || !refused(symlink("/etc", new))) {
        return 5;
    }
    if (!refused(socket(AF_INET, SOCK_STREAM, 0)) || !refused(socket(AF_UNIX, SOCK_STREAM, 0))) {
        return 6;
    }
    if (!refused(execve("/bin/sh", arguments, arguments))) {
        return 7;
    }
    if (!refused(fork())) {
        return 8;
    }
    if (!refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL))) {
        return 9;
    }
    if (!refused(kill(getppid(), 0))) {
        return 10;
    }
    if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) {
        return 11;
    }
    return 0;
}

static int child_closed(const Place *place, int socket, int unconnected)
{
    const char *const readable[] = {place->inside, NULL};
    SandboxPlan plan = {.readable = readable, .files = 64};
    SandboxReport report;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
    g_autofree char *in = file_in(place->inside, "page");
    if (!sandbox_apply(&plan, &report, NULL) || !report.seccomp || !report.no_new_privileges) {
        return 101;
    }
    int trick = tricks(place);
    /* without Landlock in the kernel the list of calls cannot tell one path from another */
    if (trick != 0 && (trick > 5 || report.landlock > 0)) {
        return trick;
    }
    if (!refused(connect(unconnected, (struct sockaddr *)&address, sizeof address)) ||
        !refused(bind(unconnected, (struct sockaddr *)&address, sizeof address))) {
        return 20;
    }
    int page = open(in, O_RDONLY);
    if (page < 0) { /* what it needs still works */
        return 102;
    }
    return accept4(socket, NULL, NULL, SOCK_NONBLOCK) < 0 && errno == EAGAIN ? 0 : 103;
}

static int child_status(pid_t child)
{
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

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

static void test_bites(void)
{
    Place place;
    if (instrumented()) {
        g_test_skip("sanitizers and valgrind make calls of their own");
        return;
    }
    place_make(&place);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int unconnected = socket(AF_INET, SOCK_STREAM, 0);
    g_assert_cmpint(listen(listener, 1), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        _exit(child_closed(&place, listener, unconnected));
    }
    g_assert_cmpint(child_status(child), ==, 0);
    close(listener);
    close(unconnected);
    place_remove(&place);
}

static int child_writing(const Place *place)
{
    const char *const writable[] = {place->inside, NULL};
    SandboxPlan plan = {.writable = writable, .allow = SANDBOX_CONNECT};
    SandboxReport report;
    g_autofree char *from = file_in(place->inside, "new"), *to = file_in(place->inside, "renamed");
    g_autofree char *out = file_in(place->outside, "new");
    if (!sandbox_apply(&plan, &report, NULL)) {
        return 101;
    }
    int file = open(from, O_WRONLY | O_CREAT, 0600);
    if (file < 0 || write(file, "x", 1) != 1 || fsync(file) != 0 || rename(from, to) != 0 ||
        unlink(to) != 0) {
        return 102;
    }
    if (report.landlock > 0 && !refused(open(out, O_WRONLY | O_CREAT, 0600))) {
        return 1;
    }
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : 103;
}

static void test_writable(void)
{
    Place place;
    if (instrumented()) {
        g_test_skip("sanitizers and valgrind make calls of their own");
        return;
    }
    place_make(&place);
    pid_t child = fork();
    if (child == 0) {
        _exit(child_writing(&place));
    }
    g_assert_cmpint(child_status(child), ==, 0);
    place_remove(&place);
}

static void test_missing_directory(void)
{
    pid_t child;
    if (instrumented()) {
        g_test_skip("sanitizers and valgrind make calls of their own");
        return;
    }
    child = fork();
    if (child == 0) {
        const char *const readable[] = {"/nonexistent/place", NULL};
        SandboxPlan plan = {.readable = readable};
        SandboxReport report = {0};
        g_autoptr(GError) error = NULL;
        bool applied = sandbox_apply(&plan, &report, &error);
        bool named = error != NULL && strstr(error->message, "/nonexistent/place") != NULL;
        _exit(applied ? (report.landlock > 0 ? 1 : 0) : named ? 0 : 2);
    }
    g_assert_cmpint(child_status(child), ==, 0);
}

static void test_describe(void)
{
    SandboxReport all = {true, 7, true, true, true, true, false};
    SandboxReport none = {.no_new_privileges = true};
    g_autofree char *good = sandbox_describe(&all), *bad = sandbox_describe(&none);
    g_assert_cmpstr(good, ==,
                    "sandbox: landlock 7 with network, seccomp, limits, no new privileges");
    g_assert_cmpstr(bad, ==, "sandbox: NO landlock in this kernel, NO seccomp, no new privileges");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sandbox/bites", test_bites);
    g_test_add_func("/sandbox/writable", test_writable);
    g_test_add_func("/sandbox/missing-directory", test_missing_directory);
    g_test_add_func("/sandbox/describe", test_describe);
    return g_test_run();
}
