/*
 * The forms' door as a process: opens socket, intake and the public sealing key, goes into the
 * sandbox and serves until SIGTERM or SIGINT. Inside, it can write the intake that is open already
 * and send one kind of datagram; it can read nothing else of the newsroom, make no connection (but
 * to the intake's PostgreSQL, if that is where it is), run no program.
 */
#pragma once

#include "base/pulse.h"
#include "forms/door.h"

typedef struct {
    const char *intake_url;
    const char *key_file;  /* keys/intake.pub */
    const char *theme_dir; /* the newsroom's own templates; may not exist */
    DoorOptions door;      /* intake, key, theme and wake are filled in here */
    HttpServerOptions server;
    Pulse *pulse;    /* beats; borrowed; NULL: none */
    bool unconfined; /* leave the sandbox out: for tests in one process */
    /* Called once, when the door is open and the sandbox is on. May be NULL. */
    void (*opened)(const char *address, const char *sandbox, void *data);
    void *data;
} FormsOptions;

/* Runs until told to stop; false if it could not begin. */
bool forms_run(const FormsOptions *options, GError **error);
