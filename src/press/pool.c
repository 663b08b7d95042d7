/* A pool of rendering processes, as their parent sees them: pool.h. Their own side is
 * render_child.c, what both say wire.c. */
#include "press/pool.h"

#include "base/error.h"
#include "base/file.h"
#include "press/render_child.h"
#include "press/wire.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SMALL_BATCH     48u   /* below this, more than one process costs more than it saves */
#define RECORDS_AT_ONCE 1000u /* entered together */
#define READ_AT_ONCE                                                                               \
    (1024u * 1024) /* the socket holds as much, so that renderers do not wait for the disk */
#define PROCESSES_MAX 64u

/* One process of the pool, as its parent sees it. */
typedef struct {
    pid_t pid;         /* 0: none */
    int socket;        /* -1: none */
    bool busy;         /* with the present order */
    GByteArray *bytes; /* read and not yet a whole frame */
    guint done;        /* records of the present order */
} Worker;

struct PressPool {
    PressPoolOptions options;
    unsigned processes;
    Worker workers[PROCESSES_MAX];
    char *sandbox; /* what the first process said of itself */
};

/* A batch that is rendered. */
typedef struct {
    PressPool *pool;
    const PressRenderer *renderer;
    const GPtrArray *names;
    unsigned processes; /* that share it */
    PressRecordTaker take;
    void *take_data;
    GPtrArray *records;
} Batch;

static bool worker_start(PressPool *pool, Worker *worker, GError **error)
{
    int ends[2];
    if (worker->pid != 0) {
        return true;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot make a socket pair: %s", g_strerror(errno));
    }
    int room = (int)READ_AT_ONCE; /* smaller only costs time */
    setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        for (unsigned i = 0; i < pool->processes; i++) {
            file_close(&pool->workers[i].socket);
        }
        render_child_main(&pool->options, ends[1]);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return fail(error, KOLOKOL_ERROR_IO, "cannot make a process: %s", g_strerror(errno));
    }
    *worker = (Worker){.pid = pid, .socket = ends[0], .bytes = g_byte_array_new()};
    return true;
}

/* Returns its status as of wait(2). */
static int worker_end(Worker *worker, bool now)
{
    int status = 0;
    if (worker->pid == 0) {
        return 0;
    }
    if (now) {
        kill(worker->pid, SIGKILL);
    }
    file_close(&worker->socket);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {
    }
    g_byte_array_unref(worker->bytes);
    *worker = (Worker){.socket = -1};
    return status;
}

static bool worker_order(const Batch *batch, Worker *worker, unsigned index, GError **error)
{
    g_autoptr(GByteArray) names = g_byte_array_new();
    for (guint i = index; i < batch->names->len; i += batch->processes) {
        const char *name = batch->names->pdata[i];
        g_byte_array_append(names, (const uint8_t *)name, (guint)strlen(name) + 1);
    }
    if (names->len > WIRE_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the names of a batch have %u bytes", names->len);
    }
    WireOrder order = {batch->renderer->as_of, batch->renderer->gzip, names->len};
    worker->done = 0;
    worker->busy = true;
    /* One that is gone is found so when its answer is read. */
    (void)wire_send(worker->socket, &order, sizeof order, names->data, names->len);
    return true;
}

static bool hand_over(Batch *batch, guint least, GError **error)
{
    if (batch->records->len < least) {
        return true;
    }
    bool taken = batch->take(batch->records, batch->take_data, error);
    g_ptr_array_set_size(batch->records, 0);
    return taken;
}

static bool take_frame(Batch *batch, Worker *worker, uint32_t kind, const uint8_t *bytes,
                       const uint8_t *end, GError **error)
{
    PressRecord *record = NULL;
    switch ((WireKind)kind) {
    case WIRE_DONE:
        worker->busy = false;
        return true;
    case WIRE_SANDBOX:
        g_free(batch->pool->sandbox);
        batch->pool->sandbox = g_strndup((const char *)bytes, (size_t)(end - bytes));
        return true;
    case WIRE_FAILED:
        return fail(error, KOLOKOL_ERROR_IO, "%.*s", (int)(end - bytes), (const char *)bytes);
    case WIRE_RECORD:
        record = press_record_read_bytes(&bytes, end);
        break;
    }
    if (record == NULL) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "a rendering process sent what is no record");
    }
    g_ptr_array_add(batch->records, record);
    worker->done++;
    return true;
}

/* Takes the whole frames out of what has been read. */
static bool worker_parse(Batch *batch, Worker *worker, GError **error)
{
    const uint8_t *bytes = worker->bytes->data, *frame = NULL;
    size_t at = 0;
    WireHead head;
    int found = 0;
    while ((found = wire_next(bytes + at, worker->bytes->len - at, &head, &frame)) == 1) {
        if (!take_frame(batch, worker, head.kind, frame, frame + head.length, error)) {
            return false;
        }
        at += sizeof head + head.length;
    }
    if (found < 0) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "a rendering process sent too much at once");
    }
    if (at > 0) {
        g_byte_array_remove_range(worker->bytes, 0, (guint)at);
    }
    return hand_over(batch, RECORDS_AT_ONCE, error);
}

