/*
 * The office: the door of the staff, and the only one with cookies (DESIGN 3).
 *
 * Its pages are `const` rows, OfficeRoute, of the departments (`*_office.c`); src/main collects
 * their tables. The door does for each row what a page must not have to remember:
 *
 * - who asks: the session of the cookie (staff/session.h), noted as used;
 * - permission: the row's column and nothing else. A row that names none (PERMISSION_NONE) is
 *   closed to everybody. Who is not signed in is led to the sign-in page (GET) or refused (403);
 * - the form of a POST: decoded (web/fields.h), with the session's token in the field "csrf" or the
 *   header X-CSRF-Token; anything else is refused with 403 before the handler runs;
 *   In a browser such a refusal gives back what was typed (typed_page.h);
 * - size: a body over the row's is refused unread (413); large ones are read for the signed-in
 *   only, and large forms where somebody has signed in before (cookie.h);
 * - headers: frame.h's pages have the strict policy, and nothing is kept by anyone.
 *
 * GET and HEAD change nothing but the time at which a session was last used: a link that does
 * something shows a page with a button. Everything works without script.
 *
 * The cookie (HttpOnly, SameSite=Strict; with an https address also Secure and __Host-) is not sent
 * with a click on a link elsewhere. Such a request is answered with a page that opens itself again,
 * once, from here.
 *
 * Below /api stands the API (api.h), which has no cookies and rows of its own.
 *
 * A door has one thread and one store; handlers must not wait for a network. The handler of a GET
 * may put its answer off (net/server.h): it returns NULL, unless request->waited is HTTP_NO_ROOM.
 */
#pragma once

#include "net/server.h"
#include "office/api.h"
#include "office/guard.h"
#include "press/page.h"
#include "seal/secret.h"
#include "staff/person.h"
#include "staff/session.h"
#include "web/fields.h"
#include "web/rate.h"
#include "web/route.h"

#define OFFICE_TOKEN   33u          /* bytes of a CSRF token with its end */
#define OFFICE_FORM    (64u * 1024) /* bytes: a body_most for ordinary forms */
#define OFFICE_PATH    1000u        /* bytes of a path to go on to after signing in */
#define OFFICE_MARK    80u          /* bytes of the mark of a known browser with its end */
#define OFFICE_WAITING 64u          /* for HttpHandler's waiting_most */

typedef struct OfficeVisit OfficeVisit;

typedef enum {
    OFFICE_FIELDS, /* of a POST: a form, decoded into visit->fields */
    /* The handler reads visit->request->body itself (an upload, JSON): visit->fields is empty. The
     * token is in the header, or in the query as "csrf" for a form that sends files. */
    OFFICE_BYTES,
} OfficeBody;

typedef struct {
    const char *name;  /* unique: "story-list" */
    const char *path;  /* pattern of web/route.h */
    HttpMethod method; /* HTTP_GET or HTTP_POST */
    Permission permission;
    HttpReply *(*answer)(OfficeVisit *visit);
    const char *help;
    const char *menu; /* id of the text that leads here from every page; NULL: not in the menu */
    /* Id of the text that leads here from the page "The paper" (paper_page.h), beside which stands
     * the text of the same id with "_about" behind it; NULL: not there. For plain paths. */
    const char *paper;
    size_t body_most; /* bytes; 0: no body, so 0 only for GET */
    OfficeBody body;
    bool words; /* a form with words of the paper as they stood when it was opened: see withheld */
} OfficeRoute;

/* A line of what is this machine's own. */
typedef struct {
    const char *key, *value; /* "[mail] from"; nothing secret */
    const char *help;        /* a line, in English */
} OfficeFact;

