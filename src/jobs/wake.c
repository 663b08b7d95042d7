/* Datagrams between those who enqueue and the workers: wake.h. */
#include "jobs/wake.h"

#include "base/error.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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

void jobs_wake(const char *lane)
{
    struct sockaddr_un address;
    if (!address_of(lane, &address)) {
        return;
    }
    int socket_out = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_out >= 0) {
        sendto(socket_out, "", 1, 0, (const struct sockaddr *)&address, sizeof address);
        close(socket_out);
    }
}

int jobs_wake_listen(const char *lane, GError **error)
{
    struct sockaddr_un address;
    int listening = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening < 0 || !address_of(lane, &address)) {
        fail(error, KOLOKOL_ERROR_IO,
             "cannot make the worker's socket: the path of the newsroom is too long");
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

void jobs_wake_wait(int listening, int64_t microseconds)
{
    struct pollfd wait = {.fd = listening, .events = POLLIN};
    char drained[16];
    poll(&wait, 1, (int)(microseconds / 1000));
    while (recv(listening, drained, sizeof drained, 0) > 0) {
    }
}
