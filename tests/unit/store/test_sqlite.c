/* What is SQLite's alone: the file's mode, its settings, files that are no database. */
#include "base/error.h"
#include "doubles/stores.h"

#include "probe.h"

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

/* In how many of the database's files a text stands. */
static unsigned files_with(const char *path, const char *text)
{
    static const char *const endings[] = {"", "-wal"};
    unsigned found = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *name = g_strconcat(path, endings[i], NULL);
        g_autofree char *bytes = NULL;
        gsize length = 0;
        if (g_file_get_contents(name, &bytes, &length, NULL)) {
            found += memmem(bytes, length, text, strlen(text)) != NULL;
        }
    }
    return found;
}

static void add_rows(Store *store, const char *words, int64_t first, int64_t count)
{
    for (int64_t i = first; i < first + count; i++) {
        g_autofree char *text = g_strnfill((gsize)(i * 37 % 3000), 'x');
        g_autofree char *all = g_strconcat(words, text, NULL);
        g_assert_true(probe_insert(store, i, NULL, all, "", 0, NULL));
    }
}

/* What was deleted stands in the file, and does not after a scrub; another connection goes on. */
static void test_scrub(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = stores_make(STORE_SQLITE, true);
    const char *path = url + strlen("sqlite:");
    g_autoptr(Store) store = store_open(url, &error);
    g_autoptr(Store) other = store_open(url, &error);
    g_assert_no_error(error);
    probe_make(store);
    add_rows(store, "kept-words", 1, 200);
    add_rows(store, "secret-words", 201, 200);
    for (int64_t i = 201; i <= 400; i++) {
        g_assert_true(probe_delete(store, i, NULL));
    }
    g_assert_cmpint(probe_number(probe_count(other, NULL)), ==, 200);
    g_assert_cmpuint(files_with(path, "secret-words"), >, 0);
    g_assert_true(store_scrub(store, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(files_with(path, "secret-words"), ==, 0);
    g_assert_cmpuint(files_with(path, "kept-words"), ==, 1);
    g_assert_cmpint(probe_number(probe_count(other, NULL)), ==, 200);
    g_assert_true(probe_delete(other, 1, NULL));
    g_clear_pointer(&store, store_free);
    g_clear_pointer(&other, store_free);
    stores_drop(url);
}

static bool scrub_inside(Store *store, void *data, GError **error)
{
    return store_scrub(store, error);
}

/* Not in a transaction. */
static void test_scrub_refused(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = stores_make(STORE_SQLITE, true);
    g_autoptr(Store) store = store_open(url, &error);
    g_assert_false(store_transact(store, scrub_inside, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_pointer(&store, store_free);
    stores_drop(url);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/sqlite/file", test_file);
    g_test_add_func("/store/sqlite/no-database", test_no_database);
    g_test_add_func("/store/sqlite/scrub", test_scrub);
    g_test_add_func("/store/sqlite/scrub-refused", test_scrub_refused);
    return g_test_run();
}
