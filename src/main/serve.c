/* The supervisor: serve.h. What a child does is its own command. */
#include "main/serve.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT_FIRST (CLOCK_SECOND / 10)
#define WAIT_MOST  (30 * CLOCK_SECOND)
#define CALM       (60 * CLOCK_SECOND) /* a child that ran this long starts at once again */
#define END_WAIT   (10 * CLOCK_SECOND) /* then SIGKILL */
#define LINE_MAX_  200u

typedef struct {
    const char *name;     /* for messages */
    const char *words[4]; /* the command */
    const char *host;     /* the door's host name, NULL for a worker */
    const char
        *pages[2][2]; /* what is said of it: label and path; a Tour only where there is one */
    pid_t pid;        /* 0: not running */
    int64_t started, start_at, wait;
} Child;

typedef struct {
    const Newsroom *newsroom;
    const char *program, *forms_urls;
    const OfficeLinks *links; /* NULL once they are printed */
    bool tour;                /* the paper has the page SERVE_TOUR */
    FILE *out;
    int signals, ready[2]; /* the doors write "NAME PORT" here when they listen */
    bool stopping;
    int64_t kill_at;
} Supervisor;

static Child children[] = {
    {.name = "stand",
     .words = {"stand", NULL},
     .host = "paper.localhost",
     .pages = {{"The Tour:", "/" SERVE_TOUR}, {"The paper:", "/"}}},
    {.name = "forms",
     .words = {"forms", NULL},
     .host = "forms.localhost",
     .pages = {{"The forms:", ""}}},
    {.name = "office",
     .words = {"office", NULL},
     .host = "office.localhost",
     .pages = {{"The office:", ""}}},
    {.name = "press", .words = {"worker", "--lane", "press", NULL}},
    {.name = "forms lane", .words = {"worker", "--lane", "forms", NULL}},
    {.name = "pay", .words = {"worker", "--lane", "pay", NULL}},
    {.name = "mail", .words = {"worker", "--lane", "mail", NULL}},
    {.name = "slow", .words = {"worker", "--lane", "slow", NULL}},
};
#define CHILDREN G_N_ELEMENTS(children)

static G_GNUC_NORETURN void child_exec(const Supervisor *supervisor, const Child *child,
                                       pid_t parent)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) { /* it died in between */
        _exit(1);
    }
    char number[16];
    g_snprintf(number, sizeof number, "%d", supervisor->ready[1]);
    g_setenv("KOLOKOL_READY_FD", number, TRUE);
    fcntl(supervisor->ready[1], F_SETFD, 0);
    const char *words[8] = {"kolokol", "-C", supervisor->newsroom->dir};
    for (size_t i = 0; child->words[i] != NULL; i++) {
        words[3 + i] = child->words[i];
    }
    execv(supervisor->program, (char *const *)(uintptr_t)words);
    _exit(127);
}

static bool child_start(Supervisor *supervisor, Child *child, GError **error)
{
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        child_exec(supervisor, child, parent);
    }
    if (pid < 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot start %s: %s", child->name, g_strerror(errno));
    }
    child->pid = pid;
    child->started = clock_monotonic();
    return true;
}

static void child_ended(Supervisor *supervisor, Child *child, int status)
{
    int64_t now = clock_monotonic();
    child->pid = 0;
    if (supervisor->stopping) {
        return;
    }
    child->wait =
        now - child->started > CALM ? WAIT_FIRST : CLAMP(child->wait * 2, WAIT_FIRST, WAIT_MOST);
    child->start_at = now + child->wait;
    if (WIFSIGNALED(status)) {
        fprintf(stderr, "kolokol serve: %s was ended by %s; it starts again\n", child->name,
                g_strsignal(WTERMSIG(status)));
    } else {
        fprintf(stderr, "kolokol serve: %s ended with status %d; it starts again\n", child->name,
                WEXITSTATUS(status));
    }
}

static void reap(Supervisor *supervisor)
{
    int status = 0;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (size_t i = 0; i < CHILDREN; i++) {
            if (children[i].pid == pid) {
                child_ended(supervisor, &children[i], status);
            }
        }
    }
}

static void stop_all(Supervisor *supervisor, int how)
{
    for (size_t i = 0; i < CHILDREN; i++) {
        if (children[i].pid != 0) {
            kill(children[i].pid, how);
        }
    }
}

static void take_signal(Supervisor *supervisor)
{
    struct signalfd_siginfo info;
    while (read(supervisor->signals, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGCHLD) {
            reap(supervisor);
        } else if (!supervisor->stopping) {
            supervisor->stopping = true;
            supervisor->kill_at = clock_monotonic() + END_WAIT;
            stop_all(supervisor, SIGTERM);
        }
    }
}

