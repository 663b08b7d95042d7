/*
 * The stand as a process, in its sandbox: 400 editions under load without an error, and its end by
 * a signal.
 */
#include "base/clock.h"
#include "client.h"
#include "fixture.h"
#include "stand/stand.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define SWAPS   400
#define LOADERS 3

typedef struct {
    pid_t process;
    uint16_t port;
    char *sandbox; /* what it said of its sandbox */
} Running;

static void opened(const char *address, const char *sandbox, void *data)
{
    int *pipe = data;
    g_autofree char *line = g_strdup_printf("%s %s\n", address, sandbox);
    g_assert_cmpint(write(*pipe, line, strlen(line)), ==, (int)strlen(line));
    close(*pipe);
}

/* Valgrind makes executable memory as it goes, which the sandbox refuses. */
static bool in_valgrind(void)
{
    const char *preload = g_getenv("LD_PRELOAD");
    return preload != NULL && strstr(preload, "vgpreload") != NULL;
}

static int serve(const char *directory, int pipe)
{
    StandOptions options = {.site.directory = directory,
                            .server = HTTP_SERVER_OPTIONS,
                            .unconfined = in_valgrind(),
                            .opened = opened,
                            .data = &pipe};
    g_autoptr(Pulse) pulse = pulse_take(directory, "stand", tally_room(), clock_now(), NULL);
    options.pulse = pulse;
    return pulse != NULL && stand_run(&options, NULL) ? 0 : 1;
}

static void running_start(Running *running, const char *directory)
{
    int ends[2];
    char line[256] = "";
    g_assert_cmpint(pipe(ends), ==, 0);
    running->process = fork();
    if (running->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a failed test leaves nothing behind */
        close(ends[0]);
        exit(serve(directory, ends[1]));
    }
    close(ends[1]);
    g_assert_cmpint(read(ends[0], line, sizeof line - 1), >, 0);
    close(ends[0]);
    char *colon = strchr(line, ':'), *space = strchr(line, ' ');
    g_assert_true(colon != NULL && space != NULL);
    running->port = (uint16_t)g_ascii_strtoull(colon + 1, NULL, 10);
    running->sandbox = g_strdup(g_strchomp(space + 1));
}

static int running_stop(Running *running)
{
    int status = 0;
    g_assert_cmpint(kill(running->process, SIGTERM), ==, 0);
    g_assert_cmpint(waitpid(running->process, &status, 0), ==, running->process);
    g_free(running->sandbox);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

/* One answer on a kept connection: head and body, by Content-Length. NULL if anything is wrong. */
static char *answer_read(int socket)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    char part[4096];
    for (;;) {
        const char *body = strstr(bytes->str, "\r\n\r\n");
        const char *length = strstr(bytes->str, "Content-Length: ");
        if (body != NULL && length != NULL && length < body) {
            size_t head = (size_t)(body + 4 - bytes->str);
            size_t total = head + (size_t)g_ascii_strtoull(length + 16, NULL, 10);
            if (bytes->len == total) {
                return g_str_has_prefix(bytes->str, "HTTP/1.1 200 ") ? g_strdup(bytes->str + head)
                                                                     : NULL;
            }
        }
        ssize_t got = read(socket, part, sizeof part);
        if (got <= 0) {
            return NULL;
        }
        g_string_append_len(bytes, part, got);
    }
}

typedef struct {
    uint16_t port;
    gint stop;     /* atomic */
    gint requests; /* atomic */
    gint seen;     /* atomic; the newest edition seen */
    gint failures; /* atomic */
} Load;

