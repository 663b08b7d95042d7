/* The intake's rows on both engines: leases, answers, ceilings, notes. */
#include "base/clock.h"
#include "base/error.h"
#include "doubles/postgres.h"
#include "doubles/stores.h"
#include "forms/intake.h"

#include <string.h>
#include <unistd.h>

static Hash ticket(char name)
{
    return hash_of(&name, 1);
}

static void put(Store *intake, char name, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) sealed = g_bytes_new(&name, 1);
    Hash hash = ticket(name);
    intake_put(intake, &hash, sealed, now, &error);
    g_assert_no_error(error);
}

static int lease(Store *intake, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_auto(IntakeForm) form = {0};
    bool found = false;
    intake_lease(intake, now, &form, &found, &error);
    g_assert_no_error(error);
    return found ? *(const uint8_t *)g_bytes_get_data(form.sealed, NULL) : '-';
}

static void test_lease(Store *intake)
{
    put(intake, 'a', 10);
    put(intake, 'b', 20);
    put(intake, 'a', 30); /* the same ticket: nothing new */
    g_assert_cmpint(lease(intake, 5), ==, '-');
    g_assert_cmpint(lease(intake, 25), ==, 'a');
    g_assert_cmpint(lease(intake, 25), ==, 'b');
    g_assert_cmpint(lease(intake, 25), ==, '-');
    g_assert_cmpint(lease(intake, 25 + CLOCK_MINUTE), ==, 'a'); /* its worker died */
    Hash hash = ticket('b');
    intake_postpone(intake, &hash, INT64_MAX, "no", NULL);
    hash = ticket('a');
    g_autoptr(GBytes) answer = g_bytes_new_static("A", 1);
    g_assert_true(intake_finish(intake, &hash, answer, 100, NULL));
    g_assert_true(intake_finish(intake, &hash, answer, 100, NULL));
    g_assert_cmpint(lease(intake, INT64_MAX - 1 - CLOCK_MINUTE), ==, '-');
    int64_t waiting = 0;
    g_assert_true(intake_waiting(intake, &waiting, NULL));
    g_assert_cmpint(waiting, ==, 1); /* b, for a person */
}

static bool count_aside(const IntakeAside *form, void *data, GError **error)
{
    g_assert_cmpstr(form->reason, ==, "no");
    (*(unsigned *)data)++;
    return true;
}

static unsigned aside(Store *intake)
{
    unsigned count = 0;
    g_assert_true(intake_aside(intake, 10, count_aside, &count, NULL));
    return count;
}

