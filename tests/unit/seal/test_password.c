/* Passwords: what is accepted, what is stored, and that nothing else opens. */
#include "seal/password.h"

#include "base/error.h"

#include <string.h>

#define WORD "correct horse battery"

static void test_check(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *one = password_hash(WORD, &error);
    g_autofree char *two = password_hash(WORD, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(one, !=, two);
    g_assert_null(strstr(one, "horse"));
    g_assert_true(password_check(one, WORD));
    g_assert_true(password_check(two, WORD));
    g_assert_false(password_check(one, "Correct horse battery"));
    g_assert_false(password_check(one, ""));
}

/* A stored text that is none is refused after the same work, also for the empty password. */
static void test_no_account(void)
{
    static const char *const stored[] = {"", "$argon2id$k1$", "$argon2id$k1$00$00", "plain"};
    for (size_t i = 0; i < G_N_ELEMENTS(stored); i++) {
        g_assert_false(password_check(stored[i], ""));
        g_assert_false(password_check(stored[i], stored[i]));
    }
}

/* What was made for tests opens nothing elsewhere, and the other way round. */
static void test_cheap(void)
{
    g_autofree char *real = password_hash(WORD, NULL);
    g_assert_true(g_str_has_prefix(real, "$argon2id$k1$"));
    password_cheap(true);
    g_autofree char *cheap = password_hash(WORD, NULL);
    g_assert_true(password_check(cheap, WORD));
    g_assert_false(password_check(cheap, "wrong horse battery"));
    g_assert_false(password_check(real, WORD));
    password_cheap(false);
    g_assert_false(password_check(cheap, WORD));
    g_assert_true(password_check(real, WORD));
}

static void test_limits(void)
{
    g_autofree char *lengthy = g_strnfill(PASSWORD_MOST + 1, 'x');

    const struct {
        const char *password;
        KolokolError code;
    } rows[] = {{"elevenchars", KOLOKOL_ERROR_INVALID},
                {"not utf-8 \xff\xff\xff", KOLOKOL_ERROR_INVALID},
                {lengthy, KOLOKOL_ERROR_LIMIT}};

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(password_hash(rows[i].password, &error));
        g_assert_error(error, KOLOKOL_ERROR, (int)rows[i].code);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/seal/password/check", test_check);
    g_test_add_func("/seal/password/no_account", test_no_account);
    g_test_add_func("/seal/password/cheap", test_cheap);
    g_test_add_func("/seal/password/limits", test_limits);
    return g_test_run();
}
