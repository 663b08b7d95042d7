/* A pool of rendering processes: pool.h. What one page is, is render.c. */
#include "press/pool.h"

#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define SMALL_BATCH     48u   /* below this, making processes costs more than it saves */
#define RECORDS_AT_ONCE 1000u /* entered together */
#define PIPE_READ                                                                                  \
    (1024u * 1024) /* the pipe holds as much, so that renderers do not wait for the disk */
#define FRAME_MAX     (8u * 1024 * 1024) /* bytes of one record; far above any */
#define PROCESSES_MAX 64u

/* One process of the pool, as its parent sees it. */
typedef struct {
    pid_t pid;
    int pipe;
    GByteArray *bytes; /* read and not yet a whole record */
    guint done;        /* records received */
} Worker;

typedef struct {
    PressRenderer *renderer;
    PressStoreOpener open;
    void *open_data;
    const GPtrArray *names;
    unsigned processes;
    PressRecordTaker take;
    void *take_data;
    GPtrArray *records;
} Pool;

/* ---- in the child ---- */

static bool send_all(int pipe, const uint8_t *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = write(pipe, bytes, length);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

/* A frame is its length and its bytes; length 0 announces a message that stops the run. */
static bool send_frame(int pipe, const void *bytes, uint32_t length, bool is_error)
{
    uint32_t head[2] = {length, is_error};
    return send_all(pipe, (const uint8_t *)head, sizeof head) && send_all(pipe, bytes, length);
}

static bool child_render(const Pool *pool, PressRenderer *renderer, unsigned index, int pipe,
                         GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    for (guint i = index; i < pool->names->len; i += pool->processes) {
        g_autoptr(PressRecord) record = press_render(renderer, pool->names->pdata[i], error);
        if (record == NULL) {
            return false;
        }
        g_byte_array_set_size(bytes, 0);
        press_record_write(record, bytes);
        if (!send_frame(pipe, bytes->data, bytes->len, false)) {
            return fail(error, KOLOKOL_ERROR_IO, "the press process has gone");
        }
    }
    return true;
}

static bool child_run(const Pool *pool, unsigned index, int pipe, GError **error)
{
    g_autoptr(Store) store = pool->open(pool->open_data, error);
    PressRenderer renderer;
    if (store == NULL ||
        !press_renderer_init(&renderer, store, pool->renderer->recipes, pool->renderer->as_of,
                             pool->renderer->objects, error)) {
        return false;
    }
    renderer.gzip = pool->renderer->gzip;
    bool done = child_render(pool, &renderer, index, pipe, error);
    press_renderer_clear(&renderer);
    return done;
}

/* _exit, not exit: what the parent registered and buffered is the parent's. */
static G_GNUC_NORETURN void child_main(const Pool *pool, unsigned index, int pipe)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    g_autoptr(GError) error = NULL;
    bool done = child_run(pool, index, pipe, &error);
    if (!done) {
        send_frame(pipe, error->message, (uint32_t)strlen(error->message), true);
    }
    _exit(done ? 0 : 1);
}

/* ---- in the parent ---- */

static bool worker_start(Pool *pool, Worker *workers, unsigned index, GError **error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot make a pipe: %s", g_strerror(errno));
    }
    fcntl(ends[0], F_SETPIPE_SZ, (int)PIPE_READ); /* smaller only costs time */
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        for (unsigned i = 0; i < index; i++) {
            close(workers[i].pipe);
        }
        child_main(pool, index, ends[1]);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return fail(error, KOLOKOL_ERROR_IO, "cannot make a process: %s", g_strerror(errno));
    }
    workers[index] = (Worker){pid, ends[0], g_byte_array_new(), 0};
    return true;
}

static bool hand_over(Pool *pool, guint least, GError **error)
{
    if (pool->records->len < least) {
        return true;
    }
    bool taken = pool->take(pool->records, pool->take_data, error);
    g_ptr_array_set_size(pool->records, 0);
    return taken;
}

/* Takes the whole frames out of what has been read. */
static bool worker_parse(Pool *pool, Worker *worker, GError **error)
{
    size_t at = 0;
    uint32_t head[2];
    while (worker->bytes->len - at >= sizeof head) {
        memcpy(head, worker->bytes->data + at, sizeof head);
        if (head[0] > FRAME_MAX) {
            return fail(error, KOLOKOL_ERROR_CORRUPT, "a rendering process sent %u bytes at once",
                        head[0]);
        }
        if (worker->bytes->len - at - sizeof head < head[0]) {
            break;
        }
        const uint8_t *cursor = worker->bytes->data + at + sizeof head, *end = cursor + head[0];
        if (head[1] != 0) {
            return fail(error, KOLOKOL_ERROR_IO, "%.*s", (int)head[0], (const char *)cursor);
        }
        PressRecord *record = press_record_read_bytes(&cursor, end);
        if (record == NULL) {
            return fail(error, KOLOKOL_ERROR_CORRUPT,
                        "a rendering process sent bytes that are no record");
        }
        g_ptr_array_add(pool->records, record);
        worker->done++;
        at += sizeof head + head[0];
    }
    if (at > 0) {
        g_byte_array_remove_range(worker->bytes, 0, (guint)at);
    }
    return hand_over(pool, RECORDS_AT_ONCE, error);
}

