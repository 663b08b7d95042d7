/*
 * The process around site.c: socket, sandbox, watching for editions.
 */
#include "stand/stand.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <unistd.h>

/* Descriptors beside connections: kept files (page.c bounds them), nodes, loop, listener. */
#define OTHER_FILES 512u

typedef struct {
    const StandOptions *options;
    Tally *tally; /* NULL without a pulse */
    Site *site;
    int watch;
    char *trouble; /* the last message given */
} Stand;

static void stand_clear(Stand *stand)
{
    g_clear_pointer(&stand->site, site_free);
    g_clear_pointer(&stand->tally, tally_free);
    g_clear_pointer(&stand->trouble, g_free);
    file_close(&stand->watch);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stand, stand_clear)

static void refresh(void *data)
{
    Stand *stand = data;
    g_autoptr(GError) error = NULL;
    if (site_refresh(stand->site, &error)) {
        g_clear_pointer(&stand->trouble, g_free);
    }
    if (error == NULL || g_strcmp0(stand->trouble, error->message) == 0) {
        return;
    }
    g_free(stand->trouble);
    stand->trouble = g_strdup(error->message);
    if (stand->options->trouble != NULL) {
        stand->options->trouble(error->message, stand->options->data);
    }
}

static void changed(void *data)
{
    Stand *stand = data;
    char events[4096];
    while (read(stand->watch, events, sizeof events) > 0) {
    } /* what they say does not matter: the link does */
    refresh(stand);
}

static void publish(const Stand *stand)
{
    if (stand->tally != NULL) {
        int64_t now = clock_now();
        tally_publish(stand->tally, now);
        pulse_beat(stand->options->pulse, now);
    }
}

static void every_second(void *data)
{
    refresh(data);
    publish(data);
}

/* Not fatal where it is missing: the look each second remains. */
static void watch_begin(Stand *stand, HttpServer *server)
{
    http_server_every_second(server, every_second, stand);
    stand->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (stand->watch < 0) {
        return;
    }
    if (inotify_add_watch(stand->watch, stand->options->site.directory,
                          IN_MOVED_TO | IN_CREATE | IN_ONLYDIR) < 0 ||
        !http_server_watch(server, stand->watch, changed, stand)) {
        file_close(&stand->watch);
    }
}

/* As many connections as the descriptors suffice for. */
static unsigned connections_within(unsigned wanted)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return wanted;
    }
    rlim_t need = wanted + OTHER_FILES;
    if (limit.rlim_cur < need) {
        limit.rlim_cur = MIN(need, limit.rlim_max);
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= need) {
        return wanted;
    }
    return limit.rlim_cur > 2 * OTHER_FILES ? (unsigned)limit.rlim_cur - OTHER_FILES
                                            : (unsigned)limit.rlim_cur / 2;
}

static bool confine(const Stand *stand, char **line, GError **error)
{
    const char *const readable[] = {stand->options->site.directory, NULL};
    SandboxPlan plan = {.readable = readable};
    SandboxReport report;
    if (stand->options->unconfined) {
        *line = g_strdup("sandbox: none");
        return true;
    }
    if (!sandbox_apply(&plan, &report, error)) {
        return false;
    }
    *line = sandbox_describe(&report);
    return true;
}

bool stand_run(const StandOptions *options, GError **error)
{
    g_auto(Stand) stand = {.options = options, .watch = -1};
    HttpServerOptions server_options = options->server;
    SiteOptions site = options->site;
    if (options->pulse != NULL) {
        site.tally = stand.tally = tally_new(pulse_room(options->pulse));
    }
    stand.site = site_new(&site, error);
    if (stand.site == NULL) {
        return false;
    }
    HttpHandler handler = {.answer = site_answer, .data = stand.site};
    server_options.connections = connections_within(server_options.connections);
    g_autoptr(HttpServer) server = http_server_new(&server_options, &handler, error);
    if (server == NULL) {
        return false;
    }
    watch_begin(&stand, server);
    g_autofree char *sandbox = NULL;
    if (!confine(&stand, &sandbox, error)) {
        return false;
    }
    if (options->opened != NULL) {
        options->opened(http_server_address(server), sandbox, options->data);
    }
    http_server_run(server);
    publish(&stand);
    return true;
}
