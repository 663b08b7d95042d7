/*
 * How mail leaves (DESIGN 8, [mail] transport): `outbox` writes each mail as a file, `smtp` signs
 * it (dkim.h) and hands it to a server. Both answer in the words of net/smtp.h.
 *
 * outbox: OUTBOX/TIME-ID.eml, the name following from the mail's time and Message-ID, so that the
 * same mail written twice is one file. The file is on the medium when the call returns.
 */
#pragma once

#include "mail/dkim.h"
#include "net/smtp.h"

#include <stdint.h>

typedef struct Transport Transport;

Transport *transport_outbox(const char *directory, GError **error);
/* `dkim` (NULL: none) signs what leaves and becomes the transport's own, also if this fails. A mail
 * that cannot be signed does not leave: SMTP_UNREACHABLE, since nobody among the recipients is to
 * blame. */
Transport *transport_smtp(const SmtpOptions *options, Dkim *dkim, GError **error);
void transport_free(Transport *transport);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Transport, transport_free)

typedef struct {
    const char *from, *to; /* bare addresses of the envelope */
    const char *message_id;
    int64_t date;
} Envelope;

/* The file that a mail has, or would have, in an outbox. Caller frees. */
char *transport_outbox_name(const Envelope *envelope);

void transport_send(Transport *transport, const Envelope *envelope, const char *message,
                    size_t length, SmtpReply *reply);
