/*
 * The PostgreSQL engine, over libpq: one connection, statements prepared when first used, text
 * results held whole (a query that may be large must be walked in parts). What is common to both
 * engines is store.c and transaction.c.
 *
 * Transactions that write are SERIALIZABLE: bodies are written as if they were alone, which is what
 * SQLite gives them; a failure to serialise is BUSY and the body runs again. Snapshots are
 * REPEATABLE READ. A lost connection is made again by the next call outside a transaction.
 */
#include "base/error.h"
#include "store/engine.h"

#include <libpq-fe.h>
#include <string.h>

#define OID_INT8       20
#define OID_TEXT       25
#define OID_BYTEA      17
#define OID_BOOL       16
#define PARAMETERS_MAX 64 /* tools/sqlgen refuses more */

typedef struct {
    PGconn *pg;
    GHashTable *prepared; /* StoreStatement, a set */
    bool lost;            /* the connection was found dead */
    bool in_transaction;
    char *channel; /* that we listen to, NULL if none */
} Connection;

typedef struct {
    size_t length;
    unsigned char *bytes;
} Unescaped;

struct StoreEngineRows {
    PGresult *result;
    int row;              /* -1 before the first */
    GPtrArray *unescaped; /* bytea values of the present row */
};

static bool fail_postgres(Connection *connection, const char *doing, const PGresult *result,
                          GError **error)
{
    const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    g_autofree char *reason =
        g_strdup(result == NULL ? PQerrorMessage(connection->pg) : PQresultErrorMessage(result));
    KolokolError kind = KOLOKOL_ERROR_IO;
    if (state != NULL && (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 ||
                          strcmp(state, "55P03") == 0)) {
        kind = KOLOKOL_ERROR_BUSY;
    } else if (state != NULL && strncmp(state, "23", 2) == 0) {
        kind = KOLOKOL_ERROR_CONFLICT;
    }
    connection->lost = PQstatus(connection->pg) != CONNECTION_OK;
    return fail(error, kind, "the database failed at %s: %s", doing,
                g_strdelimit(g_strstrip(reason), "\n", ' '));
}

static void ignore_notice(void *unused, const char *message)
{
}

static void postgres_close(void *data)
{
    Connection *connection = data;
    g_hash_table_unref(connection->prepared);
    PQfinish(connection->pg);
    g_free(connection->channel);
    g_free(connection);
}

static bool postgres_script(void *data, const char *text, GError **error)
{
    Connection *connection = data;
    PGresult *result = PQexec(connection->pg, text);
    ExecStatusType status = PQresultStatus(result);
    bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
                status == PGRES_EMPTY_QUERY || fail_postgres(connection, "a script", result, error);
    PQclear(result);
    return done;
}

/* Whole files are written anew and the old ones removed. The statistics hold values of columns, so
 * they are made anew as well, and their own table last; only the owner of the database may do that.
 */
static bool postgres_scrub(void *data, GError **error)
{
    static const char *const steps[] = {"SET lock_timeout = '5s'", "VACUUM (FULL, ANALYZE)"};
    bool done = true;
    for (size_t i = 0; done && i < G_N_ELEMENTS(steps); i++) {
        done = postgres_script(data, steps[i], error);
    }
    done = done && (postgres_script(data, "VACUUM FULL pg_catalog.pg_statistic", NULL) || true);
    postgres_script(data, "RESET lock_timeout", NULL);
    return done;
}

/* A connection that is lost and made anew is not deferred: then commits only wait longer. */
static bool postgres_defer(void *data, bool defer, GError **error)
{
    return postgres_script(
        data, defer ? "SET synchronous_commit = off" : "RESET synchronous_commit", error);
}

static bool listen_to(Connection *connection, GError **error)
{
    char *quoted =
        PQescapeIdentifier(connection->pg, connection->channel, strlen(connection->channel));
    g_autofree char *text = g_strdup_printf("LISTEN %s", quoted);
    PQfreemem(quoted);
    return postgres_script(connection, text, error);
}

static bool set_up(Connection *connection, GError **error)
{
    PQsetNoticeProcessor(connection->pg, ignore_notice, NULL);
    return postgres_script(
               connection,
               "SET client_encoding = 'UTF8'; SET TIME ZONE 'UTC'; SET lock_timeout = '5s';"
               "SET idle_in_transaction_session_timeout = '60s'",
               error) &&
           (connection->channel == NULL || listen_to(connection, error));
}

