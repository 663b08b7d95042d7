/*
 * A mail as bytes (RFC 5322, MIME): text and HTML as alternatives, UTF-8, CRLF line ends, 7 bit on
 * the wire. Built by GMime; this file decides what stands in it.
 *
 * Nothing in a header can end it: a value with a control character is refused, whoever gave it.
 * There is no picture, no pixel and no link of ours that tells who opened what (DESIGN 2.4), no
 * User-Agent, no address of the machine.
 *
 * List headers (research E11) are there if list_id is: List-Id, List-Unsubscribe with the address
 * for one click (RFC 8058) and, if given, mailto, List-Unsubscribe-Post, Precedence is left out on
 * purpose (RFC 2076 discourages it). `automatic` says Auto-Submitted: auto-generated (RFC 3834), so
 * that nobody's holiday answers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define MESSAGE_HEADER_MAX 900u           /* bytes of a header's value */
#define MESSAGE_MAX        (1024u * 1024) /* bytes of text and HTML together */

typedef struct {
    const char *from_name, *from; /* the name may be "" */
    const char *to;
    const char *subject;
    const char *message_id; /* without <> */
    int64_t date;
    const char
        *language;    /* Content-Language; "ar" makes the reader's program write right to left */
    const char *text; /* LF line ends */
    const char *html; /* a whole document; NULL: text only */
    bool automatic;
    const char *list_id;             /* "weekly.bell.example"; NULL: not to a list */
    const char *list_name;           /* stands before the id */
    const char *unsubscribe_url;     /* https, takes the POST; with list_id */
    const char *unsubscribe_address; /* for mailto; NULL: none */
    const char *seed;                /* of the boundary between the parts; NULL: the Message-ID */
} Message;

/* Appends the message. INVALID names the header that has a control character or is not UTF-8;
 * LIMIT. */
bool message_write(const Message *message, GString *out, GError **error);

/* Whether a value may stand bare in a header: one line of UTF-8 without blanks, commas and
 * brackets. INVALID, LIMIT; NULL is fine. */
bool message_bare_fine(const char *name, const char *value, GError **error);