/* Only those are a person's that nobody tries any more. */
static void test_aside(Store *intake)
{
    g_autoptr(GError) error = NULL;
    put(intake, 'x', 10);
    put(intake, 'y', 11);
    Hash x = ticket('x'), y = ticket('y');
    g_assert_cmpuint(aside(intake), ==, 0);
    g_assert_false(intake_forget(intake, &x, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_true(intake_postpone(intake, &x, INT64_MAX, "no", NULL));
    g_assert_true(intake_postpone(intake, &y, INT64_MAX, "no", NULL));
    g_assert_cmpuint(aside(intake), ==, 2);
    g_assert_true(intake_retry(intake, &x, 50, NULL));
    g_assert_false(intake_retry(intake, &x, 50, NULL));
    g_assert_cmpint(lease(intake, 60), ==, 'x');
    g_assert_true(intake_forget(intake, &y, NULL));
    g_assert_cmpuint(aside(intake), ==, 0);
}

static void test_answer(Store *intake)
{
    g_autoptr(GBytes) answer = g_bytes_new_static("A", 1);
    GBytes *read = NULL;
    bool known = true;
    Hash hash = ticket('a');
    g_assert_true(intake_answer(intake, &hash, &read, &known, NULL));
    g_assert_true(read == NULL && !known);
    put(intake, 'a', 1);
    g_assert_true(intake_answer(intake, &hash, &read, &known, NULL));
    g_assert_true(read == NULL && known);
    g_assert_true(intake_finish(intake, &hash, answer, 100, NULL));
    g_assert_true(intake_answer(intake, &hash, &read, &known, NULL));
    g_assert_true(known && g_bytes_equal(read, answer));
    g_bytes_unref(read);
    g_assert_true(intake_tidy(intake, 100 + INTAKE_ANSWER_KEPT, NULL));
    g_assert_true(intake_answer(intake, &hash, &read, &known, NULL) && known);
    g_bytes_unref(read);
    g_assert_true(intake_tidy(intake, 101 + INTAKE_ANSWER_KEPT, NULL));
    g_assert_true(intake_answer(intake, &hash, &read, &known, NULL) && !known);
}

static void test_notes(Store *intake)
{
    g_autofree char *none = intake_note(intake, "x", NULL);
    g_assert_null(none);
    g_assert_true(intake_note_set(intake, "x", "1", NULL));
    uint64_t before = store_counts(intake).writes;
    g_assert_true(intake_note_set(intake, "x", "1", NULL));
    g_assert_cmpuint(store_counts(intake).writes, ==, before);
    g_assert_true(intake_note_set(intake, "x", "2", NULL));
    g_autofree char *two = intake_note(intake, "x", NULL);
    g_assert_cmpstr(two, ==, "2");
}

static void test_large(Store *intake)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) large =
        g_bytes_new_take(g_malloc0(INTAKE_SEALED_MAX + 1), INTAKE_SEALED_MAX + 1);
    Hash hash = ticket('a');
    g_assert_false(intake_put(intake, &hash, large, 1, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
}

typedef void (*Body)(Store *intake);

static void on_engine(StoreEngine engine, Body body)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = stores_make(engine, false);
    Store *intake = intake_open(url, &error);
    g_assert_no_error(error);
    body(intake);
    store_free(intake);
    g_autoptr(Store) again = intake_open(url, &error); /* a second start changes nothing */
    g_assert_no_error(error);
    g_clear_pointer(&again, store_free);
    stores_drop(url);
}

static void on_both(gconstpointer data)
{
    Body body = *(const Body *)data;
    on_engine(STORE_SQLITE, body);
    on_engine(STORE_POSTGRES, body);
}

/* The rights of docs/forms.md, to the letter: the door can do its work and no more. */
static void test_role(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(IntakeForm) form = {0};
    g_autoptr(GBytes) answer = g_bytes_new_static("A", 1);
    g_autofree char *url = stores_make(STORE_POSTGRES, false);
    g_autofree char *role = g_strdup_printf("door_%d", (int)getpid());
    g_autofree char *rights = g_strdup_printf(
        "CREATE ROLE %s; GRANT SELECT ON store_migration, intake_note TO %s; "
        "GRANT SELECT, INSERT ON intake_form TO %s; GRANT SELECT ON intake_answer TO %s",
        role, role, role, role);
    g_autofree char *take_away = g_strdup_printf("DROP OWNED BY %s; DROP ROLE %s", role, role);
    g_autofree char *as_role = g_strdup_printf("%s%soptions=-crole%%3D%s", url,
                                               strchr(url, '?') != NULL ? "&" : "?", role);
    Store *owner = intake_open(url, &error);
    g_assert_no_error(error);
    store_free(owner);
    postgres_double_admin(url, rights);
    Store *door = intake_open(as_role, &error);
    g_assert_no_error(error);
    put(door, 'a', 1);
    GBytes *read = NULL;
    bool known = false, found = false;
    Hash hash = ticket('a');
    g_assert_true(intake_answer(door, &hash, &read, &known, NULL) && known);
    g_assert_false(intake_lease(door, 5, &form, &found, NULL));
    g_assert_false(intake_finish(door, &hash, answer, 5, NULL));
    g_assert_false(intake_postpone(door, &hash, 5, "", NULL));
    g_assert_false(intake_note_set(door, "site", "{}", NULL));
    g_assert_false(intake_tidy(door, INT64_MAX, NULL));
    store_free(door);
    postgres_double_admin(url, take_away);
    stores_drop(url);
}

int main(int argc, char **argv)
{
    static const Body bodies[] = {test_lease, test_aside, test_answer, test_notes, test_large};
    static const char *const names[] = {"/intake/lease", "/intake/aside", "/intake/answer",
                                        "/intake/notes", "/intake/large"};
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_test_add_data_func(names[i], &bodies[i], on_both);
    }
    g_test_add_func("/intake/role", test_role);
    return g_test_run();
}
