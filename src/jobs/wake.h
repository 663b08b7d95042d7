/*
 * Wake-ups: who has committed work for a lane tells its worker with a datagram, so that it need not
 * poll. A lost datagram costs at most the second after which workers look by themselves; so nothing
 * here can fail visibly.
 */
#pragma once

#include "store/store.h"

/* The directory of the workers' sockets (a newsroom's run/). Unset, wake-ups go nowhere. Copied. */
void jobs_wake_directory(const char *directory);

/* Wakes the worker of a lane. */
void jobs_wake(const char *lane);

/* A worker's end: a socket at DIRECTORY/worker.LANE.sock, which replaces one left there. The caller
 * closes it. -1 on failure: INVALID (no directory is set, or its path is too long for a socket),
 * IO. */
int jobs_wake_listen(const char *lane, GError **error);

/* Waits until a wake-up or a signal, at most `microseconds` and at most a second; takes all
 * wake-ups that have come. */
void jobs_wake_wait(int socket, int64_t microseconds);

/* Is a worker of the lane listening? A socket left by a dead one is not. */
bool jobs_wake_heard(const char *lane);
