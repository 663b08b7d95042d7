/*
 * Pulse: a process's sign of life, for others of the machine to look at: the file
 * DIRECTORY/NAME.pulse, mapped, so that a beat is a store to memory: no call of the system, no
 * lock, and it works in the narrowest sandbox, as the file is open before.
 *
 * The owner holds a lock of the kernel on the file, which ends with it however it ends; so a look
 * tells a dead process from one that is there and does not beat. Behind the head is room for what
 * the owner counts (tally.h). A new owner finds there what the one before it left.
 *
 * All of this is of this machine only, and of one process of a name: a second one has no pulse.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PULSE_NAME 32u                     /* bytes of a name with its end: a-z and '-' */
#define PULSE_ROOM (64u * 1024)            /* bytes of room at most */
#define PULSE_LATE (15 * INT64_C(1000000)) /* µs without a beat; an owner beats each second */

typedef struct Pulse Pulse;

/* Takes the name until pulse_free() or the end of the process. Before the sandbox. Errors: BUSY
 * (another process has it), INVALID (such a name, such a room), NOT_FOUND (no directory), IO (no
 * space, a file system without shared mappings). */
Pulse *pulse_take(const char *directory, const char *name, size_t room, int64_t now,
                  GError **error);
void pulse_free(Pulse *pulse);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pulse, pulse_free)

/* The room, 8-aligned; zeros, or what the owner before left there. */
void *pulse_room(Pulse *pulse);

/* NULL does nothing, so that a process without a pulse need not ask. */
void pulse_beat(Pulse *pulse, int64_t now);

typedef struct {
    bool known; /* there is such a file; otherwise all is 0 */
    bool alive; /* a process holds it */
    int64_t started, beat;
} PulseSign;

/* Looks without disturbing. Errors: IO; CORRUPT if it is no such file. */
bool pulse_look(const char *directory, const char *name, PulseSign *sign, GError **error);

/* The room's bytes as they are now; NULL and no error if there is no such file. Caller unrefs. */
GBytes *pulse_read_room(const char *directory, const char *name, GError **error);
