/* People of the staff, on both engines: addresses, passwords, roles, the last administrator. */
#include "staff/person.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "staff/audit.h"
#include "staff/second.h"
#include "staff/session.h"

#define NOW  INT64_C(1795000000000000)
#define WORD "correct horse battery"

static int64_t added(Store *store, const char *email, Role role)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_true(person_add(store, "Anna Berg", email, role, 0, NOW, &id, &error));
    g_assert_no_error(error);
    return id;
}

static void refused(Store *store, const char *name, const char *email, KolokolError code)
{
    g_autoptr(GError) error = NULL;
    int64_t id = -7;
    g_assert_false(person_add(store, name, email, ROLE_REPORTER, 0, NOW, &id, &error));
    g_assert_error(error, KOLOKOL_ERROR, (int)code);
    g_assert_cmpint(id, ==, -7);
}

static void test_add(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t id = added(store, "Anna@Bell.Example", ROLE_EDITOR);
    g_autoptr(Person) person = person_by_email(store, "ANNA@bell.example", &error);
    g_assert_no_error(error);
    g_assert_cmpint(person->id, ==, id);
    g_assert_cmpstr(person->email, ==, "anna@bell.example");
    g_assert_cmpint(person->role, ==, ROLE_EDITOR);
    g_assert_cmpint(person->state, ==, PERSON_INVITED);
    refused(store, "Anna", "anna@bell.example", KOLOKOL_ERROR_CONFLICT);
    refused(store, "", "b@bell.example", KOLOKOL_ERROR_INVALID);
    refused(store, "B\nBcc: x", "b@bell.example", KOLOKOL_ERROR_INVALID);
    refused(store, "B", "b", KOLOKOL_ERROR_INVALID);
    refused(store, "B", "a@b@c", KOLOKOL_ERROR_INVALID);
    refused(store, "B", "b@bell..example", KOLOKOL_ERROR_INVALID);
    refused(store, "B", " b@bell.example", KOLOKOL_ERROR_INVALID);
    refused(store, "B", "b@bell.example\r\nBcc: x@y", KOLOKOL_ERROR_INVALID);
    g_autoptr(GPtrArray) all = person_list(store, &error);
    g_assert_cmpuint(all->len, ==, 1);
}

static void denied(Store *store, const char *email, const char *password)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(person_sign_in(store, email, password, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED);
    g_assert_cmpstr(error->message, ==, "address or password is wrong");
}

