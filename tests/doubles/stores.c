/* Fresh stores for tests: stores.h. */
#include "doubles/stores.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
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

static void run_body(StoresTest body, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(url, &error);
    g_assert_no_error(error);
    store_migrate(store, &error);
    g_assert_no_error(error);
    body(store, url);
}

static void on_sqlite(gconstpointer data)
{
    StoresTest body = *(const StoresTest *)data;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("kolokol-store-XXXXXX", &error);
    g_assert_no_error(error);
    g_autofree char *url = g_strdup_printf("sqlite:%s/test.db", folder);
    run_body(body, url);
    stores_remove_tree(folder);
}

static void admin(const char *server, const char *sql)
{
    PGconn *connection = PQconnectdb(server);
    g_assert_cmpint(PQstatus(connection), ==, CONNECTION_OK);
    PGresult *result = PQexec(connection, sql);
    g_assert_cmpint(PQresultStatus(result), ==, PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
}

/* The server's URL with another database's name in the place of its own. */
static char *url_of(const char *server, const char *database)
{
    const char *slash = strchr(strstr(server, "://") + 3, '/');
    const char *query = slash == NULL ? strchr(server, '?') : strchr(slash, '?');
    size_t base = slash != NULL   ? (size_t)(slash - server)
                  : query != NULL ? (size_t)(query - server)
                                  : strlen(server);
    return g_strdup_printf("%.*s/%s%s", (int)base, server, database, query == NULL ? "" : query);
}

static void on_postgres(gconstpointer data)
{
    static unsigned count;
    const char *server = g_getenv("KOLOKOL_TEST_POSTGRES_URL");
    if (server == NULL) {
        g_test_skip("KOLOKOL_TEST_POSTGRES_URL is not set; tools/run_tests starts a server");
        return;
    }
    g_autofree char *name = g_strdup_printf("t%d_%u", (int)getpid(), count++);
    g_autofree char *make = g_strdup_printf("CREATE DATABASE %s", name);
    g_autofree char *drop = g_strdup_printf("DROP DATABASE %s WITH (FORCE)", name);
    g_autofree char *url = url_of(server, name);
    admin(server, make);
    run_body(*(const StoresTest *)data, url);
    admin(server, drop);
}

void stores_test_add(const char *path, StoresTest body)
{
    StoresTest *kept = g_new(StoresTest, 1);
    *kept = body;
    g_autofree char *sqlite = g_strconcat(path, "/sqlite", NULL);
    g_autofree char *postgres = g_strconcat(path, "/postgres", NULL);
    g_test_add_data_func(sqlite, kept, on_sqlite);
    g_test_add_data_func_full(postgres, kept, on_postgres, g_free);
}
