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

static char template_name[64];
static pid_t template_owner;

/* A server that other programs use too is left as it was. */
static void drop_template(void)
{
    if (template_owner == getpid() && g_getenv("KOLOKOL_TEST_POSTGRES_URL") != NULL) {
        g_autofree char *sql = g_strdup_printf("DROP DATABASE %s WITH (FORCE)", template_name);
        postgres_double_admin(server(), sql);
    }
}

static void create(const char *name, const char *template)
{
    g_autofree char *sql = g_strdup_printf("CREATE DATABASE %s TEMPLATE %s", name, template);
    postgres_double_admin(server(), sql);
}

/* Migrated once a program; copying it is faster than migrating again. */
static const char *migrated_template(void)
{
    if (template_name[0] == '\0') {
        template_owner = getpid();
        g_snprintf(template_name, sizeof template_name, "template_%d", (int)template_owner);
        create(template_name, "template0");
        g_autofree char *url = postgres_double_database(server(), template_name);
        migrate(url);
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

static char *make_sqlite(bool migrated)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("kolokol-store-XXXXXX", &error);
    g_assert_no_error(error);
    char *url = g_strdup_printf("sqlite:%s/test.db", folder);
    if (migrated) {
        migrate(url);
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
    g_autofree char *sql =
        g_strdup_printf("DROP DATABASE %.*s WITH (FORCE)", (int)strcspn(name, "?"), name);
    postgres_double_admin(server(), sql);
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
