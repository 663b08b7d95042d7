/*
 * Tokens of the API: what lets a script in, in the place of a person, without password or cookie.
 *
 * A token belongs to a person and is that person to the API, with less or the same rights: it has
 * scopes, and of these only those count which the person's role may have at the moment of use
 * (api_scopes_of_role()). So it never opens more than its owner could. A change of role also takes
 * the scopes away for good that the new role has not; nobody gets them back unseen by a later one.
 *
 * The token is "kolokol_" and 256 random bits in hex, shown once; stored is its SHA-256. It ends at
 * its time (90 days unless said otherwise, a year at most), by api_token_revoke(), with its
 * person's disabling or new password, and with "lock the office" (session.h). Noted of its use is
 * the day only. Making and revoking stand in the audit log.
 *
 * Errors: NOT_FOUND, INVALID, LIMIT, DENIED (more than the role may), CONFLICT (the person is not
 * active), those of the store.
 */
#pragma once

#include "staff/permission.h"
#include "store/store.h"

#define API_TOKEN      73u  /* bytes of a token's text with its end */
#define API_TOKEN_NAME 100u /* bytes of its name */
#define API_TOKENS     20u  /* of one person at the same time */
#define API_DAYS       90u  /* how long, unless said otherwise */
#define API_DAYS_MOST  366u

/* Bits. A row of the API names what it needs; API_SCOPE_NONE is nothing that a token can have. */
typedef enum {
    API_SCOPE_NONE = 0,
    API_SCOPE_ANY = 1 << 0,         /* every token has it */
    API_SCOPE_READ = 1 << 1,        /* stories, work on them, names, pictures, the front */
    API_SCOPE_WRITE = 1 << 2,       /* stories that are not out */
    API_SCOPE_PUBLISH = 1 << 3,     /* publish, schedule, withdraw, correct; change what is out */
    API_SCOPE_MEDIA = 1 << 4,       /* add pictures, and their words */
    API_SCOPE_FRONT = 1 << 5,       /* the front and its breaking line */
    API_SCOPE_EMBARGOED = 1 << 6,   /* stories under embargo, and embargoes */
    API_SCOPE_NEWSLETTERS = 1 << 7, /* see newsletters and issues */
    API_SCOPE_GIFTS = 1 << 8,       /* see totals of gifts */
    API_SCOPE_STATE = 1 << 9,       /* see how the machine is */
    API_SCOPE_ERASE = 1 << 10,      /* take down, withhold a name, and see how far that is */
    API_SCOPE_SETTINGS = 1 << 11,   /* settings and sections of the paper */
    API_SCOPE_CAMPAIGNS = 1 << 12,  /* see and set what readers are asked for */
    API_SCOPE_COMPOSE = 1 << 13,    /* set newsletters, compose issues */
    API_SCOPE_THEME = 1 << 14,      /* templates and styles, which every page is made with */
} ApiScope;

/* What stands in a list of scopes; ended by name NULL. */
typedef struct {
    const char *name; /* "read" */
    ApiScope scope;
    Permission permission; /* what the owner's role must be allowed */
    const char *help;
} ApiScopeRow;

extern const ApiScopeRow api_scope_rows[];

/* Their names, for messages and help. */
#define API_SCOPES                                                                                 \
    "read, write, publish, media, front, embargoed, newsletters, gifts, state, erase, settings, "  \
    "campaigns, compose, theme"

/* What a token of somebody of this role can have at most, without API_SCOPE_ANY. */
unsigned api_scopes_of_role(Role role);

/* "read,write": at least one. INVALID names the word. */
bool api_scopes_parse(const char *text, unsigned *scopes, GError **error);

/* The other way, in the order of the table. Caller frees. */
char *api_scopes_text(unsigned scopes);

typedef struct {
    int64_t id, person;
    char *name, *email; /* email: the person's */
    unsigned scopes;    /* of those given, what the person's role may now */
    int64_t created, ends;
    int64_t used; /* the day's first moment, UTC; 0: never */
} ApiToken;

void api_token_free(ApiToken *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ApiToken, api_token_free)

typedef struct {
    int64_t person;
    const char *name; /* what it is for: "Reuters wire" */
    unsigned scopes;
    unsigned days; /* 0: API_DAYS */
} ApiTokenWish;

/* `text` gets the token, *id (may be NULL) its number; `by` is who makes it, 0 for the command
 * line. */
bool api_token_make(Store *store, const ApiTokenWish *wish, int64_t by, int64_t now,
                    char text[API_TOKEN], int64_t *id, GError **error);

/* The token of this text, of an active person and before its end. NOT_FOUND: otherwise. */
ApiToken *api_token_find(Store *store, const char *text, int64_t now, GError **error);

/* Notes the day of its use: a write at the first use of a day. */
bool api_token_note(Store *store, const ApiToken *token, int64_t now, GError **error);

/* A person's (0: everybody's), the newest first; those that have ended are there until the next one
 * is made. Elements ApiToken. */
GPtrArray *api_token_list(Store *store, int64_t person, GError **error);

/* Ends one; `owner` 0 is whoever's, else NOT_FOUND for another's. */
bool api_token_revoke(Store *store, int64_t owner, int64_t id, int64_t by, int64_t now,
                      GError **error);

/* For person.c and session.c, inside their transactions: ends a person's, everybody's; takes away
 * what a role has not, and ends those that have nothing left. */
bool api_token_end_of(Store *store, int64_t person, GError **error);
bool api_token_end_all(Store *store, GError **error);
bool api_token_narrow(Store *store, int64_t person, Role role, GError **error);
