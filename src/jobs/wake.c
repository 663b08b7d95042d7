/* Datagrams between those who enqueue and the workers: wake.h. */
#include "jobs/wake.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "jobs_sql.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CHANNEL "kolokol_jobs" /* also in jobs.sql */

static char *wake_directory;

void jobs_wake_directory(const char *directory)
{
    g_free(wake_directory);
    wake_directory = g_strdup(directory);
}

static bool address_of(const char *lane, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (wake_directory == NULL) {
        return false;
    }
    g_autofree char *path = g_strdup_printf("%s/worker.%s.sock", wake_directory, lane);
    return g_strlcpy(address->sun_path, path, sizeof address->sun_path) < sizeof address->sun_path;
}

struct JobsWaker {
    int socket;
    struct sockaddr_un address;
};

JobsWaker *jobs_waker_new(const char *lane)
{
    JobsWaker waker;
    if (!address_of(lane, &waker.address)) {
        return NULL;
    }
    waker.socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return waker.socket < 0 ? NULL : g_memdup2(&waker, sizeof waker);
}

void jobs_waker_wake(const JobsWaker *waker)
{
    if (waker != NULL) {
        sendto(waker->socket, "", 1, 0, (const struct sockaddr *)&waker->address,
               sizeof waker->address);
    }
}

void jobs_waker_free(JobsWaker *waker)
{
    if (waker != NULL) {
        close(waker->socket);
        g_free(waker);
    }
}

static struct {
    const char *lane;
    JobsWaker *waker;
} held[JOBS_WAKE_HELD];

static unsigned held_count;

void jobs_wake_hold(const char *const *lanes)
{
    while (held_count > 0) {
        jobs_waker_free(held[--held_count].waker);
    }
    for (; lanes != NULL && *lanes != NULL && held_count < JOBS_WAKE_HELD; lanes++) {
        held[held_count].lane = *lanes;
        held[held_count++].waker = jobs_waker_new(*lanes);
    }
}

void jobs_wake(const char *lane)
{
    struct sockaddr_un address;
    for (unsigned i = 0; i < held_count; i++) {
        if (strcmp(held[i].lane, lane) == 0) {
            jobs_waker_wake(held[i].waker);
            return;
        }
    }
    if (!address_of(lane, &address)) {
        return;
    }
    int socket_out = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_out >= 0) {
        sendto(socket_out, "", 1, 0, (const struct sockaddr *)&address, sizeof address);
        close(socket_out);
    }
}

void jobs_wake_all(Store *store, const char *lane)
{
    jobs_wake(lane);
    if (store_engine(store) == STORE_POSTGRES) {
        store_rows_free(jobs_notify(store, lane, NULL));
    }
}

bool jobs_wake_heard(const char *lane)
{
    struct sockaddr_un address;
    if (!address_of(lane, &address)) {
        return false;
    }
    int asking = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool heard =
        asking >= 0 && connect(asking, (const struct sockaddr *)&address, sizeof address) == 0;
    if (asking >= 0) {
        close(asking);
    }
    return heard;
}

int jobs_wake_listen(const char *lane, GError **error)
{
    struct sockaddr_un address;
    if (!address_of(lane, &address)) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "the worker's socket needs a newsroom whose path is shorter than %zu bytes",
             sizeof address.sun_path - strlen("/run/worker.press.sock"));
        return -1;
    }
    int listening = fault_here(FAULT_SOCKET)
                        ? -1
                        : socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening < 0) {
        fail(error, KOLOKOL_ERROR_IO, "cannot make the worker's socket: %s", g_strerror(errno));
        return -1;
    }
    unlink(address.sun_path);
    if (bind(listening, (const struct sockaddr *)&address, sizeof address) != 0) {
        fail(error, KOLOKOL_ERROR_IO, "cannot listen at %s: %s", address.sun_path,
             g_strerror(errno));
        close(listening);
        return -1;
    }
    return listening;
}

void jobs_wake_wait(int listening, Store *store, int64_t microseconds)
{
    bool other_machines = store != NULL && store_engine(store) == STORE_POSTGRES &&
                          store_listen(store, CHANNEL, NULL);
    struct pollfd waits[] = {
        {.fd = listening, .events = POLLIN},
        {.fd = other_machines ? store_socket(store) : -1, .events = POLLIN},
    };
    char drained[16];
    int64_t most = CLAMP(microseconds, 0, CLOCK_SECOND);
    if (!other_machines || !store_heard(store)) { /* one may have come with an answer */
        poll(waits, G_N_ELEMENTS(waits), (int)((most + 999) / 1000));
    }
    if (other_machines) {
        store_heard(store);
    }
    while (recv(listening, drained, sizeof drained, 0) > 0) {
    }
}
