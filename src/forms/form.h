/*
 * Forms: what the public can ask of the newsroom, one `const FormKind` row each.
 *
 * A row's name is the path it is posted to: `subscribe` is POSTed to /subscribe or /en/subscribe of
 * the forms' door (the prefix is the reader's language; without one it is the site's first). The
 * door checks the fields by the row, seals them to the worker's key and writes one row into the
 * intake (intake.h); the worker opens it and calls `handle` inside one transaction of the
 * newsroom's database (drain.h). So the handler is written as if it answered at once, and happens
 * exactly once however often anything is killed.
 *
 * Pages. What a handler answers is a page by name and texts for it; the door renders the template
 * `door-PAGE` of the theme in the reader's language: {{t.…}} are the interface texts, {{v.KEY}}
 * what the handler set, {{link}} where it leads on. A kind that can be looked at (`show`) has a
 * template `door-NAME` too, with the form or the button; there {{v.FIELD}} are the fields given in
 * the query of the address (declared ones only, within their ceilings) and {{v.token}} the end of
 * the path. GET and HEAD never reach a handler.
 *
 * Every form carries the trap: a field FORM_TRAP that people do not see and leave empty
 * ({{>door-trap}}), and may carry FORM_AGE: seconds since the page was there, by script. Who fills
 * the trap, or is faster than FORM_AGE_LEAST, is shown the form again by the door (one of a hidden
 * kind: a button, with what was given behind it) with a signed stamp, and passes by pressing the
 * button once more (docs/decisions/0050-forms.md).
 *
 * Limits: FORM_FIELDS fields, FORM_BODY_MAX bytes in all; `per_client` in ten minutes from one
 * address, `in_all` a minute together; both answer 429 with a page.
 */
#pragma once

#include "seal/token.h"
#include "store/store.h"

#define FORM_FIELDS     16u
#define FORM_BODY_MAX   (16u * 1024)
#define FORM_VALUES     24u   /* texts of an answer */
#define FORM_VALUE_MAX  4000u /* bytes of one of them */
#define FORM_LINK_MAX   1000u /* bytes */
#define FORM_TRAP       "homepage"
#define FORM_AGE        "age"
#define FORM_AGE_LEAST  2
#define FORM_TICKET_HEX 32u              /* digits of a ticket, 128 bits */
#define FORM_BY_MAIL    "answer-by-mail" /* the kind that "door-later" offers; of whoever mails */

typedef struct FormKind FormKind;
typedef struct FormAnswer FormAnswer;

typedef struct {
    const char *name;
    size_t most; /* bytes, after decoding; longer is refused */
    bool required;
    bool lines; /* may have line ends; else they, and all other control bytes, are refused */
} FormField;

typedef enum {
    FORM_HIDDEN,     /* GET is 405 */
    FORM_SHOW,       /* GET /NAME shows the form */
    FORM_SHOW_TOKEN, /* GET /NAME/TOKEN shows a button; POST goes there too, and the field "token",
                        which the row must have, is then the path's */
} FormShow;

/* One that came. Borrowed for the length of the call; all texts are valid UTF-8, never NULL. */
typedef struct {
    const FormKind *kind;
    const char *language;            /* one of the site's */
    const char *values[FORM_FIELDS]; /* by the order of kind->fields; "" where not given */
    const char *ticket; /* FORM_TICKET_HEX digits; a secret between the reader and us */
    int64_t received;   /* when it came to the door */
} Form;

/* What handlers share. */
typedef struct {
    const TokenKeys *tokens;
    void *data; /* main's; a department that needs more says so there */
} FormContext;

struct FormKind {
    const char *name;        /* [a-z-]+ */
    const FormField *fields; /* ended by name NULL */
    FormShow show;
    /* Accepts `List-Unsubscribe=One-Click` (RFC 8058), urlencoded or multipart, at POST
     * /NAME/TOKEN: answered with 200 at once, without a redirect. */
    bool one_click;
    unsigned per_client, in_all;
    /* In the worker, in the newsroom's transaction; may run again after a rollback, so it has no
     * effect outside the database (a mail is a job). INVALID and LIMIT are answered with the page
     * "refused" and the error's message as {{v.reason}}: say it in form->language. Every other
     * error is tried again. Same answer whether or not an address is known (E14). */
    bool (*handle)(Store *newsroom, const FormContext *context, const Form *form,
                   FormAnswer *answer, GError **error);
    const char *help; /* one line */
};

/* The field's value; the kind must have it (a fault otherwise). */
const char *form_value(const Form *form, const char *name);

/* The page to show: template `door-PAGE`. "done" unless set. Constants are borrowed. */
void form_answer_page(FormAnswer *answer, const char *page);
/* A text for it, {{v.KEY}}; escaped by the template. NULL removes. Cut at FORM_VALUE_MAX. */
void form_answer_text(FormAnswer *answer, const char *key, const char *text);
/* Where it leads on: a plain link and a refresh after some seconds. A path of the door
 * ("/en/practice/…") or https:// (http:// only for local hosts) of somebody else; anything else is
 * a fault. Never a redirect: the page's own policy would block it (DESIGN 3). */
void form_answer_link(FormAnswer *answer, const char *url);

/* For the door and the worker, and tests: an answer by itself, and its wire form (JSON). */
FormAnswer *form_answer_new(void);
void form_answer_free(FormAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FormAnswer, form_answer_free)
const char *form_answer_page_name(const FormAnswer *answer);
const char *form_answer_get_text(const FormAnswer *answer, const char *key); /* NULL if not set */
const char *form_answer_get_link(const FormAnswer *answer);                  /* NULL if not set */
/* Each text that is set, in the order in which the keys were set first. */
void form_answer_each(const FormAnswer *answer,
                      void (*take)(const char *key, const char *text, void *data), void *data);
GBytes *form_answer_write(const FormAnswer *answer);
/* CORRUPT if it is none. Texts are all strings, at most FORM_VALUES. */
FormAnswer *form_answer_read(const void *bytes, size_t length, GError **error);

/* The kind of that name in a table ended by NULL, or NULL. */
const FormKind *form_kind(const FormKind *const *kinds, const char *name, size_t length);
/* The index of a field, -1 if the kind has none of that name. */
int form_field(const FormKind *kind, const char *name, size_t length);
