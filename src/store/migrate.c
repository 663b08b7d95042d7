/*
 * Migrations: the numbered files of store/migrations, which are inside the program
 * (tools/embed_sql). One text serves both engines: a line that ends in "-- sqlite only" or "--
 * postgres only" is left out for the other; for SQLite BYTEA is BLOB, BIGINT PRIMARY KEY is INTEGER
 * PRIMARY KEY, which makes it the row's own number, and COLLATE "C" is left out, because bytes are
 * SQLite's own order (docs/decisions/0020-store.md).
 */
#include "base/clock.h"
#include "base/error.h"
#include "store/engine.h"
#include "store/migrations.h"
#include "store_sql.h"

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
        made = replace_all(made, " COLLATE \"C\"", "");
    }
    return made;
}

typedef struct {
    const StoreMigration *rows;
    size_t count;
    bool finished;
} Set;

static bool known(const Set *set, int64_t number)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->rows[i].number == number) {
            return true;
        }
    }
    return false;
}

static bool has_table(Store *store, bool *has, GError **error)
{
    g_autoptr(StoreRows) rows = store_migration_table(store, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *has = store_number(rows, 0) > 0;
    return true;
}

/* The numbers recorded, growing; a number that this program does not know is refused. */
static bool recorded(Store *store, const Set *set, GArray *numbers, GError **error)
{
    bool has = false;
    if (!has_table(store, &has, error)) {
        return false;
    }
    if (!has) {
        return true;
    }
    g_autoptr(StoreRows) rows = store_migration_numbers(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t number = store_number(rows, 0);
        if (!known(set, number)) {
            return fail(error, KOLOKOL_ERROR_CONFLICT,
                        "the database was made by a newer Kolokol (it has migration %04d, which "
                        "this program does not know); install that one",
                        (int)number);
        }
        g_array_append_val(numbers, number);
    }
    return step == STORE_END;
}

/* The first migration not recorded, or NULL. */
static bool next_migration(Store *store, const Set *set, const StoreMigration **next,
                           GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!recorded(store, set, numbers, error)) {
        return false;
    }
    *next = NULL;
    for (size_t i = 0; i < set->count && *next == NULL; i++) {
        bool done = false;
        for (guint j = 0; j < numbers->len && !done; j++) {
            done = g_array_index(numbers, int64_t, j) == set->rows[i].number;
        }
        *next = done ? NULL : &set->rows[i];
    }
    return true;
}

/* Asks again what is next: another process may just have done it. */
static bool apply_next(Store *store, void *data, GError **error)
{
    const StoreMigration *next = NULL;
    Set *set = data;
    if (!next_migration(store, set, &next, error)) {
        return false;
    }
    set->finished = next == NULL;
    if (next == NULL) {
        return true;
    }
    g_autofree char *text = text_for(store_engine(store), next->text);
    if (!store_script(store, text, error) ||
        !store_migration_done(store, next->number, next->name, clock_now(), error)) {
        g_prefix_error(error, "migration %s: ", next->name);
        return false;
    }
    return true;
}

static bool apply_all(Store *store, Set *set, GError **error)
{
    while (!set->finished) {
        if (!store_transact(store, apply_next, set, error)) {
            return false;
        }
    }
    return true;
}

bool store_migrate(Store *store, GError **error)
{
    return store_migrate_set(store, store_migrations, store_migrations_count, error);
}

bool store_migrate_set(Store *store, const StoreMigration *rows, size_t count, GError **error)
{
    const StoreMigration *next = NULL;
    Set set = {.rows = rows, .count = count};
    if (!next_migration(store, &set, &next, error)) {
        return false;
    }
    if (next == NULL) {
        return true;
    }
    if (store_engine(store) == STORE_SQLITE) { /* BEGIN IMMEDIATE makes the others wait */
        return apply_all(store, &set, error);
    }
    /* PostgreSQL fails CREATE TABLE by two at once, whatever their isolation. */
    if (!store_script(store, "SET lock_timeout = 0; SELECT pg_advisory_lock(4804653)", error)) {
        return false;
    }
    bool done = apply_all(store, &set, error);
    return store_script(store, "SELECT pg_advisory_unlock(4804653); SET lock_timeout = '5s'",
                        done ? error : NULL) &&
           done;
}
