/* Sessions, on both engines: their ends, and that a token is nowhere in the database. */
#include "staff/session.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "staff/person.h"
#include "staff_sql.h"

#define NOW INT64_C(1795000000000000)

static int64_t somebody(Store *store, const char *email)
{
    int64_t id = 0;
    g_autoptr(GError) error = NULL;
    g_assert_true(person_add(store, "Anna", email, ROLE_REPORTER, 0, NOW, &id, &error));
    g_assert_true(person_set_password(store, id, "correct horse battery", 0, NOW, &error));
    return id;
}

static void begun(Store *store, int64_t person, SessionLevel level, char token[SESSION_TOKEN])
{
    g_autoptr(GError) error = NULL;
    g_assert_true(session_begin(store, person, level, "Browser \xff 1", NOW, token, &error));
    g_assert_no_error(error);
}

static bool holds(Store *store, const char *token, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Session) session = session_find(store, token, now, &error);
    if (session == NULL) {
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    }
    return session != NULL;
}

static void test_limits(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char token[SESSION_TOKEN], pending[SESSION_TOKEN];
    int64_t anna = somebody(store, "anna@bell.example");
    begun(store, anna, SESSION_WHOLE, token);
    begun(store, anna, SESSION_SECOND_FACTOR, pending);
    g_assert_true(holds(store, token, NOW + SESSION_IDLE - 1));
    g_assert_false(holds(store, token, NOW + SESSION_IDLE));
    g_assert_true(holds(store, pending, NOW + SESSION_PENDING - 1));
    g_assert_false(holds(store, pending, NOW + SESSION_PENDING));
    g_assert_false(holds(store, "", NOW));
    g_assert_false(holds(store, "00000000000000000000000000000000", NOW));
    g_autoptr(Session) session = session_find(store, token, NOW, &error);
    int64_t at = NOW;
    for (; at < NOW + SESSION_MOST; at += SESSION_IDLE / 2) {
        g_assert_true(session_note(store, session, at, &error));
    }
    g_assert_false(holds(store, token, NOW + SESSION_MOST));
}

static void test_ends(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char one[SESSION_TOKEN], two[SESSION_TOKEN], other[SESSION_TOKEN];
    int64_t anna = somebody(store, "anna@bell.example");
    int64_t boris = somebody(store, "boris@bell.example");
    begun(store, anna, SESSION_WHOLE, one);
    begun(store, anna, SESSION_WHOLE, two);
    begun(store, boris, SESSION_WHOLE, other);
    g_assert_cmpstr(one, !=, two);
    g_autoptr(GPtrArray) list = session_list(store, anna, NOW, &error);
    g_assert_cmpuint(list->len, ==, 2);
    int64_t newest = ((const Session *)list->pdata[0])->id;
    g_assert_true(session_end(store, boris, newest, &error));
    g_assert_true(holds(store, two, NOW)); /* not his to end */
    g_assert_true(session_end(store, anna, newest, &error));
    g_assert_false(holds(store, two, NOW));
    g_assert_true(holds(store, one, NOW));
    g_assert_true(person_disable(store, anna, 0, NOW, &error));
    g_assert_false(holds(store, one, NOW));
    g_assert_true(holds(store, other, NOW));
    g_assert_true(session_end_everybody(store, boris, NOW, &error));
    g_assert_false(holds(store, other, NOW));
}

/* What is stored does not open the door. */
static void test_hashed(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char token[SESSION_TOKEN];
    begun(store, somebody(store, "anna@bell.example"), SESSION_WHOLE, token);
    g_autoptr(StoreRows) rows = staff_session_by_hash(store, token, NOW, 0, &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_END);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/staff/session/limits", test_limits);
    stores_test_add("/staff/session/ends", test_ends);
    stores_test_add("/staff/session/hashed", test_hashed);
    return g_test_run();
}
