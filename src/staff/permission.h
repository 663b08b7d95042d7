/*
 * Roles and what they may. A route of the office names one Permission; the door asks
 * role_may() before it calls the handler. PERMISSION_NONE is what a row has that names none: nobody
 * has it, so what was forgotten is closed.
 */
#pragma once

#include <stdbool.h>

typedef enum {
    PERMISSION_NONE,      /* nobody */
    PERMISSION_PUBLIC,    /* everybody, signed in or not: sign-in, links of invitations */
    PERMISSION_HALFWAY,   /* who has given the password, the second factor maybe still to come */
    PERMISSION_SIGNED_IN, /* each of the staff: own account */
    PERMISSION_WRITE,     /* stories and pictures */
    PERMISSION_PUBLISH,   /* publish, schedule, withdraw; the front */
    PERMISSION_TAKE_DOWN, /* take down, withhold a name */
    PERMISSION_MAIL,      /* newsletters */
    PERMISSION_FUND,      /* campaigns and gifts */
    PERMISSION_SETTINGS,  /* settings of the paper */
    PERMISSION_PAPER,     /* the page that leads to all that makes the paper */
    PERMISSION_STATE,     /* see how the machine is: doors, workers, disk, what is late */
    PERMISSION_JOBS,      /* dead jobs: run them again, discard them */
    PERMISSION_OUTBOX,    /* mails that were written to files; in a demo also each of its people */
    PERMISSION_STAFF,     /* invite, change roles, disable */
    PERMISSION_AUDIT,     /* read the audit log */
    PERMISSION_LOCK,      /* end all sessions at once */
    PERMISSIONS
} Permission;

typedef enum {
    ROLE_REPORTER,
    ROLE_EDITOR,
    ROLE_CHIEF,
    ROLE_FUNDRAISER,
    ROLE_ADMINISTRATOR,
    ROLES
} Role;

bool role_may(Role role, Permission permission);

/* Must somebody of this role have a second factor? All but reporters, who neither publish nor see
 * money, settings or the staff. */
bool role_needs_second(Role role);

/* "reporter" …; the other way false for a word that is no role. */
const char *role_name(Role role);
bool role_parse(const char *text, Role *role);
