/* What tests of mail share: a site in Riga, a clock that stands, a mailroom whose mail goes to a
 * folder or to a real server, stories, and the jobs of the lane. */
#pragma once

#include "doubles/stores.h"
#include "mail/mailroom.h"

#include <stdarg.h>

/* The clock stands at 2026-11-25T10:00:00Z until it is set on. */
void fixture_clock(void);
void fixture_later(int64_t microseconds);

/* A mailroom in a folder of its own, to `url` (smtp) or, if NULL, to its outbox; its jobs are
 * registered.
 */
typedef struct {
    char *folder, *outbox, *keys;
    Mailroom *room;
} Fixture;

void fixture_open(Fixture *fixture, const char *url);
void fixture_clear(Fixture *fixture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

/* Runs the lane until nothing is due; returns how many jobs failed. */
unsigned fixture_run(Store *store, Fixture *fixture);

/* The mails in the outbox, sorted by name; elements char *. */
GPtrArray *fixture_outbox(const Fixture *fixture);

/* Sets the newsletter "weekly" (en, weekly friday 08:00), `more` being further lines of its file.
 */
void fixture_newsletter(Store *store, const char *more);

/* A published story. */
void fixture_story(Store *store, const char *slug, const char *headline, const char *date);

/* The part of a text from after `begin` to before `end`; fails the test if it is not there. Caller
 * frees. */
char *fixture_between(const char *text, const char *begin, const char *end);

/* The decoded plain text of a mail. Caller frees. */
char *fixture_text(const char *mail);
