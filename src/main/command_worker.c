/* `kolokol worker`, `serve` and `stand`: the processes (worker.h, serve.h, stand/stand.h). */
#include "base/error.h"
#include "main/command_rows.h"
#include "main/serve.h"
#include "main/worker.h"
#include "press/setting.h"
#include "stand/stand.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile int stopped;

static void stop(int signal_number)
{
    stopped = 1;
}

static bool lane_ok(const char *lane, GError **error)
{
    static const char *const lanes[] = {"press", "slow"};
    for (size_t i = 0; lane != NULL && i < G_N_ELEMENTS(lanes); i++) {
        if (strcmp(lanes[i], lane) == 0) {
            return true;
        }
    }
    return lane == NULL ||
           command_usage(error, "there is no lane \"%s\"; lanes are press and slow", lane);
}

static bool run_worker(CommandContext *context, GError **error)
{
    const char *lane = command_option(context, "lane");
    bool until_idle = command_option(context, "until-idle") != NULL;
    struct sigaction action = {.sa_handler = stop};
    if (!lane_ok(lane, error)) {
        return false;
    }
    if (lane == NULL && !until_idle) {
        return command_usage(error, "give --lane press or --lane slow; `kolokol serve` runs both");
    }
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    return worker_run(context->newsroom, lane, until_idle, &stopped, error);
}

const Command command_worker = {
    .name = "worker",
    .usage = "[--lane press|slow] [--until-idle]",
    .summary = "runs what is due: pages, compression, sweeping",
    .help = "`serve` starts one worker a lane. With --until-idle it ends when nothing is due: all "
            "pages, then their\n"
            "compressed forms.\n",
    .needs_newsroom = true,
    .run = run_worker,
    .options = {{"lane", OPTION_VALUE, "LANE",
                 "press or slow; with --until-idle, all if not given"},
                {"until-idle", OPTION_FLAG, NULL, "ends when nothing is due"}},
};

static bool run_serve(CommandContext *context, GError **error)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", error);
    g_autoptr(Store) store = program == NULL ? NULL : newsroom_store(context->newsroom, error);
    if (store == NULL) {
        return false;
    }
    g_autofree char *differs = newsroom_site_differs(context->newsroom, store);
    if (differs != NULL) {
        fprintf(stderr, "kolokol serve: %s\n", differs);
    }
    return serve_run(context->newsroom, program, context->out, error);
}

const Command command_serve = {
    .name = "serve",
    .usage = "",
    .summary = "runs the newsroom: the readers' door and the workers",
    .help = "Starts the processes, starts one again when it ends, and prints the addresses. Ends "
            "with Ctrl-C or SIGTERM.\n",
    .needs_newsroom = true,
    .run = run_serve,
};

/* Tells the supervisor, if there is one, where the door is; else the terminal. */
static void opened(const char *address, const char *sandbox, void *data)
{
    const char *port = strrchr(address, ':');
    const char *descriptor = g_getenv("KOLOKOL_READY_FD");
    fprintf(stderr, "kolokol stand: %s; %s\n", address, sandbox);
    if (descriptor != NULL && port != NULL) {
        g_autofree char *line = g_strdup_printf("stand %s\n", port + 1);
        int file = (int)g_ascii_strtoll(descriptor, NULL, 10);
        ssize_t sent = write(file, line, strlen(line));
        (void)sent;
    }
}

static void trouble(const char *message, void *data)
{
    fprintf(stderr, "kolokol stand: %s\n", message);
}

static bool fill_listen(const Newsroom *newsroom, StandOptions *options, char **host,
                        GError **error)
{
    const char *listen = newsroom->values[INI_LISTEN_STAND];
    const char *colon = strrchr(listen, ':');
    guint64 port = 0;
    if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 0, 65535, &port, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "kolokol.ini: stand = %s is not host:port",
                    listen);
    }
    *host = g_strndup(listen, (size_t)(colon - listen));
    options->server.host = *host;
    options->server.port = (uint16_t)port;
    options->server.trusted_proxies = newsroom->values[INI_LISTEN_TRUSTED_PROXIES];
    /* A port that nobody chose gives way; one that stands in the file is meant. */
    options->server.next_port = strcmp(listen, newsroom_ini_default(INI_LISTEN_STAND)) == 0;
    return true;
}

static bool run_stand(CommandContext *context, GError **error)
{
    StandOptions options = {.server = HTTP_SERVER_OPTIONS, .opened = opened, .trouble = trouble};
    g_autofree char *host = NULL;
    if (!fill_listen(context->newsroom, &options, &host, error)) {
        return false;
    }
    options.site.directory = context->newsroom->edition_dir;
    options.site.https = g_str_has_prefix(context->newsroom->values[INI_SITE_URL], "https:");
    return stand_run(&options, error);
}

const Command command_stand = {
    .name = "stand",
    .usage = "",
    .summary = "the readers' door: serves the current edition",
    .help = "Reads the edition directory and nothing else: no database, no keys. `serve` starts "
            "it; a service manager can\n"
            "run it by itself. The address is `stand` in kolokol.ini.\n",
    .needs_newsroom = true,
    .run = run_stand,
};
