/* What is SQLite's alone: the file's mode, its settings, files that are no database. */
#include "base/error.h"
#include "doubles/stores.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

static int64_t pragma(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *prepared = NULL;
    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &prepared, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_step(prepared), ==, SQLITE_ROW);
    const unsigned char *text = sqlite3_column_text(prepared, 0);
    int64_t value = strcmp((const char *)text, "ok") == 0 || strcmp((const char *)text, "wal") == 0;
    sqlite3_finalize(prepared);
    sqlite3_close(db);
    return value;
}

/* Readable by its owner only, and by the sqlite3 shell without anything of ours. */
static void test_file(void)
{
    g_autofree char *url = stores_make(STORE_SQLITE, true);
    const char *path = url + strlen("sqlite:");
    struct stat info = {0};
    g_assert_cmpint(stat(path, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0600);
    g_assert_true(pragma(path, "PRAGMA journal_mode"));
    g_assert_true(pragma(path, "PRAGMA integrity_check"));
    stores_drop(url);
}

static void test_no_database(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = stores_make(STORE_SQLITE, false);
    const char *path = url + strlen("sqlite:");
    g_autofree char *noise = g_strnfill(5000, 'x');
    g_assert_true(g_file_set_contents(path, noise, 5000, NULL));
    g_assert_null(store_open(url, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_assert_nonnull(strstr(error->message, path));
    stores_drop(url);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/sqlite/file", test_file);
    g_test_add_func("/store/sqlite/no-database", test_no_database);
    return g_test_run();
}
