/* `kolokol forms`: the public's forms (forms/process.h). */
#include "forms/process.h"
#include "jobs/wake.h"
#include "main/command_rows.h"
#include "main/form_rows.h"
#include "main/listen.h"
#include "main/process_pulse.h"

static void opened(const char *address, const char *sandbox, void *data)
{
    listen_opened("forms", address, sandbox);
}

static bool run_forms(CommandContext *context, GError **error)
{
    const Newsroom *newsroom = context->newsroom;
    char *const *values = newsroom->values;
    g_autofree char *key = g_build_filename(newsroom->keys_dir, "intake.pub", NULL);
    g_autofree char *host = NULL;
    g_autoptr(DoorSite) site =
        door_site_new(values[INI_SITE_NAME], values[INI_SITE_URL], values[INI_SITE_LANGUAGES],
                      values[INI_SITE_FORMS_URLS], "");
    FormsOptions options = {.intake_url = newsroom->intake,
                            .key_file = key,
                            .theme_dir = newsroom->theme_dir,
                            .door = {.kinds = form_rows,
                                     .site = site,
                                     .trusted_proxies = values[INI_LISTEN_TRUSTED_PROXIES],
                                     .https = g_str_has_prefix(site->doors[0], "https:")},
                            .server = HTTP_SERVER_OPTIONS,
                            .opened = opened};
    if (!listen_read(newsroom, INI_LISTEN_FORMS, &options.server, &host, error)) {
        return false;
    }
    g_autoptr(Pulse) pulse = process_pulse(newsroom, "forms", 0);
    options.pulse = pulse;
    jobs_wake_directory(newsroom->run_dir);
    return forms_run(&options, error);
}

const Command command_forms = {
    .name = "forms",
    .usage = "",
    .summary = "the public's door: subscriptions, contributions, reminders",
    .help =
        "Takes forms, seals them to the worker's key and writes them into the intake; shows what "
        "the "
        "worker answered.\n"
        "It has no newsroom database and needs of keys/ only intake.pub. `serve` starts it; a "
        "service manager can\n"
        "run it by itself, also on a machine of its own. The address is `forms` in kolokol.ini, "
        "the intake `intake`.\n",
    .needs_newsroom = true,
    .run = run_forms,
};
