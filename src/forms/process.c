/* The process around door.c: process.h. */
#include "forms/process.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/sandbox.h"
#include "forms/intake.h"
#include "jobs/wake.h"

#include <errno.h>
#include <string.h>

#define KEY_FILE_MAX 1024u
#define REFRESH      5 /* seconds between looks for the worker's note */

typedef struct {
    Store *intake;
    Theme *theme;
    Door *door;
    JobsWaker *waker;
    Pulse *pulse; /* borrowed */
    unsigned seconds;
} Forms;

static void forms_clear(Forms *forms)
{
    g_clear_pointer(&forms->door, door_free);
    g_clear_pointer(&forms->theme, theme_free);
    g_clear_pointer(&forms->intake, store_free);
    g_clear_pointer(&forms->waker, jobs_waker_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Forms, forms_clear)

static void wake(void *data)
{
    Forms *forms = data;
    jobs_waker_wake(forms->waker);
}

static void every_second(void *data)
{
    Forms *forms = data;
    pulse_beat(forms->pulse, clock_now());
    if (++forms->seconds % REFRESH == 0) {
        door_refresh(forms->door);
    }
}

static bool read_key(const char *path, BoxPublicKey *key, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, KEY_FILE_MAX, error);
    if (bytes == NULL) {
        g_prefix_error(error,
                       "the forms' door needs the intake's public key (the worker makes it): ");
        return false;
    }
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    if (!box_public_key_parse(text, key, error)) {
        g_prefix_error(error, "%s: ", path);
        return false;
    }
    return true;
}

/* SQLite's files are open by now and need no path. PostgreSQL may have to be connected to again, by
 * name and with its certificates. */
static bool confine(const FormsOptions *options, const Store *intake, char **line, GError **error)
{
    static const char *const network[] = {"/etc", "/usr/share", "/usr/lib", NULL};
    bool remote = store_engine(intake) == STORE_POSTGRES;
    SandboxPlan plan = {.allow = remote ? SANDBOX_CONNECT : SANDBOX_STORE,
                        .readable = remote ? network : NULL};
    SandboxReport report;
    if (options->unconfined) {
        *line = g_strdup("sandbox: none");
        return true;
    }
    if (!sandbox_apply(&plan, &report, error)) {
        return false;
    }
    *line = sandbox_describe(&report);
    return true;
}

static bool open_door(const FormsOptions *options, Forms *forms, GError **error)
{
    DoorOptions door = options->door;
    forms->intake = intake_open(options->intake_url, error);
    if (forms->intake == NULL || !read_key(options->key_file, &door.key, error)) {
        return false;
    }
    forms->theme = theme_load(options->theme_dir, error);
    if (forms->theme == NULL) {
        return false;
    }
    forms->waker = jobs_waker_new("forms");
    door.intake = forms->intake;
    door.theme = forms->theme;
    door.wake = wake;
    door.data = forms;
    forms->door = door_new(&door, error);
    return forms->door != NULL;
}

bool forms_run(const FormsOptions *options, GError **error)
{
    g_auto(Forms) forms = {.pulse = options->pulse};
    if (!open_door(options, &forms, error)) {
        return false;
    }
    HttpHandler handler = {.answer = door_answer,
                           .body_limit = door_body_limit,
                           .data = forms.door,
                           .waiting_most = DOOR_WAITING};
    g_autoptr(HttpServer) server = http_server_new(&options->server, &handler, error);
    if (server == NULL) {
        return false;
    }
    http_server_every_second(server, every_second, &forms);
    g_autofree char *sandbox = NULL;
    if (!confine(options, forms.intake, &sandbox, error)) {
        return false;
    }
    if (options->opened != NULL) {
        options->opened(http_server_address(server), sandbox, options->data);
    }
    http_server_run(server);
    return true;
}
