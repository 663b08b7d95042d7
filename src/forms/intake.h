/*
 * The intake: the forms' own small database, the only thing that the public's door writes.
 *
 * Rows in: sealed forms (seal/box.h), which the door itself cannot read again. Rows out: answers,
 * each closed with a key made from its ticket, which only the reader has. So who takes the box has
 * hashes, times and noise. It is `intake.db` beside the newsroom's database, or a PostgreSQL schema
 * of its own (`[database] intake`), where the door's role may insert forms and read answers and do
 * no more (docs/forms.md).
 *
 *   door: put ──> form row ──> worker: lease, open, handle + "applied" in one transaction of the
 *                              newsroom ──> answer row, form row deleted, in one transaction here
 *
 * A form row lives until it is answered; one that fails is tried again with growing delay and after
 * INTAKE_ATTEMPTS stays, with the reason, for a person. An answer is kept INTAKE_ANSWER_KEPT.
 * Ceilings: INTAKE_WAITING rows; INTAKE_SEALED_MAX bytes each. Errors are the store's; put: LIMIT
 * when it is full.
 */
#pragma once

#include "seal/hash.h"
#include "store/store.h"

#define INTAKE_WAITING     10000u
#define INTAKE_SEALED_MAX  (48u * 1024)
#define INTAKE_ATTEMPTS    12u
#define INTAKE_ANSWER_KEPT INT64_C(86400000000) /* µs: a day, since its address may go by mail */

/* Opens the intake and brings its schema up to date. */
Store *intake_open(const char *url, GError **error);

/* How many forms wait. */
bool intake_waiting(Store *intake, int64_t *count, GError **error);

/* Writes a form; `ticket` is the hash of its ticket. */
bool intake_put(Store *intake, const Hash *ticket, GBytes *sealed, int64_t now, GError **error);

/* The answer of a ticket; *sealed is NULL if there is none yet. *known tells whether a form with
 * that ticket waits. */
bool intake_answer(Store *intake, const Hash *ticket, GBytes **sealed, bool *known, GError **error);

typedef struct {
    Hash ticket;
    GBytes *sealed;
    int64_t received, attempts; /* this one among them */
} IntakeForm;

void intake_form_clear(IntakeForm *form);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(IntakeForm, intake_form_clear)

/* Takes the next form that is due and keeps others from it for a minute; *found is false if there
 * is none. */
bool intake_lease(Store *intake, int64_t now, IntakeForm *form, bool *found, GError **error);

/* Answered: the answer is there and the form is gone, at once. Repeating it changes nothing. */
bool intake_finish(Store *intake, const Hash *ticket, GBytes *answer, int64_t now, GError **error);

/* Failed: tried again at `due`, or never (INT64_MAX). */
bool intake_postpone(Store *intake, const Hash *ticket, int64_t due, const char *reason,
                     GError **error);

/* Forms that were set aside, for a person, the oldest first, at most `most`. */
typedef struct {
    Hash ticket;
    int64_t received, attempts;
    const char *reason; /* borrowed for the length of the call */
} IntakeAside;

typedef bool (*IntakeTaker)(const IntakeAside *form, void *data, GError **error);
bool intake_aside(Store *intake, unsigned most, IntakeTaker take, void *data, GError **error);

/* Lets one be tried again at once, with all its attempts, or removes it unread: nobody is answered.
 * NOT_FOUND if it was not set aside. */
bool intake_retry(Store *intake, const Hash *ticket, int64_t now, GError **error);
bool intake_forget(Store *intake, const Hash *ticket, GError **error);

/* Removes answers older than INTAKE_ANSWER_KEPT, some at a time. */
bool intake_tidy(Store *intake, int64_t now, GError **error);

/* Notes of the worker for the door (site.h): named texts, written when they differ. */
bool intake_note_set(Store *intake, const char *name, const char *text, GError **error);
/* NULL without an error if there is none. Caller frees. */
char *intake_note(Store *intake, const char *name, GError **error);
