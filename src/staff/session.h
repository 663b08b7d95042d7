/*
 * Sessions: somebody is signed in at one browser. Its token, 128 random bits as 32 hex digits, is
 * in the browser's cookie only; stored is the SHA-256. A token is new at each sign-in and again
 * when the second factor was given, so one that was known before is worth nothing after.
 *
 * It ends when its person ends it, SESSION_IDLE after it was last used (noted at most once a
 * SESSION_NOTED), SESSION_MOST after it began, with its person's disabling or new password, or with
 * session_end_everybody() ("lock the office").
 */
#pragma once

#include "store/store.h"

#define SESSION_TOKEN   33u                            /* bytes of a token's text with its end */
#define SESSION_IDLE    (12 * INT64_C(3600000000))     /* µs */
#define SESSION_MOST    (7 * 24 * INT64_C(3600000000)) /* µs */
#define SESSION_PENDING (10 * INT64_C(60000000))       /* µs, while the second factor is to come */
#define SESSION_NOTED   (5 * INT64_C(60000000))        /* µs */
#define SESSION_AGENT   200u                           /* bytes; longer ones are cut */

typedef enum { SESSION_SECOND_FACTOR = 1, SESSION_WHOLE = 2 } SessionLevel;

typedef struct {
    int64_t id, person;
    SessionLevel level;
    char *agent; /* what the browser calls itself, for the list */
    int64_t created, seen, ends;
} Session;

void session_free(Session *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_free)

/* A new one; `token` gets its token. */
bool session_begin(Store *store, int64_t person, SessionLevel level, const char *agent, int64_t now,
                   char token[SESSION_TOKEN], GError **error);

/* The session of a token that an active person may use now. NOT_FOUND: none, ended, or malformed.
 */
Session *session_find(Store *store, const char *token, int64_t now, GError **error);

/* A session's use: writes only if it was last noted SESSION_NOTED ago. */
bool session_note(Store *store, const Session *session, int64_t now, GError **error);

/* Those of a person, newest first. Elements Session. */
GPtrArray *session_list(Store *store, int64_t person, int64_t now, GError **error);

/* Ends one of the person's own; one of somebody else's is left alone. */
bool session_end(Store *store, int64_t person, int64_t id, GError **error);

/* Ends all of a person's. */
bool session_end_of(Store *store, int64_t person, GError **error);

/* Ends everybody's, the caller's too, and all tokens of the API, and writes that into the audit
 * log.
 */
bool session_end_everybody(Store *store, int64_t by, int64_t now, GError **error);

/* When that was last done; 0: never. */
bool session_locked_at(Store *store, int64_t *moment, GError **error);
