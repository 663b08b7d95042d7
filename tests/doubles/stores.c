/* Fresh stores for tests: stores.h. The PostgreSQL server is postgres.c. */
#include "doubles/stores.h"

#include "doubles/postgres.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *info, int flag, struct FTW *where)
{
    return remove(path);
}

void stores_remove_tree(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void migrate(const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(url, &error);
    g_assert_no_error(error);
    store_migrate(store, &error);
    g_assert_no_error(error);
}

static const char *server(void)
{
    g_autoptr(GError) error = NULL;
    const char *url = postgres_double_url(&error);
    g_assert_no_error(error);
    return url;
}

/* By copying files, not by way of the log: five times as fast where nothing is synced. */
static void create(const char *name, const char *template)
{
    g_autofree char *sql =
        g_strdup_printf("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY", name, template);
    postgres_double_run(sql);
}

static void drop(const char *name)
{
    g_autofree char *sql = g_strdup_printf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
    postgres_double_run(sql);
}

static void create_migrated(const char *name)
{
    create(name, "template0");
    g_autofree char *url = postgres_double_database(server(), name);
    migrate(url);
    migrate(
        url); /* has nothing to do, but writes down the catalogue's cache, which is copied too */
}

static char template_name[64];
static pid_t template_owner;

/* A server that other programs use too is left as it was. */
static void drop_template(void)
{
    if (template_owner == getpid() && g_getenv("KOLOKOL_TEST_POSTGRES_URL") != NULL) {
        drop(template_name);
    }
}

/* The one of all programs of a run, made by the first that needs it. */
static const char *shared_template(const char *name)
{
    static bool there;
    g_autofree char *making = g_strconcat(name, "_making", NULL);
    g_autofree char *look = g_strdup_printf("SELECT 1 FROM pg_database WHERE datname = '%s'", name);
    g_autofree char *ready = g_strdup_printf("ALTER DATABASE %s RENAME TO %s", making, name);
    if (there) {
        return name;
    }
    postgres_double_run("SELECT pg_advisory_lock(1)");
    if (postgres_double_run(look) == 0) {
        drop(making); /* of a program that was killed */
        create_migrated(making);
        postgres_double_run(ready);
    }
    postgres_double_run("SELECT pg_advisory_unlock(1)");
    there = true;
    return name;
}

/* Copying a migrated one is faster than migrating again. */
static const char *migrated_template(void)
{
    const char *shared = g_getenv("KOLOKOL_TEST_POSTGRES_TEMPLATE");
    if (shared != NULL) {
        return shared_template(shared);
    }
    if (template_name[0] == '\0') {
        template_owner = getpid();
        g_snprintf(template_name, sizeof template_name, "template_%d", (int)template_owner);
        drop(template_name); /* of a program that was killed and had the same number */
        create_migrated(template_name);
        atexit(drop_template);
    }
    return template_name;
}

static char *make_postgres(bool migrated)
{
    static unsigned count;
    g_autofree char *name = g_strdup_printf("test_%d_%u", (int)getpid(), count++);
    create(name, migrated ? migrated_template() : "template0");
    return postgres_double_database(server(), name);
}

static char *sqlite_url(char **file)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("kolokol-store-XXXXXX", &error);
    g_assert_no_error(error);
    *file = g_build_filename(folder, "test.db", NULL);
    return g_strconcat("sqlite:", *file, NULL);
}

/* A migrated file's bytes, made once a program. */
static const GString *migrated_file(void)
{
    static GString bytes;
    if (bytes.len == 0) {
        g_autoptr(GError) error = NULL;
        g_autofree char *file = NULL;
        g_autofree char *url = sqlite_url(&file);
        migrate(url);
        g_file_get_contents(file, &bytes.str, &bytes.len, &error);
        g_assert_no_error(error);
        stores_drop(url);
    }
    return &bytes;
}

static char *make_sqlite(bool migrated)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *file = NULL;
    char *url = sqlite_url(&file);
    if (migrated) {
        const GString *bytes = migrated_file();
        g_file_set_contents_full(file, bytes->str, (gssize)bytes->len, G_FILE_SET_CONTENTS_NONE,
                                 0600, &error);
        g_assert_no_error(error);
    }
    return url;
}

char *stores_make(StoreEngine engine, bool migrated)
{
    return engine == STORE_SQLITE ? make_sqlite(migrated) : make_postgres(migrated);
}

void stores_drop(const char *url)
{
    if (g_str_has_prefix(url, "sqlite:")) {
        g_autofree char *folder = g_path_get_dirname(url + strlen("sqlite:"));
        stores_remove_tree(folder);
        return;
    }
    const char *name = strstr(url, "/test_") + 1;
    g_autofree char *database = g_strndup(name, strcspn(name, "?"));
    drop(database);
}

typedef struct {
    StoresTest body;
    StoreEngine engine;
} Case;

static void run_case(gconstpointer data)
{
    const Case *which = data;
    g_autofree char *url = stores_make(which->engine, true);
    g_autoptr(GError) error = NULL;
    Store *store = store_open(url, &error);
    g_assert_no_error(error);
    which->body(store, url);
    store_free(store);
    stores_drop(url);
}

/* The cases stay reachable: GLib frees the data only of tests that it runs. */
static void add(const char *path, const char *name, StoresTest body, StoreEngine engine)
{
    static GSList *cases;
    g_autofree char *full = g_strdup_printf("%s/%s", path, name);
    Case *made = g_new(Case, 1);
    *made = (Case){body, engine};
    cases = g_slist_prepend(cases, made);
    g_test_add_data_func(full, made, run_case);
}

void stores_test_add(const char *path, StoresTest body)
{
    add(path, "sqlite", body, STORE_SQLITE);
    add(path, "postgres", body, STORE_POSTGRES);
}