typedef struct {
    Store *store;                     /* borrowed, as all here, until office_free() */
    const OfficeRoute *const *tables; /* ended by NULL; each ended by name NULL */
    const ApiRoute *const *api;       /* the API's (api.h), the same way; NULL: there is none */
    const char *trusted_proxies;      /* net/address.h */
    const Secret *secret;             /* the newsroom's: second factors hang on it */
    const struct OfficePart *const *parts; /* of the first page (dashboard.h); or NULL */
    const char *run_dir;                   /* where processes give signs of life; or NULL */
    const char *edition_dir;               /* or NULL */
    const char *outbox_dir;                /* NULL: mail leaves by a server */
    const char *url;            /* the office's own address: "https://office.bell.example" */
    const PressRecipes *drafts; /* of the kind "draft", for press_show(); NULL: no previews */
    /* The newsroom's own theme files, a folder; NULL: they are not changed here. And to try one:
     * that theme (theme_try(), theme_untry()), and recipes of all pages that are made with it. */
    const char *theme_dir;
    struct Theme *trial;
    const PressRecipes *trial_pages;
    /* Gives the work of somebody who leaves to another (0: to nobody), within the transaction that
     * disables them; *moved gets how many pieces, *left (caller frees) the numbers of what they
     * began and nobody has. NULL: nobody has any. */
    bool (*leave)(Store *store, int64_t from, int64_t to, int64_t *moved, char **left,
                  GError **error);
    /* A number that grows whenever a name is being taken out of all words; every form has it, and a
     * row with `words` refuses what was made before (409, with what was typed, which may have the
     * name). A name whose order comes between the question and the handler's writing is found by
     * the order itself. NULL: always 0. */
    bool (*withheld)(Store *store, int64_t *number, GError **error);
    const OfficeFact *machine; /* ended by key NULL; NULL: nothing is told of it */
    /* mail/mailroom.h, indoors: letters are looked at and let go. NULL: not here. */
    const struct Mailroom *mailroom;
} OfficeOptions;

/* A request while it is being answered. Owned by the door; gone when the handler returns. */
struct OfficeVisit {
    Office *office;
    Store *store;
    const HttpRequest *request;
    const OfficeRoute *route;
    RouteMatch match;
    const Person *person;   /* NULL: not signed in */
    const Session *session; /* NULL with it */
    const Fields *query;    /* never NULL */
    const Fields *fields;   /* never NULL; empty but for a POST of OFFICE_FIELDS */
    HttpAddress client;
    const char *language; /* of the interface: a language with texts */
    int64_t now;
    int64_t withheld;        /* OfficeOptions, as this request began; 0 for who is not signed in */
    GPtrArray *said;         /* for office_reason() */
    char csrf[OFFICE_TOKEN]; /* of the cookie that this answer leaves behind */
    char cookie[SESSION_TOKEN];     /* what the browser sent; "" if nothing well-formed */
    char new_cookie[SESSION_TOKEN]; /* "" unless the answer sets it */
    char mark[OFFICE_MARK];         /* of the cookie that this answer leaves behind (cookie.h) */
};

/* INVALID for wrong trusted_proxies; a row that is not complete is a fault of the program. */
Office *office_new(const OfficeOptions *options, GError **error);
void office_free(Office *office);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Office, office_free)

const OfficeOptions *office_options(const Office *office);

/* All rows in the order of their tables. For the menu and for tests of every row. */
const OfficeRoute *const *office_rows(const Office *office, unsigned *count);

/* Counts of web/rate.h, shared by the pages of this door. */
Rate *office_rate(Office *office);

/* Who guesses passwords. */
Guard *office_guard(Office *office);

bool office_https(const Office *office);

/* For HttpHandler; data is the Office. */
HttpReply *office_answer(const HttpRequest *request, void *data);
size_t office_body_limit(const HttpRequest *request, void *data);

/* ---- For handlers --------------------------------------------------------------------------- */

/* What the pattern's `:name` number n (from 0) took. Caller frees. */
char *office_part(const OfficeVisit *visit, unsigned n);

/* The same as a number above 0; false if it is none (answer office_not_found()). */
bool office_part_number(const OfficeVisit *visit, unsigned n, int64_t *number);

/* A field of the form, "" if it was not sent; one of the query. */
const char *office_field(const OfficeVisit *visit, const char *name);
const char *office_asked(const OfficeVisit *visit, const char *name);

/* An interface text in the visit's language. */
const char *office_text(const OfficeVisit *visit, const char *id);

bool office_may(const OfficeVisit *visit, Permission permission);

/* Gives the browser this session's token with the answer; "" takes it back. */
void office_set_cookie(OfficeVisit *visit, const char *token);

/* The browser is known as that of the person `id` from now on (guard.h), by a mark of its own, and
 * as long as the password stays what it is by now. */
void office_set_known(OfficeVisit *visit, int64_t id);

/* Is the newspaper's address one of this machine? Only then people of the demo may come in. */
bool office_is_local(const OfficeVisit *visit);

/* A path of this door to go on to: begins with one '/', has no control characters. */
bool office_path_good(const char *path);