static void *postgres_open(const char *url, GError **error)
{
    Connection *connection = g_new0(Connection, 1);
    connection->prepared = g_hash_table_new(NULL, NULL);
    /* Before the URL, so that it may say otherwise. */
    const char *names[] = {"connect_timeout", "application_name", "dbname", NULL};
    const char *values[] = {"10", "kolokol", url, NULL};
    connection->pg = PQconnectdbParams(names, values, 1);
    if (PQstatus(connection->pg) != CONNECTION_OK) {
        fail_postgres(connection, "connecting", NULL, error);
        postgres_close(connection);
        return NULL;
    }
    if (!set_up(connection, error)) {
        postgres_close(connection);
        return NULL;
    }
    return connection;
}

/* Inside a transaction there is nothing to be mended: that is gone. */
static bool connected(Connection *connection, GError **error)
{
    if (!connection->lost || connection->in_transaction) {
        return true;
    }
    g_hash_table_remove_all(connection->prepared);
    PQreset(connection->pg);
    if (PQstatus(connection->pg) != CONNECTION_OK) {
        return fail_postgres(connection, "connecting again", NULL, error);
    }
    connection->lost = false;
    return set_up(connection, error);
}

static bool control_once(Connection *connection, StoreControl what, GError **error)
{
    static const char *const texts[] = {"BEGIN ISOLATION LEVEL SERIALIZABLE",
                                        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "COMMIT",
                                        "ROLLBACK"};
    PGresult *result = PQexec(connection->pg, texts[what]);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK ||
                fail_postgres(connection, "beginning or ending a transaction", result, error);
    /* COMMIT of a failed transaction is answered by ROLLBACK. */
    if (done && what == STORE_COMMIT && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        done = fail(error, KOLOKOL_ERROR_IO, "the database rolled the transaction back");
    }
    PQclear(result);
    return done;
}

/* A server that was started again while we were idle shows at BEGIN, when nothing is lost by a
 * second try. */
static bool postgres_control(void *data, StoreControl what, GError **error)
{
    Connection *connection = data;
    if (what == STORE_COMMIT || what == STORE_ROLLBACK) {
        bool done = control_once(connection, what, error);
        /* A commit that failed is followed by a rollback. */
        connection->in_transaction = what == STORE_COMMIT && !done;
        return done;
    }
    g_autoptr(GError) reason = NULL;
    connection->in_transaction =
        connected(connection, &reason) && control_once(connection, what, &reason);
    if (!connection->in_transaction && connection->lost) {
        g_clear_error(&reason);
        connection->in_transaction =
            connected(connection, &reason) && control_once(connection, what, &reason);
    }
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
    }
    return connection->in_transaction;
}

static bool prepare(Connection *connection, const StoreStatement *statement, GError **error)
{
    static const Oid oids[] = {
        [STORE_BIGINT] = OID_INT8, [STORE_TEXT] = OID_TEXT, [STORE_BYTES] = OID_BYTEA};
    if (g_hash_table_contains(connection->prepared, statement)) {
        return true;
    }
    Oid types[PARAMETERS_MAX];
    for (unsigned i = 0; i < statement->parameters; i++) {
        types[i] = oids[statement->types[i]];
    }
    PGresult *result = PQprepare(connection->pg, statement->name, statement->postgres,
                                 (int)statement->parameters, types);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK ||
                fail_postgres(connection, statement->name, result, error);
    PQclear(result);
    if (done) {
        g_hash_table_add(connection->prepared, (gpointer)(uintptr_t)statement);
    }
    return done;
}

/* Text parameters need an end that a borrowed (pointer, length) has by StoreValue's making; bytes
 * go as binary, numbers as text. */
static PGresult *execute(Connection *connection, const StoreStatement *statement,
                         const StoreValue *values, GError **error)
{
    const char *bytes[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];
    char numbers[PARAMETERS_MAX][24];
    if (!connected(connection, error) || !prepare(connection, statement, error)) {
        return NULL;
    }
    for (unsigned i = 0; i < statement->parameters; i++) {
        const StoreValue *value = &values[i];
        bytes[i] = value->bytes;
        lengths[i] = (int)value->length;
        formats[i] = value->type == STORE_BYTES;
        if (value->type == STORE_BIGINT && value->bytes != NULL) {
            g_snprintf(numbers[i], sizeof numbers[i], "%" G_GINT64_FORMAT, value->number);
            bytes[i] = numbers[i];
        }
    }
    PGresult *result = PQexecPrepared(connection->pg, statement->name, (int)statement->parameters,
                                      bytes, lengths, formats, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fail_postgres(connection, statement->name, result, error);
        PQclear(result);
        return NULL;
    }
    return result;
}

