/* The process around office.c: process.h. */
#include "office/process.h"

#include "base/sandbox.h"
#include "jobs/wake.h"

static const char *const lanes[] = {"press", "forms", "pay", "mail", "slow", NULL};

/* Those that are there, and what `always` names. Caller frees the array only. */
static const char **existing(const char *const *always, const char *const *given)
{
    GPtrArray *found = g_ptr_array_new();
    for (const char *const *list = always; list != NULL; list = list == given ? NULL : given) {
        for (const char *const *each = list; *each != NULL; each++) {
            if (g_file_test(*each, G_FILE_TEST_IS_DIR)) {
                g_ptr_array_add(found, (gpointer)(uintptr_t)*each);
            }
        }
    }
    g_ptr_array_add(found, NULL);
    return (const char **)g_ptr_array_free(found, FALSE);
}

/* SQLite's files are open by now and need no path. PostgreSQL may have to be connected to again, by
 * name and with its certificates. Time zones are files. */
static bool confine(const OfficeProcess *options, char **line, GError **error)
{
    static const char *const local[] = {"/usr/share/zoneinfo", NULL};
    static const char *const remote[] = {"/etc", "/usr/share", "/usr/lib", NULL};
    static const char *const none[] = {NULL};
    bool far = store_engine(options->office.store) == STORE_POSTGRES;
    if (options->unconfined) {
        *line = g_strdup("sandbox: none");
        return true;
    }
    g_autofree const char **readable =
        existing(far ? remote : local, options->readable == NULL ? none : options->readable);
    g_autofree const char **writable =
        existing(none, options->writable == NULL ? none : options->writable);
    SandboxPlan plan = {.allow = SANDBOX_STORE | (far ? SANDBOX_CONNECT : 0),
                        .readable = readable,
                        .writable = writable[0] == NULL ? NULL : writable};
    SandboxReport report;
    if (!sandbox_apply(&plan, &report, error)) {
        return false;
    }
    *line = sandbox_describe(&report);
    return true;
}

bool office_run(const OfficeProcess *options, GError **error)
{
    g_autoptr(Office) office = office_new(&options->office, error);
    if (office == NULL) {
        return false;
    }
    HttpHandler handler = {.answer = office_answer,
                           .body_limit = office_body_limit,
                           .data = office,
                           .waiting_most = OFFICE_WAITING};
    g_autoptr(HttpServer) server = http_server_new(&options->server, &handler, error);
    if (server == NULL) {
        return false;
    }
    jobs_wake_hold(lanes);
    g_autofree char *sandbox = NULL;
    bool confined = confine(options, &sandbox, error);
    if (confined) {
        if (options->opened != NULL) {
            options->opened(http_server_address(server), sandbox, options->data);
        }
        http_server_run(server);
    }
    jobs_wake_hold(NULL);
    return confined;
}
