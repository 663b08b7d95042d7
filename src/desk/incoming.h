/*
 * Pictures on their way in: the office has the bytes, but only the worker may look into them. So an
 * upload is a file in media/incoming/ (mode 0600, under a random name), a row that says whose it is
 * and what became of it, and the job "media.take" of the slow lane, which makes a picture of it
 * (media_upload.h, media_change.h) with the words of the file where that was asked for.
 *
 * The file holds what cameras write into files, the place among it. So it goes as soon as it is
 * known what becomes of it, also when it is refused; and incoming_sweep(), which the worker calls
 * when it is at rest, removes files that no waiting row names.
 *
 * A kill at any step: the file is durable before the row, row and job are one transaction, taking
 * the same bytes twice gives the same picture, and the end of a row (with the audit log's line, of
 * a replacement) is one transaction after which only the file is left to remove.
 *
 * Limits: a file LIMIT_OBJECT, INCOMING_MOST files that wait. Errors: INVALID, LIMIT, IO, the
 * store's.
 */
#pragma once

#include "jobs/jobs.h"
#include "store/store.h"

#define INCOMING_MOST 200u

typedef struct {
    int64_t id;
    char *name; /* of the file, as its sender had it; for people, never a path */
    int64_t person, created;
    int64_t target; /* the picture in whose place it is put; 0: a new one */
    bool words;     /* what the file says of itself is taken over */
    char *file;     /* below media/incoming/ */
    char *state;    /* "waiting", "done", "refused" */
    int64_t media;  /* what it became, or 0 */
    int64_t ended;  /* when, or 0 */
    char *reason;   /* why it was refused, or "" */
} Incoming;

void incoming_free(Incoming *incoming);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Incoming, incoming_free)

/* What somebody gives. */
typedef struct {
    const char *name;
    const void *bytes;
    size_t length;
    int64_t person, target;
    bool words;
    StoreBody may; /* asked in the transaction that takes it, or NULL */
    void *data;
} IncomingFile;

/* Keeps the bytes, and lets the worker know. `directory` is the newsroom's media/. */
bool incoming_give(Store *store, int directory, const IncomingFile *given, int64_t now, int64_t *id,
                   GError **error);

/* NOT_FOUND. */
Incoming *incoming_read(Store *store, int64_t id, GError **error);

/* Newest first; those that have ended stay for INCOMING_KEPT. Elements Incoming. */
#define INCOMING_KEPT (24 * INT64_C(3600000000)) /* µs */
GPtrArray *incoming_list(Store *store, unsigned most, GError **error);

/* Takes one in; what is refused is said in its row, and is no error. `last` (the last attempt):
 * every failure is a refusal. */
bool incoming_take(Store *store, int directory, int64_t id, bool last, int64_t now, GError **error);

/* Removes files of no row, once they are older than an hour, and rows whose time is over; refuses
 * what nobody has taken in for a day. Cheap when there is nothing. */
bool incoming_sweep(Store *store, int directory, int64_t now, GError **error);

/* The job, ended by kind NULL; it finds its files where media_jobs_directory() says. */
extern const JobKind incoming_jobs[];
