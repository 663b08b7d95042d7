/*
 * The stand: the readers' door as a process. Opens the socket and the edition directory, goes into
 * the sandbox (it can then read the edition directory and nothing else, make no connection, run no
 * program), and serves until SIGTERM or SIGINT. Takes up a new edition within milliseconds (inotify
 * on the directory; looks once a second as well, for file systems that do not tell). No logs of
 * readers; totals of what they read leave by the pulse, once a second, if there is one.
 */
#pragma once

#include "base/pulse.h"
#include "net/server.h"
#include "stand/site.h"

typedef struct {
    SiteOptions site;
    HttpServerOptions server; /* HTTP_SERVER_OPTIONS to begin with */
    Pulse *pulse;             /* beats, and holds the totals of readers; borrowed; NULL: none */
    bool unconfined;          /* leave the sandbox out: for tests in one process */
    /* Called once, when the door is open and the sandbox is on: "127.0.0.1:8080", and the line of
     * sandbox_describe(). May be NULL. */
    void (*opened)(const char *address, const char *sandbox, void *data);
    /* Called with one line when a new edition could not be taken up; once for each reason. May be
     * NULL. */
    void (*trouble)(const char *message, void *data);
    void *data;
} StandOptions;

/* Runs until told to stop; false if it could not begin. */
bool stand_run(const StandOptions *options, GError **error);
