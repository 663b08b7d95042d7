/*
 * A newsletter: what readers can subscribe to, in one language. It is written as a Markdown file
 * with front matter and no body, and set with `kolokol newsletter set FILE`; the same name again
 * changes it. The pages of a language offer the first one that was set (mail_blocks.h); so a change
 * of heading, description or language makes the frame of its pages stale. Inputs: "newsletter:NAME"
 * (the record) and "newsletters:LANG" (which there are).
 *
 * `schedule` (schedule.h) is when an issue is composed by itself, by the job mail.compose; whether
 * it then leaves by itself too is `send`. Subscribers are subscriber.h, issues issue.h.
 */
#pragma once

#include "store/store.h"

#define NEWSLETTER_NAME_MAX 60u   /* bytes; a-z, 0-9 and '-': it stands in addresses */
#define NEWSLETTER_TEXT_MAX 1000u /* bytes of each other text */

#define NEWSLETTER_AUTOMATIC "automatic"

typedef struct {
    char *name, *language;
    char *heading;     /* "Sign up for our free weekly newsletter" */
    char *description; /* one or two sentences; may be empty */
    char *schedule;    /* schedule.h; may be empty */
    char *from;        /* "The Bell <letters@bell.example>"; may be empty */
    char *sending;     /* NEWSLETTER_AUTOMATIC, or "by hand" or empty */
    int64_t id, due;   /* of a stored one; due 0: nothing is planned */
} Newsletter;

void newsletter_free(Newsletter *newsletter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Newsletter, newsletter_free)

/* Reads a newsletter file. INVALID and LIMIT name the key and what is wrong with it. */
Newsletter *newsletter_parse(const char *text, size_t length, GError **error);

/* The same from its texts; none is NULL. White space around them does not count. */
typedef struct {
    const char *name, *language, *heading, *description, *schedule, *from, *sending;
} NewsletterTexts;

Newsletter *newsletter_of(const NewsletterTexts *texts, GError **error);

/* A mark of what it says, which tells it from what it said before; "-" of NULL. Caller frees. */
char *newsletter_mark(const Newsletter *newsletter);

/* The stored one. NOT_FOUND. */
Newsletter *newsletter_read(Store *store, const char *name, GError **error);

/* The same; *newsletter is NULL if there is none, which is no failure. */
bool newsletter_find(Store *store, const char *name, Newsletter **newsletter, GError **error);

/* The one that pages of a language offer, the first that was set; NULL if there is none. */
bool newsletter_offered(Store *store, const char *language, Newsletter **newsletter,
                        GError **error);

/* Works out when the next issue is due, and enqueues the job for then. */
bool newsletter_plan(Store *store, const char *name, GError **error);

/* Sets it, and plans its next issue. *changed tells whether anything differs from before. Errors:
 * those of the store. */
bool newsletter_set(Store *store, const Newsletter *newsletter, bool *changed, GError **error);

/* All, by language, in the order in which they were set first. Elements Newsletter. */
GPtrArray *newsletter_list(Store *store, GError **error);
