/*
 * A newsletter: what readers can subscribe to, in one language. It is written as a Markdown file
 * with front matter and no body, and set with `kolokol newsletter set FILE`; the same name again
 * changes it. The pages of a language offer the first one that was set (mail_blocks.h); so a change
 * of heading, description or language makes the frame of its pages stale.
 *
 * Subscribers, issues and sending are not here.
 */
#pragma once

#include "store/store.h"

#define NEWSLETTER_NAME_MAX 60u   /* bytes; a-z, 0-9 and '-': it stands in addresses */
#define NEWSLETTER_TEXT_MAX 1000u /* bytes of each other text */

typedef struct {
    char *name, *language;
    char *heading;     /* "Sign up for our free weekly newsletter" */
    char *description; /* one or two sentences; may be empty */
    char *schedule;    /* as given; the sender gives it its meaning; may be empty */
    char *from;        /* "The Bell <letters@bell.example>"; may be empty */
} Newsletter;

void newsletter_free(Newsletter *newsletter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Newsletter, newsletter_free)

/* Reads a newsletter file. INVALID and LIMIT name the key and what is wrong with it. */
Newsletter *newsletter_parse(const char *text, size_t length, GError **error);

/* Sets it. *changed tells whether anything differs from before. Errors: those of the store. */
bool newsletter_set(Store *store, const Newsletter *newsletter, bool *changed, GError **error);

/* All, by language, in the order in which they were set first. Elements Newsletter. */
GPtrArray *newsletter_list(Store *store, GError **error);
