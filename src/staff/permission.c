/* The table of roles and permissions: permission.h. */
#include "staff/permission.h"

#include <string.h>

#define MAY(what) (1u << PERMISSION_##what)
#define ALL_STAFF (MAY(PUBLIC) | MAY(HALFWAY) | MAY(SIGNED_IN))

static const struct {
    const char *name;
    unsigned may;
} roles[ROLES] = {
    [ROLE_REPORTER] = {"reporter", ALL_STAFF | MAY(WRITE)},
    [ROLE_EDITOR] = {"editor", ALL_STAFF | MAY(WRITE) | MAY(PUBLISH) | MAY(MAIL) | MAY(PAPER)},
    [ROLE_CHIEF] = {"chief", ALL_STAFF | MAY(WRITE) | MAY(PUBLISH) | MAY(MAIL) | MAY(TAKE_DOWN) |
                                 MAY(SETTINGS) | MAY(PAPER) | MAY(STATE) | MAY(AUDIT) | MAY(LOCK)},
    [ROLE_FUNDRAISER] = {"fundraiser", ALL_STAFF | MAY(FUND) | MAY(MAIL) | MAY(PAPER)},
    [ROLE_ADMINISTRATOR] = {"administrator", ALL_STAFF | MAY(SETTINGS) | MAY(PAPER) | MAY(STATE) |
                                                 MAY(JOBS) | MAY(OUTBOX) | MAY(STAFF) | MAY(AUDIT) |
                                                 MAY(LOCK)},
};

bool role_may(Role role, Permission permission)
{
    return role < ROLES && permission < PERMISSIONS && (roles[role].may & (1u << permission)) != 0;
}

bool role_needs_second(Role role)
{
    return role != ROLE_REPORTER;
}

const char *role_name(Role role)
{
    return roles[role].name;
}

bool role_parse(const char *text, Role *role)
{
    for (unsigned i = 0; i < ROLES; i++) {
        if (strcmp(roles[i].name, text) == 0) {
            *role = (Role)i;
            return true;
        }
    }
    return false;
}
