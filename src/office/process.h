/*
 * The office as a process: takes a store that is open, opens its socket and what wakes the workers,
 * goes into the sandbox and serves until SIGTERM or SIGINT. Inside, it can read and write the
 * newsroom's database, read the directories that its pages show and write those that they fill; it
 * makes no connection (but to PostgreSQL, if that is the database) and runs no program.
 */
#pragma once

#include "office/office.h"

typedef struct {
    OfficeOptions office;
    HttpServerOptions server;
    const char *const *readable; /* directories, ended by NULL; one that is not there is left out */
    const char *const *writable;
    bool unconfined; /* leave the sandbox out: for tests in one process */
    /* Called once, when the door is open and the sandbox is on. May be NULL. */
    void (*opened)(const char *address, const char *sandbox, void *data);
    void *data;
} OfficeProcess;

/* Runs until told to stop; false if it could not begin. */
bool office_run(const OfficeProcess *options, GError **error);
