/*
 * Issues of a newsletter (docs/mail.md):
 *
 *     draft --send--> frozen --everybody written down--> sending --nobody left--> sent
 *
 * A draft is composed of the stories published since the last issue (at first: in the last seven
 * days), and composed anew as long as it is a draft; a newsletter has at most one. Sending freezes
 * first: the letter's text, then its recipients, one row of the journal each (delivery.h), those
 * left out with the reason. From then on the issue is in the archive on the paper: inputs
 * "newsletter:NAME" and "issues:NAME".
 */
#pragma once

#include "jobs/jobs.h"
#include "mail/mailroom.h"

#define ISSUE_DAYS 7                           /* that a first issue covers */
#define ISSUE_LATE (24 * INT64_C(3600000000))  /* µs: a schedule missed by more is left out */
#define ISSUE_PAST (14 * INT64_C(86400000000)) /* µs: no issue reaches further back */

typedef enum {
    ISSUE_DRAFT = 1,
    ISSUE_FROZEN = 2,
    ISSUE_SENDING = 3,
    ISSUE_SENT = 4,
} IssueState;

typedef struct {
    int64_t id, newsletter, number; /* the number from 1 within the newsletter */
    char *name, *language;          /* of the newsletter */
    IssueState state;
    char *code; /* stands in html and plain where a recipient's token goes */
    char *subject, *content, *html, *plain;
    int64_t covers_from, covers_until, created, frozen, finished;
} Issue;

void issue_free(Issue *issue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Issue, issue_free)

const char *issue_state_name(IssueState state);

/* NOT_FOUND. */
Issue *issue_read(Store *store, int64_t id, GError **error);

/* Issues of a newsletter that were sent or are being sent, newest first, at most `most`, without
 * html and plain. Elements Issue. */
GPtrArray *issue_archive(Store *store, int64_t newsletter, unsigned most, GError **error);

/* All of a newsletter (0: of all), newest first, likewise. */
GPtrArray *issue_list(Store *store, int64_t newsletter, unsigned most, GError **error);

/* One of the archive by its number; NULL and no error if it is not there. */
bool issue_of_number(Store *store, int64_t newsletter, int64_t number, Issue **issue,
                     GError **error);

/* Makes the draft, or makes it anew. NOT_FOUND: no such newsletter, or no story since the last
 * issue. */
bool issue_compose(Store *store, const char *newsletter, int64_t *id, GError **error);

/* Freezes a draft and lets it go. CONFLICT if it is no draft any more. */
bool issue_send(Store *store, const Mailroom *room, int64_t id, GError **error);

/* The same at its newsletter's time: the next one is planned with it, so that a job that is killed
 * afterwards and runs again finds nothing due. */
bool issue_send_in_time(Store *store, const Mailroom *room, int64_t id, GError **error);

/* Handlers of jobs: the newsletter's time has come; write the next recipients down. */
bool issue_on_schedule(Store *store, const Mailroom *room, const char *newsletter, GError **error);
bool issue_freeze_step(Store *store, const Mailroom *room, const Job *job, GError **error);

/* Those whose recipients are all settled are sent. */
bool issue_finish(Store *store, GError **error);

/* The path of an issue's page in the edition. Caller frees. */
char *issue_path(const char *newsletter, int64_t number);