/* A process that died rendered its records in order: the next name is the one that killed it. */
static void note_crash(Batch *batch, Worker *worker, unsigned index, GPtrArray *again)
{
    guint at = index + worker->done * batch->processes;
    int status = worker_end(worker, false);
    if (at >= batch->names->len) {
        return;
    }
    PressRecord *record = press_record_new(batch->names->pdata[at]);
    record->failure = WIFSIGNALED(status)
                          ? g_strdup_printf("the rendering process was ended by signal %d (%s)",
                                            WTERMSIG(status), g_strsignal(WTERMSIG(status)))
                          : g_strdup("the rendering process ended early");
    g_ptr_array_add(batch->records, record);
    for (at += batch->processes; at < batch->names->len; at += batch->processes) {
        g_ptr_array_add(again, batch->names->pdata[at]);
    }
}

static bool worker_read(Batch *batch, Worker *worker, unsigned index, GPtrArray *again,
                        GError **error)
{
    guint length = worker->bytes->len;
    g_byte_array_set_size(worker->bytes, length + READ_AT_ONCE);
    ssize_t got = recv(worker->socket, worker->bytes->data + length, READ_AT_ONCE, 0);
    int code = errno;
    g_byte_array_set_size(worker->bytes, length + (guint)MAX(got, 0));
    if (got == 0 || (got < 0 && code == ECONNRESET)) {
        note_crash(batch, worker, index, again);
        return true;
    }
    if (got < 0 && code != EINTR) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot read from a rendering process: %s",
                    g_strerror(code));
    }
    return worker_parse(batch, worker, error);
}

static bool read_all(Batch *batch, GPtrArray *again, GError **error)
{
    Worker *workers = batch->pool->workers;
    for (;;) {
        struct pollfd waits[PROCESSES_MAX];
        unsigned busy = 0;
        for (unsigned i = 0; i < batch->processes; i++) {
            waits[i] =
                (struct pollfd){.fd = workers[i].busy ? workers[i].socket : -1, .events = POLLIN};
            busy += workers[i].busy;
        }
        if (busy == 0) {
            return hand_over(batch, 1, error);
        }
        if (poll(waits, batch->processes, -1) < 0 && errno != EINTR) {
            return fail(error, KOLOKOL_ERROR_IO, "cannot wait for rendering: %s",
                        g_strerror(errno));
        }
        for (unsigned i = 0; i < batch->processes; i++) {
            if (workers[i].busy && waits[i].revents != 0 &&
                !worker_read(batch, &workers[i], i, again, error)) {
                return false;
            }
        }
    }
}

static bool render_here(Batch *batch, PressRenderer *renderer, GError **error)
{
    for (guint i = 0; i < batch->names->len; i++) {
        PressRecord *record = press_render(renderer, batch->names->pdata[i], error);
        if (record == NULL) {
            return false;
        }
        g_ptr_array_add(batch->records, record);
        if (!hand_over(batch, RECORDS_AT_ONCE, error)) {
            return false;
        }
    }
    return hand_over(batch, 1, error);
}

static bool render_there(Batch *batch, GPtrArray *again, GError **error)
{
    for (unsigned i = 0; i < batch->processes; i++) {
        Worker *worker = &batch->pool->workers[i];
        if (!worker_start(batch->pool, worker, error) || !worker_order(batch, worker, i, error)) {
            return false;
        }
    }
    return read_all(batch, again, error);
}

/* Each round loses at most one page a process to a crash, so this ends. */
static bool render_rounds(Batch *batch, GError **error)
{
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    for (;;) {
        g_autoptr(GPtrArray) again = g_ptr_array_new();
        if (!render_there(batch, again, error)) {
            return false;
        }
        if (again->len == 0) {
            return true;
        }
        g_ptr_array_set_size(left, 0);
        g_ptr_array_extend(left, again, NULL, NULL);
        batch->names = left;
    }
}

bool press_pool_render(PressPool *pool, PressRenderer *renderer, const GPtrArray *names,
                       PressRecordTaker take, void *take_data, GError **error)
{
    g_autoptr(GPtrArray) records =
        g_ptr_array_new_with_free_func((GDestroyNotify)press_record_free);
    unsigned processes = names->len < SMALL_BATCH ? 1 : pool->processes;
    Batch batch = {pool, renderer, names, processes, take, take_data, records};
    if (pool->processes < 2) {
        return render_here(&batch, renderer, error);
    }
    bool done = names->len == 0 || render_rounds(&batch, error);
    for (unsigned i = 0; !done && i < pool->processes; i++) {
        worker_end(&pool->workers[i], true);
    }
    return done;
}

void press_pool_rest(PressPool *pool)
{
    for (unsigned i = 1; i < pool->processes; i++) {
        worker_end(&pool->workers[i], false);
    }
}

PressPool *press_pool_new(const PressPoolOptions *options)
{
    PressPool *pool = g_new0(PressPool, 1);
    pool->options = *options;
    pool->processes = CLAMP(options->processes, 1, PROCESSES_MAX);
    for (unsigned i = 0; i < PROCESSES_MAX; i++) {
        pool->workers[i].socket = -1;
    }
    return pool;
}

void press_pool_free(PressPool *pool)
{
    if (pool != NULL) {
        for (unsigned i = 0; i < pool->processes; i++) {
            worker_end(&pool->workers[i], false);
        }
        g_free(pool->sandbox);
        g_free(pool);
    }
}

const char *press_pool_sandbox(const PressPool *pool)
{
    return pool->sandbox;
}
