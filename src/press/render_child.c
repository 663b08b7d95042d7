/* A rendering process: render_child.h. What one page is, is render.c. */
#include "press/render_child.h"

#include "base/error.h"
#include "press/wire.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define PAGES_A_SNAPSHOT 200u /* rendered from one state of the database */

typedef struct {
    const PressPoolOptions *options;
    int socket;
    Store *store;
    PressRenderer renderer;
    GPtrArray *names;
    guint next; /* of names; what a snapshot that is begun again has sent stays sent */
    bool confined;
} Child;

static bool render_some(Store *store, void *data, GError **error)
{
    Child *child = data;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    for (guint n = 0; n < PAGES_A_SNAPSHOT && child->next < child->names->len; n++) {
        g_autoptr(PressRecord) record =
            press_render(&child->renderer, child->names->pdata[child->next], error);
        if (record == NULL) {
            return false;
        }
        g_byte_array_set_size(bytes, 0);
        press_record_write(record, bytes);
        if (!wire_send_frame(child->socket, WIRE_RECORD, bytes->data, bytes->len)) {
            return fail(error, KOLOKOL_ERROR_IO, "the press process has gone");
        }
        child->next++;
    }
    return true;
}

/* In snapshots, which spares a lock and its release for each statement. They are younger than the
 * touches that were taken, and touches of what came after them are still to be taken. */
static bool render_all(Child *child, GError **error)
{
    while (child->next < child->names->len) {
        if (!store_snapshot(child->store, render_some, child, error)) {
            return false;
        }
    }
    return true;
}

/* After the database is open and was read, which opens all its files, and before the first body is
 * parsed. */
static bool confine(Child *child, GError **error)
{
    const PressPoolOptions *options = child->options;
    if (child->confined || options->readable == NULL) {
        return true;
    }
    const char *const writable[] = {options->writable, NULL};
    SandboxPlan plan = {.readable = options->readable, .writable = writable};
    SandboxReport report;
    if (!sandbox_apply(&plan, &report, error)) {
        return false;
    }
    child->confined = true;
    g_autofree char *line = sandbox_describe(&report);
    return wire_send_frame(child->socket, WIRE_SANDBOX, line, strlen(line)) ||
           fail(error, KOLOKOL_ERROR_IO, "the press process has gone");
}

static bool obey(Child *child, const WireOrder *order, GError **error)
{
    const PressPoolOptions *options = child->options;
    if (child->store == NULL) {
        child->store = options->open(options->open_data, error);
    }
    if (child->store == NULL ||
        !press_renderer_init(&child->renderer, child->store, options->recipes, order->as_of,
                             options->objects, error)) {
        return false;
    }
    child->renderer.gzip = order->gzip != 0;
    child->next = 0;
    bool done = confine(child, error) && render_all(child, error);
    press_renderer_clear(&child->renderer);
    return done;
}

/* _exit, not exit: what the parent registered and buffered is the parent's. */
G_GNUC_NORETURN void render_child_main(const PressPoolOptions *options, int socket)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    options->forked(options->open_data);
    Child child = {
        .options = options, .socket = socket, .names = g_ptr_array_new_with_free_func(g_free)};
    WireOrder order;
    while (wire_receive_order(socket, &order, child.names)) {
        g_autoptr(GError) error = NULL;
        if (!obey(&child, &order, &error)) {
            wire_send_frame(socket, WIRE_FAILED, error->message, strlen(error->message));
            _exit(1);
        }
        wire_send_frame(socket, WIRE_DONE, "", 0);
        g_ptr_array_set_size(child.names, 0);
    }
    _exit(0);
}
