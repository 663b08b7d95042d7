/* The chain of the audit log, on both engines: it grows whole, and shows what was changed in it. */
#include "staff/audit.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "staff_sql.h"

#include <string.h>

#define OLD_FIRST  "57da7fde1e10e33b4524f6b0f260fd958b8978bec20c200f3e042d3a818c6af1"
#define OLD_SECOND "291fdf8d5f375d09e08f7784b1181e2a407e852c992fb2dd89917bc4bd666698"

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
    g_assert_true(
        staff_audit_insert(store, 2, 1000, 1, "staff.add", "b", "", "00", "", "", &error));
    g_assert_false(audit_verify(store, &rows, &last, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    g_assert_nonnull(strstr(error->message, "row 2"));
    g_assert_null(last);
}

static bool is_anna(const AuditRow *row, const void *data)
{
    return strstr(row->subject, data) != NULL || strstr(row->detail, data) != NULL;
}

static bool no_anna(const AuditRow *row, void *data, GError **error)
{
    g_assert_false(is_anna(row, "anna"));
    g_assert_true(!row->erased || (*row->salt == '\0' && *row->subject == '\0'));
    *(int *)data += row->erased;
    return true;
}

/* The chain as it was before there were seals, of two rows. */
static void add_old(Store *store)
{
    g_autoptr(GError) error = NULL;
    static const char *const hashes[] = {OLD_FIRST, OLD_SECOND};
    for (int i = 0; i < 2; i++) {
        int64_t number = 0;
        g_assert_true(store_next_id(store, "staff_audit", &number, &error));
        g_assert_true(staff_audit_insert(store, number, 1000, 1, "staff.add", "anna", "reporter",
                                         hashes[i], "", "", &error));
    }
}

/* Rows with a word are erased, sealed ones and those of before; the chain holds, and one of which
 * nothing tells does not. */
static void test_erase(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *last = NULL, *after = NULL;
    int64_t rows = 0;
    int erased = 0;
    add_old(store);
    add(store, "anna@bell.example");
    add(store, "boris@bell.example");
    g_assert_true(audit_verify(store, &rows, &last, &error));
    g_assert_no_error(error);
    g_assert_true(audit_erase(store, is_anna, "nobody", 2000, &error));
    g_assert_true(audit_verify(store, &rows, &after, &error));
    g_assert_cmpstr(last, ==, after);
    g_assert_true(audit_erase(store, is_anna, "anna", 2000, &error));
    g_assert_true(audit_erase(store, is_anna, "anna", 2000, &error)); /* nothing is left */
    g_clear_pointer(&after, g_free);
    g_assert_true(audit_verify(store, &rows, &after, &error));
    g_assert_no_error(error);
    g_assert_cmpint(rows, ==, 5);
    g_assert_true(audit_list(store, 0, 10, no_anna, &erased, &error));
    g_assert_cmpint(erased, ==, 3);
    g_assert_true(staff_audit_erase(store, 4, &error)); /* unsaid */
    g_clear_pointer(&after, g_free);
    g_assert_false(audit_verify(store, &rows, &after, &error));
    g_assert_nonnull(strstr(error->message, "row 4"));
}

/* As many rows tell of it as the numbers need. */
static void test_erase_many(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *last = NULL;
    int64_t rows = 0;
    for (int i = 0; i < 600; i++) {
        add(store, "anna@bell.example");
    }
    g_assert_true(audit_erase(store, is_anna, "anna", 2000, &error));
    g_assert_true(audit_verify(store, &rows, &last, &error));
    g_assert_no_error(error);
    g_assert_cmpint(rows, ==, 602);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/staff/audit/chain", test_chain);
    stores_test_add("/staff/audit/changed", test_changed);
    stores_test_add("/staff/audit/erase", test_erase);
    stores_test_add("/staff/audit/erase_many", test_erase_many);
    return g_test_run();
}
