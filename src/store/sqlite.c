/*
 * The SQLite engine: WAL, one connection, statements prepared once. What is common to both engines
 * is store.c and transaction.c.
 *
 * Writing transactions are BEGIN IMMEDIATE: the lock is taken before the first statement, so none
 * can fail half-way because another has written. Snapshots are BEGIN: their state is that of their
 * first read.
 */
#include "base/clock.h"
#include "base/error.h"
#include "store/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* synchronous=FULL: in WAL mode NORMAL may lose the last commits at a power cut, and a story that
 * was said to be saved must be there. The cache is 4 MB (DESIGN 7). */
static const char pragmas[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-4000; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
    "PRAGMA journal_size_limit=16777216;";
#define SCRUB_IN_MEMORY (64 * INT64_C(1048576)) /* bytes of a database */
#define BUSY_WAIT       5000 /* ms that a statement waits for a lock before BUSY */

/* By StoreControl. */
static const StoreStatement controls[] = {{"begin", "BEGIN IMMEDIATE", NULL, 0, NULL},
                                          {"begin", "BEGIN", NULL, 0, NULL},
                                          {"commit", "COMMIT", NULL, 0, NULL},
                                          {"rollback", "ROLLBACK", NULL, 0, NULL}};

typedef struct {
    sqlite3 *db;
    GHashTable *prepared; /* StoreStatement → sqlite3_stmt, those not in use */
    bool read_only;       /* in a snapshot */
    uint64_t steps;       /* of SQLite's machine, by all statements */
} Connection;

struct StoreEngineRows {
    Connection *connection;
    const StoreStatement *statement;
    sqlite3_stmt *prepared;
    bool first_given; /* the step that sqlite_query made */
    bool ended;       /* another step would run the statement again */
};

static bool fail_sqlite(Connection *connection, const char *doing, GError **error)
{
    int code = sqlite3_errcode(connection->db) & 0xff;
    KolokolError kind = code == SQLITE_BUSY || code == SQLITE_LOCKED ? KOLOKOL_ERROR_BUSY
                        : code == SQLITE_CONSTRAINT                  ? KOLOKOL_ERROR_CONFLICT
                                                                     : KOLOKOL_ERROR_IO;
    return fail(error, kind, "the database failed at %s: %s", doing,
                sqlite3_errmsg(connection->db));
}

static int compare_bytes(void *unused, int a_length, const void *a, int b_length, const void *b)
{
    int order = memcmp(a, b, (size_t)MIN(a_length, b_length));
    return order != 0 ? order : a_length - b_length;
}

static void finalize(gpointer prepared)
{
    sqlite3_finalize(prepared);
}

static void sqlite_close(void *data)
{
    Connection *connection = data;
    g_hash_table_unref(connection->prepared);
    sqlite3_close(connection->db);
    g_free(connection);
}

/* A new database is its owner's only: it has names and addresses in it. SQLite's own files beside
 * it take its mode. */
static bool make_file(const char *path, GError **error)
{
    if (*path == '\0' || *path == ':') { /* in memory */
        return true;
    }
    int made = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (made < 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot open the database %s: %s", path,
                    g_strerror(errno));
    }
    close(made);
    return true;
}

/* SQLite does not wait for a lock when it turns to WAL, and several may open a new file at once. */
static bool set_up(Connection *connection, GError **error)
{
    int64_t until = clock_monotonic() + BUSY_WAIT * (CLOCK_SECOND / 1000);
    for (;;) {
        int code = sqlite3_exec(connection->db, pragmas, NULL, NULL, NULL);
        if (code == SQLITE_OK) {
            return true;
        }
        if ((code & 0xff) != SQLITE_BUSY || clock_monotonic() > until) {
            return fail_sqlite(connection, "its first use", error);
        }
        g_usleep(5000);
    }
}

static void *sqlite_open(const char *url, GError **error)
{
    const char *path = url + strlen("sqlite:");
    if (!make_file(path, error)) {
        return NULL;
    }
    Connection *connection = g_new0(Connection, 1);
    connection->prepared = g_hash_table_new_full(NULL, NULL, NULL, finalize);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &connection->db, flags, NULL) != SQLITE_OK) {
        fail(error, KOLOKOL_ERROR_IO, "cannot open the database %s: %s", path,
             sqlite3_errmsg(connection->db));
        sqlite_close(connection);
        return NULL;
    }
    sqlite3_busy_timeout(connection->db, BUSY_WAIT);
    sqlite3_create_collation(connection->db, "C", SQLITE_UTF8, NULL, compare_bytes);
    if (!set_up(connection, error)) {
        g_prefix_error(error, "%s: ", path);
        sqlite_close(connection);
        return NULL;
    }
    return connection;
}