static void unescaped_free(gpointer data)
{
    PQfreemem(((Unescaped *)data)->bytes);
    g_free(data);
}

static StoreEngineRows *postgres_query(void *data, const StoreStatement *statement,
                                       const StoreValue *values, bool *writes, GError **error)
{
    PGresult *result = execute(data, statement, values, error);
    if (result == NULL) {
        return NULL;
    }
    StoreEngineRows *rows = g_new0(StoreEngineRows, 1);
    *rows = (StoreEngineRows){result, -1, g_ptr_array_new_with_free_func(unescaped_free)};
    *writes = strncmp(PQcmdStatus(result), "SELECT", strlen("SELECT")) != 0;
    return rows;
}

static bool postgres_run(void *data, const StoreStatement *statement, const StoreValue *values,
                         int64_t *changed, GError **error)
{
    PGresult *result = execute(data, statement, values, error);
    if (result == NULL) {
        return false;
    }
    *changed = g_ascii_strtoll(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return true;
}

static StoreStep postgres_next(StoreEngineRows *rows, GError **error)
{
    g_ptr_array_set_size(rows->unescaped, 0);
    if (rows->row < PQntuples(rows->result)) {
        rows->row++;
    }
    return rows->row < PQntuples(rows->result) ? STORE_ROW : STORE_END;
}

static void postgres_rows_free(StoreEngineRows *rows)
{
    g_ptr_array_unref(rows->unescaped);
    PQclear(rows->result);
    g_free(rows);
}

static int64_t postgres_number(StoreEngineRows *rows, int column)
{
    const char *text = PQgetvalue(rows->result, rows->row, column);
    if (PQftype(rows->result, column) == OID_BOOL) { /* SQLite's comparisons give 0 and 1 */
        return *text == 't';
    }
    return g_ascii_strtoll(text, NULL, 10);
}

static const void *postgres_bytes(StoreEngineRows *rows, int column, size_t *length)
{
    *length = 0;
    if (PQgetisnull(rows->result, rows->row, column)) {
        return NULL;
    }
    const char *text = PQgetvalue(rows->result, rows->row, column);
    if (PQftype(rows->result, column) != OID_BYTEA) {
        *length = (size_t)PQgetlength(rows->result, rows->row, column);
        return text;
    }
    Unescaped *unescaped = g_new0(Unescaped, 1);
    unescaped->bytes = PQunescapeBytea((const unsigned char *)text, &unescaped->length);
    g_ptr_array_add(rows->unescaped, unescaped);
    *length = unescaped->length;
    return unescaped->bytes;
}

static bool postgres_prepare(void *data, const StoreStatement *statement, GError **error)
{
    return prepare(data, statement, error);
}

static bool postgres_listen(void *data, const char *channel, GError **error)
{
    Connection *connection = data;
    if (g_strcmp0(connection->channel, channel) == 0) { /* a new connection listens by itself */
        return true;
    }
    g_free(connection->channel);
    connection->channel = g_strdup(channel);
    return listen_to(connection, error);
}

static int postgres_socket(void *data)
{
    return PQsocket(((Connection *)data)->pg);
}

static bool postgres_heard(void *data)
{
    Connection *connection = data;
    bool heard = false;
    if (PQconsumeInput(connection->pg) == 0) {
        connection->lost = true;
    }
    for (PGnotify *call; (call = PQnotifies(connection->pg)) != NULL; PQfreemem(call)) {
        heard = true;
    }
    return heard;
}

const StoreDriver store_postgres = {.engine = STORE_POSTGRES,
                                    .open = postgres_open,
                                    .close = postgres_close,
                                    .control = postgres_control,
                                    .defer = postgres_defer,
                                    .scrub = postgres_scrub,
                                    .script = postgres_script,
                                    .prepare = postgres_prepare,
                                    .query = postgres_query,
                                    .run = postgres_run,
                                    .next = postgres_next,
                                    .rows_free = postgres_rows_free,
                                    .number = postgres_number,
                                    .bytes = postgres_bytes,
                                    .listen = postgres_listen,
                                    .socket = postgres_socket,
                                    .heard = postgres_heard};
