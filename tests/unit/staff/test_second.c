/* Second factors, on both engines: codes once, recovery codes once, nothing in the database that
 * makes codes. */
#include "staff/second.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "staff/person.h"
#include "staff/session.h"

#include <string.h>

#define NOW   INT64_C(1795000000000000)
#define NONCE "0123456789abcdef0123456789abcdef"

static const Secret secret = {{7}};

static int64_t somebody(Store *store)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_true(person_add(store, "Anna", "anna@b.example", ROLE_EDITOR, 0, NOW, &id, &error));
    return id;
}

static void code_at(int64_t person, int64_t now, char code[TOTP_DIGITS + 1])
{
    uint8_t totp[TOTP_SECRET];
    second_secret(&secret, person, NONCE, totp);
    totp_code(totp, now, code);
}

static bool taken(Store *store, int64_t person, const char *code, int64_t now)
{
    g_autoptr(GError) error = NULL;
    bool done = second_take(store, &secret, person, code, now, &error);
    g_assert_true(done || g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED));
    return done;
}

static void turn_on(Store *store, int64_t person, char codes[SECOND_CODES][SECOND_RECOVERY])
{
    g_autoptr(GError) error = NULL;
    char code[TOTP_DIGITS + 1];
    code_at(person, NOW, code);
    g_assert_true(second_set(store, &secret, person, NONCE, code, NOW, codes, &error));
    g_assert_no_error(error);
}

static void test_codes(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char codes[SECOND_CODES][SECOND_RECOVERY] = {""}, code[TOTP_DIGITS + 1];
    Second second;
    int64_t anna = somebody(store);
    g_assert_false(taken(store, anna, "123456", NOW)); /* it is not on */
    g_assert_false(second_set(store, &secret, anna, NONCE, "12345", NOW, codes, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED);
    g_assert_cmpstr(codes[0], ==, "");
    turn_on(store, anna, codes);
    g_assert_true(second_read(store, anna, &second, NULL));
    g_assert_true(second.on);
    g_assert_cmpuint(second.codes, ==, SECOND_CODES);
    code_at(anna, NOW, code);
    g_assert_false(taken(store, anna, code, NOW)); /* used when it was turned on */
    code_at(anna, NOW + TOTP_STEP, code);
    g_assert_true(taken(store, anna, code, NOW));
    g_assert_false(taken(store, anna, code, NOW));
    code_at(anna, NOW + 5 * TOTP_STEP, code);
    g_assert_false(taken(store, anna, code, NOW));
}

static void test_recovery(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char codes[SECOND_CODES][SECOND_RECOVERY];
    Second second;
    int64_t anna = somebody(store);
    turn_on(store, anna, codes);
    for (unsigned i = 0; i < SECOND_CODES; i++) {
        g_assert_cmpuint(strlen(codes[i]), ==, SECOND_RECOVERY - 1);
        g_assert_true(codes[i][5] == '-' && strchr(codes[i], '-') == strrchr(codes[i], '-'));
        g_assert_true(i == 0 || strcmp(codes[i], codes[i - 1]) != 0);
    }
    g_autofree char *typed = g_ascii_strup(codes[4], -1);
    *strchr(typed, '-') = ' ';
    g_assert_true(taken(store, anna, typed, NOW));
    g_assert_false(taken(store, anna, codes[4], NOW));
    g_assert_true(second_read(store, anna, &second, &error));
    g_assert_cmpuint(second.codes, ==, SECOND_CODES - 1);
    g_assert_true(second_remove(store, anna, anna, NOW, &error));
    g_assert_false(taken(store, anna, codes[5], NOW));
    g_assert_true(second_remove(store, anna, anna, NOW, &error)); /* off already */
}

static unsigned sessions(Store *store, int64_t person)
{
    g_autoptr(GPtrArray) all = session_list(store, person, NOW, NULL);
    return all->len;
}

/* What was opened before it was on is no session of hers any more; a wrong code ends none. */
static void test_sessions(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char codes[SECOND_CODES][SECOND_RECOVERY], token[SESSION_TOKEN];
    int64_t anna = somebody(store), boris = 0;
    g_assert_true(person_add(store, "Boris", "b@b.example", ROLE_REPORTER, 0, NOW, &boris, NULL));
    g_assert_true(session_begin(store, anna, SESSION_WHOLE, "", NOW, token, NULL));
    g_assert_true(session_begin(store, anna, SESSION_WHOLE, "", NOW, token, NULL));
    g_assert_true(session_begin(store, boris, SESSION_WHOLE, "", NOW, token, NULL));
    g_assert_false(second_set(store, &secret, anna, NONCE, "12345", NOW, codes, &error));
    g_assert_cmpuint(sessions(store, anna), ==, 2);
    turn_on(store, anna, codes);
    g_assert_cmpuint(sessions(store, anna), ==, 0);
    g_assert_cmpuint(sessions(store, boris), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/staff/second/codes", test_codes);
    stores_test_add("/staff/second/recovery", test_recovery);
    stores_test_add("/staff/second/sessions", test_sessions);
    return g_test_run();
}