static bool sqlite_defer(void *data, bool defer, GError **error)
{
    Connection *connection = data;
    const char *text = defer ? "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000;"
                             : "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;";
    return sqlite3_exec(connection->db, text, NULL, NULL, NULL) == SQLITE_OK ||
           fail_sqlite(connection, "a setting", error);
}

static int take_number(void *number, int columns, char **values, char **names)
{
    *(int64_t *)number =
        columns > 0 && values[0] != NULL ? g_ascii_strtoll(values[0], NULL, 10) : 0;
    return 0;
}

/* The first column of a setting's answer. */
static bool ask(Connection *connection, const char *text, int64_t *number, GError **error)
{
    return sqlite3_exec(connection->db, text, take_number, number, NULL) == SQLITE_OK ||
           fail_sqlite(connection, "scrubbing", error);
}

/* VACUUM writes all that lives once more, in memory or, of a large database, in a temporary file
 * that has no name, and then over the old pages. secure_delete would not do: pages that are split
 * or merged keep copies of their cells in the space between (docs/decisions/0081-erasure.md). */
static bool sqlite_scrub(void *data, GError **error)
{
    Connection *connection = data;
    int64_t pages = 0, size = 0, busy = 0, unused = 0;
    if (!ask(connection, "PRAGMA page_count;", &pages, error) ||
        !ask(connection, "PRAGMA page_size;", &size, error)) {
        return false;
    }
    bool large = pages * size > SCRUB_IN_MEMORY;
    bool done = ask(connection, large ? "PRAGMA temp_store=FILE;" : "PRAGMA temp_store=MEMORY;",
                    &unused, error) &&
                ask(connection, "VACUUM;", &unused, error) &&
                ask(connection, "PRAGMA wal_checkpoint(TRUNCATE);", &busy, error);
    sqlite3_exec(connection->db, "PRAGMA temp_store=MEMORY;", NULL, NULL, NULL);
    return done && (busy == 0 || fail(error, KOLOKOL_ERROR_BUSY,
                                      "the database cannot be scrubbed while others read it"));
}

static bool sqlite_script(void *data, const char *text, GError **error)
{
    Connection *connection = data;
    return sqlite3_exec(connection->db, text, NULL, NULL, NULL) == SQLITE_OK ||
           fail_sqlite(connection, "a script", error);
}

static sqlite3_stmt *prepare(Connection *connection, const StoreStatement *statement,
                             GError **error)
{
    gpointer ready = NULL;
    if (g_hash_table_steal_extended(connection->prepared, statement, NULL, &ready)) {
        return ready;
    }
    sqlite3_stmt *prepared = NULL;
    if (sqlite3_prepare_v3(connection->db, statement->sqlite, -1, SQLITE_PREPARE_PERSISTENT,
                           &prepared, NULL) != SQLITE_OK) {
        fail_sqlite(connection, statement->name, error);
        return NULL;
    }
    return prepared;
}

/* Puts a statement back for the next use. */
static void release(Connection *connection, const StoreStatement *statement, sqlite3_stmt *prepared)
{
    connection->steps += (uint64_t)sqlite3_stmt_status(prepared, SQLITE_STMTSTATUS_VM_STEP, 1);
    sqlite3_reset(prepared);
    sqlite3_clear_bindings(prepared);
    if (g_hash_table_contains(connection->prepared, statement)) {
        sqlite3_finalize(prepared);
    } else {
        g_hash_table_insert(connection->prepared, (gpointer)(uintptr_t)statement, prepared);
    }
}

/* A query's parameters are copied: it steps on after the call that lent them. */
static int bind(sqlite3_stmt *prepared, int index, const StoreValue *value, bool copy)
{
    sqlite3_destructor_type keep = copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
    if (value->bytes == NULL) {
        return sqlite3_bind_null(prepared, index);
    }
    switch (value->type) {
    case STORE_BIGINT:
        return sqlite3_bind_int64(prepared, index, value->number);
    case STORE_TEXT:
        return sqlite3_bind_text64(prepared, index, value->bytes, value->length, keep, SQLITE_UTF8);
    default:
        return sqlite3_bind_blob64(prepared, index, value->bytes, value->length, keep);
    }
}

static sqlite3_stmt *ready(Connection *connection, const StoreStatement *statement,
                           const StoreValue *values, bool copy, GError **error)
{
    sqlite3_stmt *prepared = prepare(connection, statement, error);
    if (prepared != NULL && connection->read_only && !sqlite3_stmt_readonly(prepared)) {
        release(connection, statement, prepared);
        fail(error, KOLOKOL_ERROR_INVALID, "%s writes inside a snapshot", statement->name);
        return NULL;
    }
    for (unsigned i = 0; prepared != NULL && i < statement->parameters; i++) {
        if (bind(prepared, (int)i + 1, &values[i], copy) != SQLITE_OK) {
            fail_sqlite(connection, statement->name, error);
            release(connection, statement, prepared);
            return NULL;
        }
    }
    return prepared;
}

