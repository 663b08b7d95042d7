/*
 * One-time links: what lets somebody in who has no password yet, or no longer. A link's token, 128
 * random bits as 32 hex digits, is in the link only; stored is the SHA-256. It is good for one use
 * of its purpose until it ends. Making one replaces the person's earlier one of that purpose; a new
 * password or disabling ends all of them.
 *
 * Looking at a link changes nothing (a mail scanner looks at every link): only link_use() uses it
 * up, in the transaction of what it lets happen.
 */
#pragma once

#include "store/store.h"

#define LINK_TOKEN 33u /* bytes of a token's text with its end */

typedef enum {
    LINK_INVITE,  /* sets the first password; a week */
    LINK_RESET,   /* sets a new one; an hour */
    LINK_SIGN_IN, /* signs a person of the demo in; a day */
    LINK_FIRST,   /* makes the first administrator, so its person is 0; a day */
    LINK_PURPOSES
} LinkPurpose;

typedef struct {
    int64_t id, person; /* person 0: LINK_FIRST */
    LinkPurpose purpose;
    int64_t created, ends;
} Link;

int64_t link_lasts(LinkPurpose purpose); /* µs */

/* `token` gets the token, *id (may be NULL) the number. */
bool link_make(Store *store, LinkPurpose purpose, int64_t person, int64_t now,
               char token[LINK_TOKEN], int64_t *id, GError **error);

/* The link of a token. NOT_FOUND: none, used, ended, or malformed. */
bool link_find(Store *store, const char *token, int64_t now, Link *link, GError **error);

/* Uses it up; NOT_FOUND if somebody was faster. Needs an open transaction. */
bool link_use(Store *store, const Link *link, GError **error);

/* When the person's present link of a purpose was made; 0 if there is none. */
bool link_made(Store *store, LinkPurpose purpose, int64_t person, int64_t *made, GError **error);

/* Ends all of a person's. */
bool link_end_of(Store *store, int64_t person, GError **error);
