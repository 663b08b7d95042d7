/*
 * SMTP by libcurl (RFC 5321): hands one message after another to one server over one connection,
 * and says of each what became of it. Which server is the caller's decision; there are no business
 * words here.
 *
 * The outcome follows from how far the exchange came, so that nothing is sent twice and nothing is
 * lost (research E15):
 *
 *   SMTP_ACCEPTED     the server answered 2xx to the end of the data: it is theirs now
 *   SMTP_REJECTED     5xx, at whichever command: asking again is useless
 *   SMTP_DEFERRED     4xx, or the connection broke before the final dot was sent: ask later
 *   SMTP_UNREACHABLE  no connection, no TLS, or the log-in was refused: nothing to do with this
 *                     message
 *   SMTP_UNCERTAIN    the final dot was sent and no answer came: it may or may not be theirs
 *
 * TLS: smtps:// from the first byte; smtp:// by STARTTLS, which is demanded unless the host is this
 * machine; certificates are always checked. Each call asks fault.h first (FAULT_SOCKET).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define SMTP_TEXT_MAX 400u /* bytes of a server's answer that are kept */

typedef enum {
    SMTP_ACCEPTED,
    SMTP_REJECTED,
    SMTP_DEFERRED,
    SMTP_UNREACHABLE,
    SMTP_UNCERTAIN,
} SmtpOutcome;

typedef struct {
    const char *url;      /* smtp://[USER@]HOST[:PORT] or smtps://… */
    const char *password; /* for USER; NULL: no log-in */
    const char *ca_file;  /* certificates to believe in the place of the system's; NULL: those */
    const char *hello;    /* the name that we give; NULL: the machine's */
    bool tls_optional;    /* TLS is tried, not demanded: for a relay on a private network */
    int connect_seconds;  /* 0: 30 */
    int message_seconds;  /* for one message; 0: 120 */
} SmtpOptions;

typedef struct {
    SmtpOutcome outcome;
    int code;                     /* of the last answer, 0 if there was none */
    char enhanced[12];            /* RFC 3463: "5.1.1"; "" if the server gives none */
    char text[SMTP_TEXT_MAX + 1]; /* one line for a person: the server's answer, or what failed */
} SmtpReply;

typedef struct Smtp Smtp;

/* Connects with the first message. INVALID: the URL, a password without a user, the certificates'
 * file. */
Smtp *smtp_new(const SmtpOptions *options, GError **error);
void smtp_free(Smtp *smtp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Smtp, smtp_free)

/* Sends one message with CRLF line ends; lines that begin with a dot are taken care of. `from` and
 * `to` are bare addresses without line breaks; an empty `from` is the null sender. Never fails
 * otherwise than by the reply. */
void smtp_send(Smtp *smtp, const char *from, const char *to, const char *message, size_t length,
               SmtpReply *reply);

/* "ok", "rejected", … for messages. */
const char *smtp_outcome_name(SmtpOutcome outcome);