/* The paper's pages carry the address of the forms: a door on another port is not found by them. */
static void say_other_port(const Supervisor *supervisor, const char *host, int port)
{
    g_auto(GStrv) urls = g_strsplit(supervisor->forms_urls, ",", 2);
    g_autoptr(GUri) uri =
        urls[0] == NULL ? NULL : g_uri_parse(g_strstrip(urls[0]), G_URI_FLAGS_NONE, NULL);
    if (uri != NULL && g_strcmp0(g_uri_get_host(uri), host) == 0 && g_uri_get_port(uri) != port) {
        fprintf(stderr,
                "kolokol serve: pages post to %s, but the door is at port %d; free that port, or: "
                "kolokol settings forms-urls http://%s:%d\n",
                urls[0], port, host, port);
    }
}

/* A door says on which port it listens: "stand 8080". */
static void announce(Supervisor *supervisor, const char *name, int port)
{
    for (size_t i = 0; i < CHILDREN; i++) {
        const Child *child = &children[i];
        if (child->host == NULL || strcmp(child->name, name) != 0) {
            continue;
        }
        for (size_t page = 0; page < 2 && child->pages[page][0] != NULL; page++) {
            if (strcmp(child->pages[page][1], "/" SERVE_TOUR) == 0 && !supervisor->tour) {
                continue;
            }
            fprintf(supervisor->out, "%-11s http://%s:%d%s\n", child->pages[page][0], child->host,
                    port, child->pages[page][1]);
        }
        if (strcmp(child->name, "forms") == 0) {
            say_other_port(supervisor, child->host, port);
        }
        if (strcmp(child->name, "office") == 0 && supervisor->links != NULL) {
            office_links_print(supervisor->links, port, supervisor->out);
            supervisor->links = NULL;
        }
        if (g_getenv("SSH_CONNECTION") != NULL) {
            fprintf(supervisor->out, "From your machine:  ssh -L %d:127.0.0.1:%d %s\n", port, port,
                    g_get_host_name());
        }
        fflush(supervisor->out);
    }
}

static void take_ready(Supervisor *supervisor)
{
    char lines[LINE_MAX_ + 1];
    ssize_t got = read(supervisor->ready[0], lines, LINE_MAX_);
    if (got <= 0) {
        return;
    }
    lines[got] = '\0';
    g_auto(GStrv) each = g_strsplit(lines, "\n", -1);
    for (char **line = each; *line != NULL; line++) {
        char *space = strchr(*line, ' ');
        if (space != NULL) {
            *space = '\0';
            announce(supervisor, *line, (int)g_ascii_strtoll(space + 1, NULL, 10));
        }
    }
}

static unsigned running(void)
{
    unsigned count = 0;
    for (size_t i = 0; i < CHILDREN; i++) {
        count += children[i].pid != 0;
    }
    return count;
}

/* Starts what is due; *wait gets the milliseconds until the next start. */
static bool start_due(Supervisor *supervisor, int *wait, GError **error)
{
    int64_t now = clock_monotonic(), next = now + CLOCK_SECOND;
    for (size_t i = 0; i < CHILDREN; i++) {
        Child *child = &children[i];
        if (child->pid == 0 && child->start_at <= now && !child_start(supervisor, child, error)) {
            return false;
        }
        if (child->pid == 0) {
            next = MIN(next, child->start_at);
        }
    }
    *wait = (int)((next - now) / 1000) + 1;
    return true;
}

static bool loop(Supervisor *supervisor, GError **error)
{
    for (;;) {
        int wait = 200;
        if (supervisor->stopping && running() == 0) {
            return true;
        }
        if (supervisor->stopping && clock_monotonic() > supervisor->kill_at) {
            stop_all(supervisor, SIGKILL);
        }
        if (!supervisor->stopping && !start_due(supervisor, &wait, error)) {
            return false;
        }
        struct pollfd waits[] = {{.fd = supervisor->signals, .events = POLLIN},
                                 {.fd = supervisor->ready[0], .events = POLLIN}};
        if (poll(waits, G_N_ELEMENTS(waits), wait) < 0 && errno != EINTR) {
            return fail(error, KOLOKOL_ERROR_IO, "cannot wait: %s", g_strerror(errno));
        }
        take_signal(supervisor);
        take_ready(supervisor);
    }
}

bool serve_run(const Newsroom *newsroom, const char *forms_urls, const OfficeLinks *links,
               bool tour, const char *program, FILE *out, GError **error)
{
    Supervisor supervisor = {.newsroom = newsroom,
                             .program = program,
                             .forms_urls = forms_urls,
                             .links = links,
                             .tour = tour,
                             .out = out};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    supervisor.signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (supervisor.signals < 0 || pipe2(supervisor.ready, O_CLOEXEC | O_NONBLOCK) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot start the supervisor: %s", g_strerror(errno));
    }
    bool done = loop(&supervisor, error);
    if (!done) {
        stop_all(&supervisor, SIGKILL);
    }
    close(supervisor.signals);
    close(supervisor.ready[0]);
    close(supervisor.ready[1]);
    return done;
}