static bool worker_read(Pool *pool, Worker *worker, GError **error)
{
    guint length = worker->bytes->len;
    g_byte_array_set_size(worker->bytes, length + PIPE_READ);
    ssize_t got = read(worker->pipe, worker->bytes->data + length, PIPE_READ);
    g_byte_array_set_size(worker->bytes, length + (guint)MAX(got, 0));
    if (got < 0 && errno != EINTR) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot read from a rendering process: %s",
                    g_strerror(errno));
    }
    if (got == 0) {
        file_close(&worker->pipe);
    }
    return worker_parse(pool, worker, error);
}

static bool read_all(Pool *pool, Worker *workers, GError **error)
{
    for (;;) {
        struct pollfd waits[PROCESSES_MAX];
        nfds_t open = 0;
        for (unsigned i = 0; i < pool->processes; i++) {
            waits[i] = (struct pollfd){.fd = workers[i].pipe, .events = POLLIN};
            open += workers[i].pipe >= 0;
        }
        if (open == 0) {
            return hand_over(pool, 1, error);
        }
        if (poll(waits, pool->processes, -1) < 0 && errno != EINTR) {
            return fail(error, KOLOKOL_ERROR_IO, "cannot wait for rendering: %s",
                        g_strerror(errno));
        }
        for (unsigned i = 0; i < pool->processes; i++) {
            if (workers[i].pipe >= 0 && waits[i].revents != 0 &&
                !worker_read(pool, &workers[i], error)) {
                return false;
            }
        }
    }
}

/* A process that died rendered its records in order: the next name is the one that killed it. */
static void note_crash(Pool *pool, const Worker *worker, unsigned index, int status,
                       GPtrArray *again)
{
    guint at = index + worker->done * pool->processes;
    if (at >= pool->names->len) {
        return;
    }
    PressRecord *record = press_record_new(pool->names->pdata[at]);
    record->failure = WIFSIGNALED(status)
                          ? g_strdup_printf("the rendering process was ended by signal %d (%s)",
                                            WTERMSIG(status), g_strsignal(WTERMSIG(status)))
                          : g_strdup("the rendering process ended early");
    g_ptr_array_add(pool->records, record);
    for (at += pool->processes; at < pool->names->len; at += pool->processes) {
        g_ptr_array_add(again, pool->names->pdata[at]);
    }
}

static void workers_end(Pool *pool, Worker *workers, unsigned count, bool done, GPtrArray *again)
{
    for (unsigned i = 0; i < count; i++) {
        int status = 0;
        if (!done) {
            kill(workers[i].pid, SIGKILL);
        }
        file_close(&workers[i].pipe);
        while (waitpid(workers[i].pid, &status, 0) < 0 && errno == EINTR) {
        }
        if (done) {
            note_crash(pool, &workers[i], i, status, again);
        }
        g_byte_array_unref(workers[i].bytes);
    }
}

static bool render_here(Pool *pool, GError **error)
{
    for (guint i = 0; i < pool->names->len; i++) {
        PressRecord *record = press_render(pool->renderer, pool->names->pdata[i], error);
        if (record == NULL) {
            return false;
        }
        g_ptr_array_add(pool->records, record);
        if (!hand_over(pool, RECORDS_AT_ONCE, error)) {
            return false;
        }
    }
    return hand_over(pool, 1, error);
}

static bool render_there(Pool *pool, GPtrArray *again, GError **error)
{
    Worker workers[PROCESSES_MAX];
    unsigned started = 0;
    bool done = true;
    while (done && started < pool->processes) {
        done = worker_start(pool, workers, started, error);
        started += done;
    }
    done = done && read_all(pool, workers, error);
    workers_end(pool, workers, started, done, again);
    return done && hand_over(pool, 1, error);
}

bool press_pool_render(PressRenderer *renderer, unsigned processes, PressStoreOpener open,
                       void *open_data, const GPtrArray *names, PressRecordTaker take,
                       void *take_data, GError **error)
{
    g_autoptr(GPtrArray) records =
        g_ptr_array_new_with_free_func((GDestroyNotify)press_record_free);
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    Pool pool = {renderer, open,      open_data, names, MIN(processes, PROCESSES_MAX),
                 take,     take_data, records};
    if (pool.processes < 2 || names->len < SMALL_BATCH) {
        return render_here(&pool, error);
    }
    /* Each round loses at most one page a process to a crash, so this ends. */
    for (;;) {
        g_autoptr(GPtrArray) again = g_ptr_array_new();
        if (!render_there(&pool, again, error)) {
            return false;
        }
        if (again->len == 0) {
            return true;
        }
        g_ptr_array_set_size(left, 0);
        g_ptr_array_extend(left, again, NULL, NULL);
        pool.names = left;
    }
}