static const char front[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
static const char story[] = "GET /2026/11/23/story.html HTTP/1.1\r\nHost: a\r\n\r\n";

/* Another thread may have seen a newer one meanwhile. */
static void saw(Load *load, int number)
{
    int newest = g_atomic_int_get(&load->seen);
    while (number > newest && !g_atomic_int_compare_and_exchange(&load->seen, newest, number)) {
        newest = g_atomic_int_get(&load->seen);
    }
}

/* Front and story in turn on one connection; the front's number never goes back. */
static gpointer load_run(gpointer data)
{
    Load *load = data;
    int socket = client_connect(load->port), last = -1;
    while (!g_atomic_int_get(&load->stop)) {
        client_send(socket, front, sizeof front - 1);
        g_autofree char *first = answer_read(socket);
        client_send(socket, story, sizeof story - 1);
        g_autofree char *second = answer_read(socket);
        int number = first != NULL ? atoi(first + strlen("edition ")) : -1;
        if (number < last || second == NULL || strcmp(second, "the story") != 0) {
            g_atomic_int_inc(&load->failures);
            break;
        }
        last = number;
        saw(load, number);
        g_atomic_int_add(&load->requests, 2);
    }
    close(socket);
    return NULL;
}

static void put_front(Fixture *fixture, unsigned number)
{
    g_autofree char *text = g_strdup_printf("edition %u", number);
    fixture_put_plain(fixture, "index.html", text, strlen(text));
    fixture_press(fixture);
}

static void test_swaps(void)
{
    Fixture *fixture = fixture_new();
    Running running;
    GThread *threads[LOADERS];
    fixture_put_plain(fixture, "2026/11/23/story.html", "the story", 9);
    put_front(fixture, 0);
    running_start(&running, fixture->directory);
    g_test_message("%s", running.sandbox);
    Load load = {.port = running.port};
    for (unsigned i = 0; i < LOADERS; i++) {
        threads[i] = g_thread_new("load", load_run, &load);
    }
    for (unsigned i = 1; i <= SWAPS; i++) {
        put_front(fixture, i);
        g_usleep(1000);
    }
    for (unsigned i = 0; i < 200 && g_atomic_int_get(&load.seen) < SWAPS; i++) {
        g_usleep(10 * 1000);
    }
    g_atomic_int_set(&load.stop, 1);
    for (unsigned i = 0; i < LOADERS; i++) {
        g_thread_join(threads[i]);
    }
    g_test_message("%d requests", load.requests);
    g_assert_cmpint(load.failures, ==, 0);
    g_assert_cmpint(load.seen, ==, SWAPS);
    g_assert_cmpint(load.requests, >, 2 * SWAPS);
    g_assert_cmpint(running_stop(&running), ==, 0);
    fixture_free(fixture);
}

/* From the rename to the first answer with the new edition; how long it took is told, not judged.
 */
static void test_swap_is_quick(void)
{
    Fixture *fixture = fixture_new();
    Running running;
    fixture_put_plain(fixture, "2026/11/23/story.html", "the story", 9);
    put_front(fixture, 0);
    running_start(&running, fixture->directory);
    int socket = client_connect(running.port), number = 0;
    put_front(fixture, 1);
    GTimer *timer = g_timer_new();
    while (number != 1 && g_timer_elapsed(timer, NULL) < 5) {
        client_send(socket, front, sizeof front - 1);
        g_autofree char *text = answer_read(socket);
        g_assert_nonnull(text);
        number = atoi(text + strlen("edition "));
    }
    g_assert_cmpint(number, ==, 1);
    g_test_message("visible after %.1f ms", g_timer_elapsed(timer, NULL) * 1000);
    g_assert_cmpfloat(g_timer_elapsed(timer, NULL), <,
                      0.9); /* by inotify, not by the look each second */
    g_timer_destroy(timer);
    close(socket);
    g_assert_cmpint(running_stop(&running), ==, 0);
    fixture_free(fixture);
}

static void test_wire(void)
{
    Fixture *fixture = fixture_new();
    Running running;
    fixture_put(fixture, "index.html",
                "<p>front, with enough letters to be coded: aaaaaaaaaaaaaaaaaa");
    fixture_press(fixture);
    running_start(&running, fixture->directory);

    static const struct {
        const char *request;
        const char *has, *has_not;
    } rows[] = {
        {"HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "Content-Length: 61", "<p>"},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nIf-None-Match: *\r\n\r\n", "304",
         "<p>"},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nIf-None-Match: *\r\n\r\n",
         "Content-Length: 61", "Content-Length: 0"},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n",
         "Content-Encoding: gzip", "<p>"},
        {"GET /?utm=x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "200 OK", "404"},
        {"GET /../../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404",
         "root:"},
        {"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", "400",
         "200"},
        {"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
         "Allow: GET, HEAD", "200"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        Heard heard = client_exchange(running.port, rows[i].request, strlen(rows[i].request), 5000);
        if (strstr(heard.bytes->str, rows[i].has) == NULL ||
            strstr(heard.bytes->str, rows[i].has_not) != NULL) {
            g_error("%s gave\n%s", rows[i].request, heard.bytes->str);
        }
        g_string_free(heard.bytes, TRUE);
    }
    g_assert_cmpint(running_stop(&running), ==, 0);
    fixture_free(fixture);
}

static bool take_count(const TallyCount *count, void *data, GError **error)
{
    g_string_append_printf(data, "%s %" G_GINT64_FORMAT "\n", count->name, count->count);
    return true;
}

static char *totals(const char *directory)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GBytes) room = pulse_read_room(directory, "stand", NULL);
    g_assert_nonnull(room);
    g_assert_true(tally_read(room, clock_now(), take_count, text, NULL));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Out of the sandbox, while it runs, within about a second; and it lives as long as it runs. */
static void test_totals(void)
{
    Fixture *fixture = fixture_new();
    Running running;
    PulseSign sign;
    fixture_put_plain(fixture, "2026/11/23/story.html", "the story", 9);
    put_front(fixture, 0);
    running_start(&running, fixture->directory);
    int socket = client_connect(running.port);
    for (unsigned i = 0; i < 3 * TALLY_STEP + 1; i++) {
        client_send(socket, story, sizeof story - 1);
        g_autofree char *text = answer_read(socket);
        g_assert_cmpstr(text, ==, "the story");
    }
    g_autofree char *seen = NULL;
    for (unsigned i = 0; i < 500 && g_strcmp0(seen, "-/story 15\n") != 0; i++) {
        g_usleep(10 * 1000);
        g_free(seen);
        seen = totals(fixture->directory);
    }
    g_assert_cmpstr(seen, ==, "-/story 15\n");
    g_assert_true(pulse_look(fixture->directory, "stand", &sign, NULL));
    g_assert_true(sign.alive && sign.beat > sign.started);
    close(socket);
    g_assert_cmpint(running_stop(&running), ==, 0);
    g_assert_true(pulse_look(fixture->directory, "stand", &sign, NULL));
    g_assert_true(sign.known && !sign.alive);
    fixture_free(fixture);
}

static void test_bad_options(void)
{
    StandOptions options = {.site.directory = "/nonexistent", .server = HTTP_SERVER_OPTIONS};
    g_autoptr(GError) error = NULL;
    g_assert_false(stand_run(&options, &error));
    g_assert_nonnull(strstr(error->message, "/nonexistent"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stand/wire", test_wire);
    g_test_add_func("/stand/swaps", test_swaps);
    g_test_add_func("/stand/swap-is-quick", test_swap_is_quick);
    g_test_add_func("/stand/totals", test_totals);
    g_test_add_func("/stand/bad-options", test_bad_options);
    return g_test_run();
}
