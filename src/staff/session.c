/* Sessions: session.h. The cookie is the door's business. */
#include "staff/session.h"

#include "base/error.h"
#include "base/random.h"
#include "seal/hash.h"
#include "staff/api_token.h"
#include "staff/audit.h"
#include "staff/reading.h"
#include "staff_sql.h"

#include <string.h>

void session_free(Session *session)
{
    if (session != NULL) {
        g_free(session->agent);
        g_free(session);
    }
}

static void hash_token(const char *token, char hex[HASH_HEX])
{
    Hash hash = hash_of(token, strlen(token));
    hash_hex(&hash, hex);
}

typedef struct {
    int64_t person, by, now;
    SessionLevel level;
    const char *hash, *agent;
} Begin;

static bool begin_body(Store *store, void *data, GError **error)
{
    const Begin *begin = data;
    int64_t id = 0;
    int64_t most = begin->level == SESSION_WHOLE ? SESSION_MOST : SESSION_PENDING;
    return store_next_id(store, "staff_session", &id, error) &&
           staff_session_insert(store, id, begin->hash, begin->person, begin->level, begin->agent,
                                begin->now, begin->now + most, error);
}

bool session_begin(Store *store, int64_t person, SessionLevel level, const char *agent, int64_t now,
                   char token[SESSION_TOKEN], GError **error)
{
    g_autofree char *fresh = random_id();
    g_autofree char *cut = g_strndup(agent, SESSION_AGENT);
    g_autofree char *valid = g_utf8_make_valid(cut, -1);
    char hash[HASH_HEX];
    hash_token(fresh, hash);
    Begin begin = {.person = person, .now = now, .level = level, .hash = hash, .agent = valid};
    if (!store_transact(store, begin_body, &begin, error)) {
        return false;
    }
    g_strlcpy(token, fresh, SESSION_TOKEN);
    return true;
}

static Session *of_row(StoreRows *rows)
{
    Session *session = g_new0(Session, 1);
    session->id = store_number(rows, 0);
    session->person = store_number(rows, 1);
    session->level = store_number(rows, 2) == SESSION_WHOLE ? SESSION_WHOLE : SESSION_SECOND_FACTOR;
    session->agent = store_text_copy(rows, 3);
    session->created = store_number(rows, 4);
    session->seen = store_number(rows, 5);
    session->ends = store_number(rows, 6);
    return session;
}

Session *session_find(Store *store, const char *token, int64_t now, GError **error)
{
    char hash[HASH_HEX];
    if (strlen(token) != SESSION_TOKEN - 1) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such session");
        return NULL;
    }
    hash_token(token, hash);
    g_autoptr(StoreRows) rows = staff_session_by_hash(store, hash, now, now - SESSION_IDLE, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such session");
    }
    return step == STORE_ROW ? of_row(rows) : NULL;
}

bool session_note(Store *store, const Session *session, int64_t now, GError **error)
{
    return now - session->seen < SESSION_NOTED ||
           staff_session_seen(store, session->id, now, error);
}

GPtrArray *session_list(Store *store, int64_t person, int64_t now, GError **error)
{
    g_autoptr(GPtrArray) sessions = g_ptr_array_new_with_free_func((GDestroyNotify)session_free);
    g_autoptr(StoreRows) rows = staff_sessions_of(store, person, now, now - SESSION_IDLE, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(sessions, of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&sessions) : NULL;
}

bool session_end(Store *store, int64_t person, int64_t id, GError **error)
{
    return staff_session_end(store, person, id, error);
}

bool session_end_of(Store *store, int64_t person, GError **error)
{
    return staff_session_end_of(store, person, error);
}

static bool everybody_body(Store *store, void *data, GError **error)
{
    const Begin *lock = data;
    return staff_session_end_all(store, error) && api_token_end_all(store, error) &&
           reading_end_all(store, lock->now, error) && staff_lock_put(store, lock->now, error) &&
           audit_add(store, lock->by, "office.lock", "", "", lock->now, error);
}

bool session_end_everybody(Store *store, int64_t by, int64_t now, GError **error)
{
    Begin lock = {.by = by, .now = now};
    return store_transact(store, everybody_body, &lock, error);
}

bool session_locked_at(Store *store, int64_t *moment, GError **error)
{
    g_autoptr(StoreRows) rows = staff_lock_read(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *moment = step == STORE_ROW ? store_number(rows, 0) : 0;
    }
    return step != STORE_FAILED;
}
