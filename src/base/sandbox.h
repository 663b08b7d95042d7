/*
 * What a process gives up once it has opened what it needs: Landlock (by the ABI that the running
 * kernel has), a seccomp allow-list, rlimits and no_new_privs. DESIGN 10.5.
 *
 * Applied once, by the thread that is then the only one, after sockets and directories are open:
 * descriptors opened before stay usable, everything else is refused (EACCES from Landlock, EPERM
 * from seccomp; nothing is killed, so that a refusal is an error like any other). There is no way
 * back, and children inherit it.
 *
 * What a kernel does not have is not an error: the report says what holds, and the caller prints it
 * at start. In a build with sanitizers Landlock and seccomp are left out, because those libraries
 * read /proc and trace the process; the report says that too. One test of the plain build
 * (tests/unit/base/test_sandbox.c) proves that each refusal bites.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    SANDBOX_CONNECT = 1 << 0, /* new sockets, connections outwards */
    SANDBOX_LISTEN = 1 << 1,  /* bind and listen; accepting on an open socket is always allowed */
    SANDBOX_THREADS = 1 << 2, /* new threads */
    SANDBOX_EXEC = 1 << 3,    /* fork, exec, wait */
    SANDBOX_STORE = 1 << 4,   /* truncate and sync files that are open: a database */
} SandboxAllow;

typedef struct {
    const char *const *readable; /* directories, ended by NULL; may be NULL */
    const char *const *writable; /* directories: read, write, make, rename and remove in them */
    unsigned allow;              /* of SandboxAllow */
    unsigned files;              /* open descriptors at most; 0 leaves the limit alone */
    unsigned seconds;            /* of processor time; 0 leaves it alone */
    uint64_t memory; /* bytes of addresses; 0 leaves it alone, and so does a sanitizer build */
} SandboxPlan;

typedef struct {
    bool no_new_privileges;
    int landlock;          /* ABI in use; 0 if the kernel has none */
    bool landlock_network; /* bind and connect refused by Landlock as well (ABI 4) */
    bool landlock_scope;   /* no abstract sockets and signals of others (ABI 6) */
    bool seccomp;
    bool limits;       /* no core dumps, the plan's numbers set */
    bool instrumented; /* a sanitizer build: Landlock and seccomp left out */
} SandboxReport;

/* Gives up what the plan does not keep. Errors: NOT_FOUND for a directory that is not there, IO if
 * the kernel has a mechanism and refuses it; then the process should not go on. */
bool sandbox_apply(const SandboxPlan *plan, SandboxReport *report, GError **error);

/* One line for the start: "sandbox: landlock 7 with network, seccomp, limits". Caller frees. */
char *sandbox_describe(const SandboxReport *report);
