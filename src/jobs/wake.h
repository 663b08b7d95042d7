/*
 * Wake-ups: who has committed work for a lane tells its worker with a datagram, and those on other
 * machines by PostgreSQL's NOTIFY if that is the database, so that they need not poll. A lost
 * datagram costs at most the second after which workers look by themselves; so nothing here can
 * fail visibly.
 */
#pragma once

#include "store/store.h"

/* The directory of the workers' sockets (a newsroom's run/). Unset, wake-ups go nowhere. Copied. */
void jobs_wake_directory(const char *directory);

/* Wakes the worker of a lane on this machine. */
void jobs_wake(const char *lane);

/* The same, and those of other machines. For store_after_commit(); not inside a transaction. */
void jobs_wake_all(Store *store, const char *lane);

/* The same from a process that has given up making sockets and knows no database. NULL if no
 * directory is set; then, and where nobody listens, waking does nothing. */
typedef struct JobsWaker JobsWaker;
JobsWaker *jobs_waker_new(const char *lane);
void jobs_waker_wake(const JobsWaker *waker);
void jobs_waker_free(JobsWaker *waker);

/* A worker's end: a socket at DIRECTORY/worker.LANE.sock, which replaces one left there. The caller
 * closes it. -1 on failure: INVALID (no directory is set, or its path is too long for a socket),
 * IO. */
int jobs_wake_listen(const char *lane, GError **error);

/* Waits until a wake-up or a signal, at most `microseconds` and at most a second; takes all
 * wake-ups that have come. With a store, calls of other machines count too (of any lane), from the
 * first wait on. */
void jobs_wake_wait(int listening, Store *store, int64_t microseconds);

/* Is a worker of the lane listening? A socket left by a dead one is not. */
bool jobs_wake_heard(const char *lane);

/* Keeps a waker for each lane (ended by NULL), so that jobs_wake() goes on working in a process
 * that gives up making sockets. NULL lets them go. At most JOBS_WAKE_HELD lanes. */
#define JOBS_WAKE_HELD 8u
void jobs_wake_hold(const char *const *lanes);
