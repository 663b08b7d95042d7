/*
 * Migrations: the numbered files of store/migrations, which are inside the program
 * (tools/embed_sql). One text serves both engines: a line that ends in "-- sqlite only" or "--
 * postgres only" is left out for the other; for SQLite BYTEA is BLOB and BIGINT PRIMARY KEY is
 * INTEGER PRIMARY KEY, which makes it the row's own number.
 */
#include "base/clock.h"
#include "base/error.h"
#include "store/engine.h"
#include "store/migrations.h"
#include "store_sql.h"

#include <string.h>

static char *replace_all(char *text, const char *old, const char *new)
{
    g_auto(GStrv) parts = g_strsplit(text, old, -1);
    g_free(text);
    return g_strjoinv(new, parts);
}

/* The text for one engine. Caller frees. */
static char *text_for(StoreEngine engine, const char *text)
{
    const char *other = engine == STORE_SQLITE ? "-- postgres only" : "-- sqlite only";
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *kept = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++) {
        if (!g_str_has_suffix(*line, other)) {
            g_string_append_printf(kept, "%s\n", *line);
        }
    }
    char *made = g_string_free(kept, FALSE);
    if (engine == STORE_SQLITE) {
        made = replace_all(made, "BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY");
        made = replace_all(made, "BYTEA", "BLOB");
    }
    return made;
}

static bool script(Store *store, const char *text, GError **error)
{
    g_autofree char *own = text_for(store_engine(store), text);
    return store_driver(store)->script(store_connection(store), own, error);
}

static bool apply(Store *store, void *data, GError **error)
{
    const StoreMigration *migration = data;
    if (!script(store, migration->text, error) ||
        !store_migration_done(store, migration->number, migration->name, clock_now(), error)) {
        g_prefix_error(error, "migration %s: ", migration->name);
        return false;
    }
    return true;
}

static bool last_applied(Store *store, int64_t *number, GError **error)
{
    g_autoptr(StoreRows) rows = store_migration_last(store, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *number = store_number(rows, 0);
    return true;
}

/* Two processes may start at once on a new database: the second finds the first one's work. */
static bool migrate_all(Store *store, void *data, GError **error)
{
    int64_t applied = 0;
    if (!last_applied(store, &applied, error)) {
        return false;
    }
    for (size_t i = 0; i < store_migrations_count; i++) {
        if (store_migrations[i].number > applied &&
            !apply(store, (void *)(uintptr_t)&store_migrations[i], error)) {
            return false;
        }
    }
    return true;
}

static bool make_tables(Store *store, void *data, GError **error)
{
    return script(
        store,
        "CREATE TABLE IF NOT EXISTS store_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL,"
        " applied BIGINT NOT NULL);"
        "CREATE TABLE IF NOT EXISTS store_sequence (name TEXT COLLATE \"C\" PRIMARY KEY,"
        " next BIGINT NOT NULL);",
        error);
}

bool store_migrate(Store *store, GError **error)
{
    int64_t applied = 0;
    if (!store_transact(store, make_tables, NULL, error) || !last_applied(store, &applied, error)) {
        return false;
    }
    int64_t newest = store_migrations[store_migrations_count - 1].number;
    if (applied > newest) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "the database was made by a newer Kolokol (schema %" G_GINT64_FORMAT
                    "; this program knows %" G_GINT64_FORMAT "); install that one",
                    applied, newest);
    }
    return applied == newest || store_transact(store, migrate_all, NULL, error);
}
