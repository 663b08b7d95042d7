/*
 * A browser of somebody of the staff, without a socket: keeps the cookie that the office sets, and
 * the token of the form that it saw last.
 */
#pragma once

#include "office/office.h"
#include "staff/second.h"

typedef struct {
    Office *office;
    char cookie[120], csrf[OFFICE_TOKEN];
    const char *site;     /* Sec-Fetch-Site; NULL sends none */
    const char *referer;  /* Referer; NULL sends none */
    const char *language; /* Accept-Language; NULL sends none */
    uint8_t address;      /* the last byte of 10.0.0.x */
    char *location;       /* the last Location; NULL if there was none */
    char *cookie_line;    /* the last Set-Cookie, whole; NULL if there was none */
    /* Called while an answer is put off, each time before it is asked for again; NULL: nothing
     * happens meanwhile. */
    void (*meanwhile)(void *data);
    void *data;
} Browser;

#define BROWSER(door)                                                                              \
    {                                                                                              \
        .office = (door), .site = "same-origin", .address = 1                                      \
    }
void browser_clear(Browser *browser);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Browser, browser_clear)

/* `path` may have a query. */
HttpReply *browser_get(Browser *browser, const char *path);

/* The form's token is added to `body`, "a=b&c=d"; and, if that has no base, what a form of a
 * story's way says of its page, which is looked at first. browser_post_bare() adds nothing. */
HttpReply *browser_post(Browser *browser, const char *path, const char *body);
HttpReply *browser_post_bare(Browser *browser, const char *path, const char *body);

/* A body of another kind, as it stands: a form with files, a picture. */
HttpReply *browser_send(Browser *browser, const char *path, const char *type, const void *body,
                        size_t length);

/* Loads the sign-in page and signs in. The status: 303 if that worked. */
unsigned browser_sign_in(Browser *browser, const char *email, const char *password);

/* At the page that sets up a second factor: reads its key and gives its code. `codes` gets the
 * recovery codes of the page after it. */
void browser_set_up(Browser *browser, char codes[SECOND_CODES][SECOND_RECOVERY]);

/* The key of a page that sets one up. */
void reply_key(const HttpReply *reply, uint8_t totp[TOTP_SECRET]);

bool reply_says(const HttpReply *reply, const char *text);

/* The value of the form's field, as the last `name="NAME" value="…"` of the page has it, or NULL.
 * Caller frees. */
char *reply_field(const HttpReply *reply, const char *name);
