/* The office as a process: its sandbox bites, pages come out of it, what is enqueued inside wakes
 * the worker outside, and it ends when told. */
#include "office/process.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/instrumented.h"
#include "doubles/loopback.h"
#include "doubles/stores.h"
#include "jobs/wake.h"
#include "office/asset.h"
#include "office/letter.h"
#include "office/link_page.h"
#include "office/sign_in.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const OfficeRoute *const tables[] = {sign_in_routes, link_routes, asset_routes, NULL};
static const Secret secret = {{7}};

static OfficeProcess process_of(Store *store)
{
    return (OfficeProcess){.office = {.store = store,
                                      .tables = tables,
                                      .secret = &secret,
                                      .url = "http://office.localhost"},
                           .server = HTTP_SERVER_OPTIONS};
}

static void test_needs(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = stores_make(STORE_SQLITE, true);
    g_autoptr(Store) store = store_open(url, NULL);
    OfficeProcess options = process_of(store);
    options.office.trusted_proxies = "everybody";
    g_assert_false(office_run(&options, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_pointer(&store, store_free);
    stores_drop(url);
}

/* In the child: tells the parent where the door is, and what the sandbox lets it do. */
static void opened(const char *address, const char *sandbox, void *data)
{
    bool reads = open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
    bool connects = socket(AF_INET, SOCK_STREAM, 0) >= 0;
    g_autofree char *line =
        g_strdup_printf("%s %d %d\n", strrchr(address, ':') + 1, reads, connects);
    g_assert_cmpint(write(GPOINTER_TO_INT(data), line, strlen(line)), ==, (gssize)strlen(line));
}

/* What stands in `text` between `before` and the next of `ends`. Caller frees. */
static char *between(const char *text, const char *before, const char *ends)
{
    const char *from = strstr(text, before);
    g_assert_nonnull(from);
    from += strlen(before);
    return g_strndup(from, strcspn(from, ends));
}

#define HEAD "Host: o.localhost\r\nConnection: close\r\nSec-Fetch-Site: none\r\n"

static void ask_for_link(int port)
{
    g_autofree char *page = loopback_ask(port, "GET /forgot HTTP/1.1\r\n" HEAD "\r\n");
    g_assert_true(g_str_has_prefix(page, "HTTP/1.1 200 "));
    g_autofree char *cookie = between(page, "Set-Cookie: ", ";");
    g_autofree char *csrf = between(page, "name=\"csrf\" value=\"", "\"");
    g_autofree char *body = g_strdup_printf("email=a%%40b.example&csrf=%s", csrf);
    g_autofree char *request = g_strdup_printf(
        "POST /forgot HTTP/1.1\r\n" HEAD "Cookie: %s\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
        cookie, strlen(body), body);
    g_autofree char *done = loopback_ask(port, request);
    g_assert_true(g_str_has_prefix(done, "HTTP/1.1 200 "));
}

static void serve(const char *url, int end)
{
    jobs_register(office_jobs);
    Store *store = store_open(url, NULL);
    OfficeProcess options = process_of(store);
    options.opened = opened;
    options.data = GINT_TO_POINTER(end);
    _exit(office_run(&options, NULL) ? 0 : 1);
}

static void test_serves(void)
{
    int ends[2], port = 0, reads = 1, connects = 1, status = 0;
    char line[64] = "";
    if (g_getenv("KOLOKOL_WRAPPED") != NULL) {
        g_test_skip("valgrind needs more memory than the office may have");
        return;
    }
    g_autofree char *url = stores_make(STORE_SQLITE, true);
    g_autofree char *run = g_dir_make_tmp("kolokol-process-XXXXXX", NULL);
    jobs_wake_directory(run);
    int listening = jobs_wake_listen("mail", NULL);
    g_assert_cmpint(listening, >=, 0);
    g_assert_cmpint(pipe(ends), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG,
              SIGKILL); /* a failed test leaves nobody who keeps its output open */
        serve(url, ends[1]);
    }
    close(ends[1]);
    g_assert_cmpint(read(ends[0], line, sizeof line - 1), >, 0);
    close(ends[0]);
    g_assert_cmpint(sscanf(line, "%d %d %d", &port, &reads, &connects), ==, 3);
    if (!instrumented()) {
        g_assert_cmpint(reads + connects, ==, 0); /* confined before it says that it is open */
    }
    ask_for_link(port);
    int64_t before = clock_monotonic();
    jobs_wake_wait(listening, NULL, CLOCK_SECOND);
    g_assert_cmpint(clock_monotonic() - before, <, CLOCK_SECOND / 2);
    kill(child, SIGTERM);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(listening);
    jobs_wake_directory(NULL);
    stores_remove_tree(run);
    stores_drop(url);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/process/needs", test_needs);
    g_test_add_func("/office/process/serves", test_serves);
    return g_test_run();
}