static void sqlite_rows_free(StoreEngineRows *rows)
{
    release(rows->connection, rows->statement, rows->prepared);
    g_free(rows);
}

/* The first step is made here: it is the one that writes. */
static StoreEngineRows *sqlite_query(void *data, const StoreStatement *statement,
                                     const StoreValue *values, bool *writes, GError **error)
{
    Connection *connection = data;
    sqlite3_stmt *prepared = ready(connection, statement, values, true, error);
    if (prepared == NULL) {
        return NULL;
    }
    int step = sqlite3_step(prepared);
    if (step != SQLITE_ROW && step != SQLITE_DONE) {
        fail_sqlite(connection, statement->name, error);
        release(connection, statement, prepared);
        return NULL;
    }
    StoreEngineRows *rows = g_new(StoreEngineRows, 1);
    *rows = (StoreEngineRows){connection, statement, prepared, false, step == SQLITE_DONE};
    *writes = !sqlite3_stmt_readonly(prepared);
    return rows;
}

static StoreStep sqlite_next(StoreEngineRows *rows, GError **error)
{
    if (rows->ended || !rows->first_given) {
        rows->first_given = true;
        return rows->ended ? STORE_END : STORE_ROW;
    }
    int step = sqlite3_step(rows->prepared);
    rows->ended = step != SQLITE_ROW;
    if (step == SQLITE_ROW || step == SQLITE_DONE) {
        return step == SQLITE_ROW ? STORE_ROW : STORE_END;
    }
    fail_sqlite(rows->connection, rows->statement->name, error);
    return STORE_FAILED;
}

/* To its end, and puts it back. */
static bool finish(Connection *connection, const StoreStatement *statement, sqlite3_stmt *prepared,
                   GError **error)
{
    int step = sqlite3_step(prepared);
    bool done = step == SQLITE_DONE || step == SQLITE_ROW ||
                fail_sqlite(connection, statement->name, error);
    release(connection, statement, prepared);
    return done;
}

static bool sqlite_run(void *data, const StoreStatement *statement, const StoreValue *values,
                       int64_t *changed, GError **error)
{
    Connection *connection = data;
    sqlite3_stmt *prepared = ready(connection, statement, values, false, error);
    if (prepared == NULL || !finish(connection, statement, prepared, error)) {
        return false;
    }
    *changed = sqlite3_changes64(connection->db);
    return true;
}

static bool sqlite_control(void *data, StoreControl what, GError **error)
{
    Connection *connection = data;
    sqlite3_stmt *prepared = prepare(connection, &controls[what], error);
    connection->read_only = false;
    if (prepared == NULL || !finish(connection, &controls[what], prepared, error)) {
        return false;
    }
    connection->read_only = what == STORE_BEGIN_READ;
    return true;
}

static int64_t sqlite_number(StoreEngineRows *rows, int column)
{
    return sqlite3_column_int64(rows->prepared, column);
}

static const void *sqlite_bytes(StoreEngineRows *rows, int column, size_t *length)
{
    const void *bytes = NULL;
    if (sqlite3_column_type(rows->prepared, column) == SQLITE_BLOB) {
        const void *blob = sqlite3_column_blob(rows->prepared, column);
        bytes = blob == NULL ? "" : blob; /* SQLite gives NULL for an empty one too */
    } else {
        bytes = sqlite3_column_text(rows->prepared, column);
    }
    *length = (size_t)sqlite3_column_bytes(rows->prepared, column);
    return bytes;
}

static uint64_t sqlite_steps(void *data)
{
    return ((Connection *)data)->steps;
}

static bool sqlite_prepare(void *data, const StoreStatement *statement, GError **error)
{
    sqlite3_stmt *prepared = prepare(data, statement, error);
    if (prepared != NULL) {
        release(data, statement, prepared);
    }
    return prepared != NULL;
}

const StoreDriver store_sqlite = {.engine = STORE_SQLITE,
                                  .open = sqlite_open,
                                  .close = sqlite_close,
                                  .control = sqlite_control,
                                  .defer = sqlite_defer,
                                  .scrub = sqlite_scrub,
                                  .script = sqlite_script,
                                  .prepare = sqlite_prepare,
                                  .query = sqlite_query,
                                  .run = sqlite_run,
                                  .next = sqlite_next,
                                  .rows_free = sqlite_rows_free,
                                  .number = sqlite_number,
                                  .bytes = sqlite_bytes,
                                  .steps = sqlite_steps};