static void test_sign_in(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL, weak = NULL;
    int64_t id = added(store, "anna@bell.example", ROLE_REPORTER);
    denied(store, "anna@bell.example", "");
    g_assert_false(person_set_password(store, id, "short", id, NOW, &weak));
    g_assert_error(weak, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_true(person_set_password(store, id, WORD, id, NOW, &error));
    g_autoptr(Person) person = person_sign_in(store, "Anna@bell.example", WORD, &error);
    g_assert_no_error(error);
    g_assert_cmpint(person->id, ==, id);
    denied(store, "anna@bell.example", WORD "!");
    denied(store, "nobody@bell.example", WORD);
    denied(store, "anna@bell.example\xff", WORD);
    g_assert_true(person_disable(store, id, 0, NOW, &error));
    denied(store, "anna@bell.example", WORD);
    g_assert_false(person_set_password(store, id, WORD, id, NOW, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
}

static void test_last_administrator(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL, role = NULL;
    g_autofree char *last = NULL;
    int64_t rows = 0;
    int64_t id = added(store, "anna@bell.example", ROLE_ADMINISTRATOR);
    g_assert_true(person_set_password(store, id, WORD, id, NOW, &error));
    g_assert_false(person_set_role(store, id, ROLE_REPORTER, id, NOW, &role));
    g_assert_error(role, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_assert_false(person_disable(store, id, id, NOW, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_clear_error(&error);
    int64_t other = added(store, "boris@bell.example", ROLE_ADMINISTRATOR);
    g_assert_true(person_set_password(store, other, WORD, other, NOW, &error));
    g_assert_true(person_disable(store, id, other, NOW, &error));
    g_assert_true(audit_verify(store, &rows, &last, &error));
    g_assert_cmpint(rows, ==, 5);
}

static unsigned sessions(Store *store, int64_t id)
{
    g_autoptr(GPtrArray) all = session_list(store, id, NOW, NULL);
    return all->len;
}

/* Promoted to a role that needs the second factor, who has one is signed out like who has none: a
 * session may be older than the factor. Who needs none, or is of the demo, goes on. */
static void test_promotion(Store *store, const char *url)
{
    static const Secret secret = {{7}};
    g_autoptr(GError) error = NULL;
    char token[SESSION_TOKEN], code[TOTP_DIGITS + 1], codes[SECOND_CODES][SECOND_RECOVERY];
    uint8_t totp[TOTP_SECRET];
    int64_t people[3] = {added(store, "anna@bell.example", ROLE_REPORTER),
                         added(store, "boris@bell.example", ROLE_REPORTER)};
    g_assert_true(person_add_demo(store, "Vera", "vera@bell.example", ROLE_REPORTER, NOW,
                                  &people[2], &error));
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++) {
        g_assert_true(person_set_hash(store, people[i], "-", 0, NOW, &error));
    }
    second_secret(&secret, people[1], "nonce", totp);
    totp_code(totp, NOW, code);
    g_assert_true(second_set(store, &secret, people[1], "nonce", code, NOW, codes, &error));
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++) {
        g_assert_true(session_begin(store, people[i], SESSION_WHOLE, "", NOW, token, &error));
        g_assert_true(person_set_role(store, people[i], ROLE_CHIEF, 0, NOW, &error));
        g_assert_cmpuint(sessions(store, people[i]), ==, i == 2 ? 1 : 0);
    }
    g_assert_true(session_begin(store, people[1], SESSION_WHOLE, "", NOW, token, &error));
    g_assert_true(person_set_role(store, people[1], ROLE_REPORTER, 0, NOW, &error));
    g_assert_cmpuint(sessions(store, people[1]), ==, 1);
    g_assert_true(second_remove(store, people[1], people[1], NOW, &error)); /* as it may be */
    g_assert_cmpuint(sessions(store, people[1]), ==, 1);
    g_assert_true(person_set_role(store, people[1], ROLE_EDITOR, 0, NOW, &error));
    g_assert_cmpuint(sessions(store, people[1]), ==, 0);
}

typedef struct {
    const char *url;
    int64_t by, whom;
} Duel;

static gpointer duel(gpointer data)
{
    const Duel *duel = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(duel->url, &error);
    g_assert_no_error(error);
    person_disable(store, duel->whom, duel->by, NOW, NULL);
    return NULL;
}

/* Two who disable each other at the same moment: one is left. */
static void test_duel(Store *store, const char *url)
{
    int64_t left = added(store, "first@bell.example", ROLE_ADMINISTRATOR);
    g_assert_true(person_set_hash(store, left, "-", 0, NOW, NULL));
    for (unsigned round = 0; round < 8; round++) {
        g_autofree char *email = g_strdup_printf("p%u@bell.example", round);
        int64_t other = added(store, email, ROLE_ADMINISTRATOR);
        g_assert_true(person_set_hash(store, other, "-", 0, NOW, NULL));
        Duel one = {url, left, other}, two = {url, other, left};
        GThread *first = g_thread_new("one", duel, &one), *second = g_thread_new("two", duel, &two);
        g_thread_join(first);
        g_thread_join(second);
        g_autoptr(Person) a = person_read(store, left, NULL);
        g_autoptr(Person) b = person_read(store, other, NULL);
        g_assert_true((a->state == PERSON_ACTIVE) != (b->state == PERSON_ACTIVE));
        left = a->state == PERSON_ACTIVE ? left : other;
    }
}

static void test_return(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t id = added(store, "anna@bell.example", ROLE_EDITOR);
    g_assert_false(person_return(store, id, 0, NOW, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_assert_true(person_set_password(store, id, WORD, 0, NOW, NULL));
    g_assert_true(person_disable(store, id, 0, NOW, NULL));
    g_assert_true(person_return(store, id, 0, NOW, NULL));
    g_autoptr(Person) person = person_read(store, id, NULL);
    g_assert_cmpint(person->state, ==, PERSON_INVITED);
    g_assert_cmpstr(person->password, ==, "");
    denied(store, "anna@bell.example", WORD);
}

static void test_language(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t id = added(store, "a@b.example", ROLE_REPORTER);
    g_autoptr(Person) before = person_read(store, id, NULL);
    g_assert_cmpstr(before->language, ==, "");
    g_assert_true(person_set_language(store, id, "ar", &error));
    g_autoptr(Person) after = person_by_email(store, "a@b.example", NULL);
    g_assert_cmpstr(after->language, ==, "ar");
    g_assert_false(person_set_language(store, id, "a-very-long-tag-of-no-language", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/staff/person/add", test_add);
    stores_test_add("/staff/person/sign_in", test_sign_in);
    stores_test_add("/staff/person/last_administrator", test_last_administrator);
    stores_test_add("/staff/person/promotion", test_promotion);
    stores_test_add("/staff/person/duel", test_duel);
    stores_test_add("/staff/person/return", test_return);
    stores_test_add("/staff/person/language", test_language);
    return g_test_run();
}
