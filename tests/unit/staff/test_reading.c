/* Links for readers outside, on both engines: what ends them, that openings are counted, that a
 * token is nowhere in the database. */
#include "staff/reading.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"
#include "staff/audit.h"
#include "staff/person.h"
#include "staff/session.h"
#include "staff_reading_sql.h"

#include <string.h>

#define NOW INT64_C(1795000000000000)

static int64_t somebody(Store *store, const char *email, Role role)
{
    int64_t id = 0;
    g_autoptr(GError) error = NULL;
    g_assert_true(person_add(store, "Anna", email, role, 0, NOW, &id, &error));
    g_assert_true(person_set_password(store, id, "correct horse battery", 0, NOW, &error));
    return id;
}

static void made(Store *store, int64_t story, int64_t person, char token[READING_TOKEN])
{
    g_autoptr(GError) error = NULL;
    ReadingActor by = {.person = person};
    g_assert_true(reading_make(store, story, &by, "A lawyer", 24, NOW, token, &error));
    g_assert_no_error(error);
}

static bool good(Store *store, const char *token, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Reading) reading = reading_find(store, token, now, &error);
    g_assert_true(reading != NULL ||
                  g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND));
    return reading != NULL;
}

static void test_open(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t anna = somebody(store, "a@bell.example", ROLE_EDITOR);
    char token[READING_TOKEN];
    made(store, 7, anna, token);
    g_autoptr(Reading) reading = reading_find(store, token, NOW, &error);
    g_assert_cmpint(reading->story, ==, 7);
    g_assert_cmpint(reading->opened, ==, 0); /* looking changes nothing */
    g_assert_true(reading_open(store, reading, NOW + 5, &error));
    g_assert_true(reading_open(store, reading, NOW + 6, &error));
    g_autoptr(GPtrArray) list = reading_list(store, 7, 10, &error);
    g_assert_cmpuint(list->len, ==, 1);
    const Reading *listed = list->pdata[0];
    g_assert_cmpint(listed->opened, ==, 2);
    g_assert_cmpint(listed->last, ==, NOW + 6);
    g_assert_cmpstr(listed->name, ==, "A lawyer");
    g_assert_cmpstr(listed->maker, ==, "Anna");
    for (unsigned i = 2; i < READING_OPENINGS; i++) {
        g_assert_true(reading_open(store, reading, NOW + 7, &error));
    }
    g_assert_false(reading_open(store, reading, NOW + 8, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_false(good(store, token, NOW + 8));
    g_autofree char *last = NULL;
    int64_t rows = 0;
    g_assert_true(audit_verify(store, &rows, &last, NULL));
    g_assert_cmpint(rows, >=, READING_OPENINGS + 1);
}

static void assert_nothing_to_end(Store *store, int64_t story, int64_t id, int64_t by)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(reading_end(store, story, id, &(ReadingActor){by, NULL}, NOW, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

static void test_ends(Store *store, const char *url)
{
    int64_t anna = somebody(store, "a@bell.example", ROLE_EDITOR);
    int64_t bert = somebody(store, "b@bell.example", ROLE_CHIEF);
    char token[READING_TOKEN], other[READING_TOKEN];
    made(store, 7, bert, other);
    made(store, 7, anna, token);
    g_assert_false(good(store, "", NOW));
    g_assert_false(good(store, "00000000000000000000000000000000", NOW));
    g_assert_true(good(store, token, NOW + CLOCK_DAY - 1));
    g_assert_false(good(store, token, NOW + CLOCK_DAY));
    assert_nothing_to_end(store, 8, 2, anna);
    g_assert_true(good(store, token, NOW)); /* that was another story's number */
    g_assert_true(reading_end(store, 7, 2, &(ReadingActor){anna, NULL}, NOW, NULL));
    assert_nothing_to_end(store, 7, 2, anna);
    g_assert_false(good(store, token, NOW));
    made(store, 7, anna, token);
    g_assert_true(person_set_role(store, anna, ROLE_REPORTER, bert, NOW, NULL));
    g_assert_true(person_set_role(store, anna, ROLE_EDITOR, bert, NOW, NULL));
    g_assert_false(good(store, token, NOW)); /* nor does it come back */
    made(store, 7, anna, token);
    g_assert_true(person_set_password(store, anna, "another long password", 0, NOW, NULL));
    g_assert_false(good(store, token, NOW));
    made(store, 7, anna, token);
    g_assert_true(person_disable(store, anna, 0, NOW, NULL));
    g_assert_false(good(store, token, NOW));
    g_assert_true(good(store, other, NOW));
    g_assert_true(reading_end_of_story(store, 7, NOW, NULL));
    g_assert_false(good(store, other, NOW));
    made(store, 8, bert, other);
    g_assert_true(session_end_everybody(store, 0, NOW, NULL));
    g_assert_false(good(store, other, NOW));
}

static void test_limits(Store *store, const char *url)
{
    static const char *const names[] = {"", "  ", "a\nb", "\xff"};
    int64_t anna = somebody(store, "a@bell.example", ROLE_EDITOR);
    ReadingActor by = {.person = anna};
    char token[READING_TOKEN] = "kept";
    g_autofree char *lengthy = g_strnfill(READING_NAME + 1, 'x');
    for (size_t i = 0; i <= G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        const char *name = i == G_N_ELEMENTS(names) ? lengthy : names[i];
        g_assert_false(reading_make(store, 7, &by, name, 1, NOW, token, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    for (unsigned hours = 0; hours <= READING_HOURS_MOST + 1; hours += READING_HOURS_MOST + 1) {
        g_autoptr(GError) error = NULL;
        g_assert_false(reading_make(store, 7, &by, "x", hours, NOW, token, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    g_assert_cmpstr(token, ==, "kept");
    for (unsigned i = 0; i < READING_LINKS; i++) {
        made(store, 7, anna, token);
    }
    g_autoptr(GError) error = NULL;
    g_assert_false(reading_make(store, 7, &by, "x", 1, NOW, token, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    /* Old ones are forgotten when a new one is made. */
    int64_t later = NOW + (READING_KEPT_DAYS + 2) * CLOCK_DAY;
    g_assert_true(reading_make(store, 7, &by, "x", 1, later, token, NULL));
    g_autoptr(GPtrArray) list = reading_list(store, 7, 100, NULL);
    g_assert_cmpuint(list->len, ==, 1);
}

static void test_hashed(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char token[READING_TOKEN];
    made(store, 7, somebody(store, "a@bell.example", ROLE_EDITOR), token);
    g_autoptr(StoreRows) rows = staff_reading_by_hash(store, token, NOW, &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_END);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/staff/reading/open", test_open);
    stores_test_add("/staff/reading/ends", test_ends);
    stores_test_add("/staff/reading/limits", test_limits);
    stores_test_add("/staff/reading/hashed", test_hashed);
    return g_test_run();
}
