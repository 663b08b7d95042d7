/* The table of roles: nobody has what no row names, and each role has a name that reads back. */
#include "staff/permission.h"

#include <glib.h>

static void test_default_deny(void)
{
    for (unsigned role = 0; role < ROLES; role++) {
        Role back = ROLES;
        g_assert_false(role_may((Role)role, PERMISSION_NONE));
        g_assert_false(role_may((Role)role, PERMISSIONS));
        g_assert_true(role_may((Role)role, PERMISSION_SIGNED_IN));
        g_assert_true(role_parse(role_name((Role)role), &back));
        g_assert_cmpint(back, ==, role);
    }
    g_assert_false(role_may(ROLES, PERMISSION_SIGNED_IN));
}

static void test_roles(void)
{
    Role role;
    g_assert_false(role_may(ROLE_REPORTER, PERMISSION_PUBLISH));
    g_assert_false(role_may(ROLE_EDITOR, PERMISSION_TAKE_DOWN));
    g_assert_false(role_may(ROLE_CHIEF, PERMISSION_STAFF));
    g_assert_false(role_may(ROLE_FUNDRAISER, PERMISSION_WRITE));
    g_assert_true(role_may(ROLE_ADMINISTRATOR, PERMISSION_STAFF));
    g_assert_false(role_parse("owner", &role));
    g_assert_false(role_parse("", &role));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/staff/permission/default_deny", test_default_deny);
    g_test_add_func("/staff/permission/roles", test_roles);
    return g_test_run();
}
