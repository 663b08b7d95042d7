/* `kolokol worker`, `serve` and `stand`: the processes (worker.h, serve.h, stand/stand.h). */
#include "base/clock.h"
#include "base/error.h"
#include "desk/story.h"
#include "main/command_rows.h"
#include "main/forms_newsroom.h"
#include "main/listen.h"
#include "main/office_links.h"
#include "main/process_pulse.h"
#include "main/serve.h"
#include "main/worker.h"
#include "press/setting.h"
#include "stand/stand.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static volatile int stopped;

static void stop(int signal_number)
{
    stopped = 1;
}

static bool lane_ok(const char *lane, GError **error)
{
    if (lane == NULL || worker_lane(lane) != NULL) {
        return true;
    }
    g_autofree char *all = worker_lanes();
    return command_usage(error, "there is no lane \"%s\"; lanes are %s", lane, all);
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
        return command_usage(error, "give --lane and one of its names; `kolokol serve` runs all");
    }
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    return worker_run(context->newsroom, lane, until_idle, &stopped, error);
}

const Command command_worker = {
    .name = "worker",
    .usage = "[--lane LANE] [--until-idle]",
    .summary = "runs what is due: pages, forms, mail, payments, sweeping",
    .help = "`serve` starts one worker a lane: press (pages), forms (what readers sent), pay, "
            "mail, slow "
            "(compression,\n"
            "sweeping). With --until-idle it ends when nothing is due.\n",
    .needs_newsroom = true,
    .run = run_worker,
    .options = {{"lane", OPTION_VALUE, "LANE",
                 "press, forms, pay, mail or slow; with --until-idle, all if not given"},
                {"until-idle", OPTION_FLAG, NULL, "ends when nothing is due"}},
};

/* A demo has one, until somebody takes it back. */
static bool has_tour(Store *store, bool *has, GError **error)
{
    int64_t id = 0;
    g_autoptr(GError) reason = NULL;
    *has = false;
    if (!story_find(store, SERVE_TOUR, &id, &reason)) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autoptr(Story) tour = story_read(store, id, error);
    *has = tour != NULL && story_visible(tour, clock_now());
    return tour != NULL;
}

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
    if (!newsroom_forms_keys(context->newsroom, error)) {
        return false;
    }
    g_autofree char *forms_urls = setting_get(store, "forms-urls", error);
    g_autoptr(OfficeLinks) links =
        forms_urls == NULL ? NULL : office_links_make(context->newsroom, store, error);
    bool tour = false;
    return links != NULL && has_tour(store, &tour, error) &&
           serve_run(context->newsroom, forms_urls, links, tour, program, context->out, error);
}

const Command command_serve = {
    .name = "serve",
    .usage = "",
    .summary = "runs the newsroom: the doors and the workers",
    .help = "Starts the processes, starts one again when it ends, and prints the addresses. Ends "
            "with Ctrl-C or SIGTERM.\n",
    .needs_newsroom = true,
    .run = run_serve,
};

static void opened(const char *address, const char *sandbox, void *data)
{
    listen_opened("stand", address, sandbox);
}

static void trouble(const char *message, void *data)
{
    fprintf(stderr, "kolokol stand: %s\n", message);
}

static bool run_stand(CommandContext *context, GError **error)
{
    StandOptions options = {.server = HTTP_SERVER_OPTIONS, .opened = opened, .trouble = trouble};
    g_autofree char *host = NULL;
    if (!listen_read(context->newsroom, INI_LISTEN_STAND, &options.server, &host, error)) {
        return false;
    }
    g_autoptr(Pulse) pulse = process_pulse(context->newsroom, "stand", tally_room());
    options.pulse = pulse;
    options.site.directory = context->newsroom->edition_dir;
    options.site.https = g_str_has_prefix(context->newsroom->values[INI_SITE_URL], "https:");
    return stand_run(&options, error);
}

const Command command_stand = {
    .name = "stand",
    .usage = "",
    .summary = "the readers' door: serves the current edition",
    .help =
        "Reads the edition directory and nothing else: no database, no keys. Counts answered pages "
        "as totals. `serve` starts "
        "it; a service manager can\n"
        "run it by itself. The address is `stand` in kolokol.ini.\n",
    .needs_newsroom = true,
    .run = run_stand,
};
