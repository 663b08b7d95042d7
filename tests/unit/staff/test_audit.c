/* The chain of the audit log, on both engines: it grows whole, and shows what was changed in it. */
#include "staff/audit.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "staff_sql.h"

#include <string.h>

static void add(Store *store, const char *subject)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(audit_add(store, 1, "staff.add", subject, "reporter", 1000, &error));
    g_assert_no_error(error);
}

static bool count(const AuditRow *row, void *data, GError **error)
{
    ++*(int *)data;
    return true;
}

static void test_chain(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *none = NULL, *last = NULL;
    int64_t rows = -1;
    int seen = 0;
    g_assert_true(audit_verify(store, &rows, &none, &error));
    g_assert_cmpint(rows, ==, 0);
    g_assert_cmpstr(none, ==, "");
    g_autofree char *lengthy = g_strnfill(AUDIT_TEXT + 50, 'x');
    add(store, "a@bell.example");
    add(store, lengthy);
    add(store, "\xff\xfe");
    g_assert_true(audit_verify(store, &rows, &last, &error));
    g_assert_cmpint(rows, ==, 3);
    g_assert_cmpuint(strlen(last), ==, 64);
    g_assert_true(audit_list(store, 1, 10, count, &seen, &error));
    g_assert_cmpint(seen, ==, 2);
}

static void test_changed(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char *last = NULL;
    int64_t rows = 0;
    add(store, "a");
    g_assert_true(staff_audit_insert(store, 2, 1000, 1, "staff.add", "b", "", "00", &error));
    g_assert_false(audit_verify(store, &rows, &last, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    g_assert_nonnull(strstr(error->message, "row 2"));
    g_assert_null(last);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/staff/audit/chain", test_chain);
    stores_test_add("/staff/audit/changed", test_changed);
    return g_test_run();
}
