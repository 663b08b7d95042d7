/*
 * A newsroom as its public sees it, for fault loops: databases, mailroom with an outbox, the forms
 * and jobs of mail and fund, a worker that takes what is there. The clock stands at public_now.
 */
#pragma once

#include "base/clock.h"
#include "forms/drain.h"
#include "mail/mailroom.h"

#define TICKET "0123456789abcdef0123456789abcdef"
#define BEFORE "fedcba9876543210fedcba9876543210" /* of a form that was answered before */
#define BEGAN  (INT64_C(1795000000) * CLOCK_SECOND)

typedef struct {
    char *folder, *prepared; /* databases, and these as a case prepared them */
    Store *newsroom, *intake;
    BoxSecretKey key;
    Mailroom *room;
    FormContext context;
    Drain drain;
    const char *ticket; /* of the next form */
    unsigned again;     /* how often the case was asked */
} Public;

extern int64_t public_now;

void public_begin(Public *stage);
void public_end(Public *stage);

/* The databases: opened and closed, as by another process; made anew and empty; copied from one
 * folder to another while closed. */
void public_open(Public *stage);
void public_close(Public *stage);
void public_migrate(Public *stage);
void public_copy(const char *from, const char *to);

/* Takes what is there, form by form and job by job; false at the first failure, as a worker's
 * process ends. */
bool public_work(Public *stage, GError **error);

/* The same in good health, now and each hour after. */
void public_work_well(Public *stage, unsigned hours);

/* The door's part: true is a ticket, false that the reader is told to try again. `values` by the
 * order of the kind's fields, ended by NULL. */
bool public_put(Public *stage, const FormKind *kind, const char *const *values, GError **error);

void public_empty_outbox(const Public *stage);

/* Asserts that there are so many mails of an issue (0: letters), no more, and that one that is
 * missing is "uncertain"; the page of the ticket's answer; that no form waits and no job is dead.
 */
void public_check_mails(Public *stage, int64_t issue, guint expected);
void public_check_answer(Public *stage, const char *page);
void public_check_idle(Public *stage);
