/* A pool of rendering processes: pool.h. What one page is, is render.c. */
#include "press/pool.h"

#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define SMALL_BATCH      48u   /* below this, more than one process costs more than it saves */
#define RECORDS_AT_ONCE  1000u /* entered together */
#define PAGES_A_SNAPSHOT 200u  /* rendered from one state of the database */
#define READ_AT_ONCE                                                                               \
    (1024u * 1024) /* the socket holds as much, so that renderers do not wait for the disk */
#define FRAME_MAX     (8u * 1024 * 1024) /* bytes of an order or a record; far above any */
#define PROCESSES_MAX 64u

/* What a process of the pool says. */
typedef enum {
    FRAME_RECORD, /* a page */
    FRAME_FAILED, /* a message that stops the run; the process ends */
    FRAME_DONE,   /* the order is done */
    FRAME_SANDBOX /* how it is confined */
} FrameKind;

/* What it is told: this, and the names, each with its byte 0. */
typedef struct {
    int64_t as_of;
    uint32_t gzip, length;
} Order;

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

/* ---- both sides ---- */

static bool send_all(int to, const void *bytes, size_t length)
{
    for (const uint8_t *next = bytes; length > 0;) {
        ssize_t sent = send(to, next, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        next += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool send_both(int to, const void *head, size_t head_length, const void *bytes,
                      size_t length)
{
    struct iovec parts[] = {{(void *)(uintptr_t)head, head_length},
                            {(void *)(uintptr_t)bytes, length}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = G_N_ELEMENTS(parts)};
    ssize_t sent = sendmsg(to, &message, MSG_NOSIGNAL);
    size_t done = sent < 0 ? 0 : (size_t)sent;
    if (done < head_length) {
        return (sent > 0 || errno == EINTR) &&
               send_all(to, (const uint8_t *)head + done, head_length - done) &&
               send_all(to, bytes, length);
    }
    done -= head_length;
    return done == length || send_all(to, (const uint8_t *)bytes + done, length - done);
}

/* ---- in the child ---- */

typedef struct {
    const PressPool *pool;
    int socket;
    Store *store;
    PressRenderer renderer;
    GPtrArray *names;
    guint next; /* of names; what a snapshot that is begun again has sent stays sent */
    bool confined;
} Child;

static bool send_frame(int to, FrameKind kind, const void *bytes, size_t length)
{
    uint32_t head[2] = {(uint32_t)length, kind};
    return send_both(to, head, sizeof head, bytes, length);
}

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
        if (!send_frame(child->socket, FRAME_RECORD, bytes->data, bytes->len)) {
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
    const PressPoolOptions *options = &child->pool->options;
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
    return send_frame(child->socket, FRAME_SANDBOX, line, strlen(line)) ||
           fail(error, KOLOKOL_ERROR_IO, "the press process has gone");
}

static bool obey(Child *child, const Order *order, GError **error)
{
    const PressPoolOptions *options = &child->pool->options;
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

static bool receive(int from, void *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t got = recv(from, (uint8_t *)bytes + done, length - done, 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        done += (size_t)got;
    }
    return true;
}

/* False when the parent has closed its end. */
static bool receive_order(Child *child, Order *order)
{
    if (!receive(child->socket, order, sizeof *order) || order->length > FRAME_MAX) {
        return false;
    }
    g_autofree char *names = g_malloc(order->length + 1);
    if (!receive(child->socket, names, order->length)) {
        return false;
    }
    g_ptr_array_set_size(child->names, 0);
    for (const char *name = names; name < names + order->length; name += strlen(name) + 1) {
        g_ptr_array_add(child->names, g_strdup(name));
    }
    return true;
}

/* _exit, not exit: what the parent registered and buffered is the parent's. */
static G_GNUC_NORETURN void child_main(const PressPool *pool, int socket)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pool->options.forked(pool->options.open_data);
    Child child = {.pool = pool, .socket = socket, .names = g_ptr_array_new_with_free_func(g_free)};
    Order order;
    while (receive_order(&child, &order)) {
        g_autoptr(GError) error = NULL;
        if (!obey(&child, &order, &error)) {
            send_frame(socket, FRAME_FAILED, error->message, strlen(error->message));
            _exit(1);
        }
        send_frame(socket, FRAME_DONE, "", 0);
    }
    _exit(0);
}

/* ---- in the parent ---- */

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
        child_main(pool, ends[1]);
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
    if (names->len > FRAME_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the names of a batch have %u bytes", names->len);
    }
    Order order = {batch->renderer->as_of, batch->renderer->gzip, names->len};
    worker->done = 0;
    worker->busy = true;
    /* One that is gone is found so when its answer is read. */
    (void)send_both(worker->socket, &order, sizeof order, names->data, names->len);
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
    switch ((FrameKind)kind) {
    case FRAME_DONE:
        worker->busy = false;
        return true;
    case FRAME_SANDBOX:
        g_free(batch->pool->sandbox);
        batch->pool->sandbox = g_strndup((const char *)bytes, (size_t)(end - bytes));
        return true;
    case FRAME_FAILED:
        return fail(error, KOLOKOL_ERROR_IO, "%.*s", (int)(end - bytes), (const char *)bytes);
    case FRAME_RECORD:
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
        const uint8_t *bytes = worker->bytes->data + at + sizeof head;
        if (!take_frame(batch, worker, head[1], bytes, bytes + head[0], error)) {
            return false;
        }
        at += sizeof head + head[0];
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
    for (unsigned i = done ? 1 : 0; i < pool->processes; i++) {
        worker_end(&pool->workers[i], !done);
    }
    return done;
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
