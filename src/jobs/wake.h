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

/* A worker's end: a socket at DIRECTORY/worker.LANE.sock, which replaces one left there. -1 on
 * failure. */
int jobs_wake_listen(const char *lane, GError **error);

/* Waits until a wake-up, at most `microseconds`, or a signal; takes all wake-ups that have come. */
void jobs_wake_wait(int socket, int64_t microseconds);
