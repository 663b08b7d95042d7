/* Migrations on both engines: from nothing, again, at once by two, and a schema from the future. */
#include "base/error.h"
#include "doubles/stores.h"
#include "store/migrations.h"
#include "store_sql.h"

#include <string.h>

static void test_again(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    StoreCounts before = store_counts(store);
    g_assert_true(store_migrate(store, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(store_counts(store).writes, ==, before.writes);
}

static void test_newer(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(store_migration_done(store, 9999, "9999_future.sql", 1, &error));
    g_assert_false(store_migrate(store, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_assert_nonnull(strstr(error->message, "newer Kolokol"));
}

static gpointer migrate_in_thread(gpointer url)
{
    GError *error = NULL;
    g_autoptr(Store) store = store_open(url, &error);
    if (store != NULL) {
        store_migrate(store, &error);
    }
    return error;
}

/* Several processes start at once on a new database. */
static void at_once(StoreEngine engine)
{
    g_autofree char *url = stores_make(engine, false);
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        threads[i] = g_thread_new("migrate", migrate_in_thread, url);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_autoptr(GError) error = g_thread_join(threads[i]);
        g_assert_no_error(error);
    }
    stores_drop(url);
}

static void test_at_once_sqlite(void)
{
    at_once(STORE_SQLITE);
}

static void test_at_once_postgres(void)
{
    at_once(STORE_POSTGRES);
}

/* A migration that src/store/meson.build does not name would be missing silently. */
static void test_all(void)
{
    const char *source = g_getenv("KOLOKOL_SOURCE");
    if (source == NULL) {
        g_test_skip("KOLOKOL_SOURCE is not set; meson test sets it");
        return;
    }
    g_autofree char *folder = g_build_filename(source, "src/store/migrations", NULL);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(files);
    size_t count = 0;
    for (const char *name; (name = g_dir_read_name(files)) != NULL;) {
        bool found = false;
        for (size_t i = 0; i < store_migrations_count && !found; i++) {
            found = strcmp(store_migrations[i].name, name) == 0;
        }
        count += g_str_has_suffix(name, ".sql");
        g_test_message("%s", name);
        g_assert_true(found || !g_str_has_suffix(name, ".sql"));
    }
    g_assert_cmpuint(count, ==, store_migrations_count);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/store/migrate/again", test_again);
    stores_test_add("/store/migrate/newer", test_newer);
    g_test_add_func("/store/migrate/all", test_all);
    g_test_add_func("/store/migrate/at-once/sqlite", test_at_once_sqlite);
    g_test_add_func("/store/migrate/at-once/postgres", test_at_once_postgres);
    return g_test_run();
}
