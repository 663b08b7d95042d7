/*
 * How mail leaves (DESIGN 8, [mail] transport): `outbox` writes each mail as a file, `smtp` hands
 * it to a server. Both answer in the words of net/smtp.h.
 *
 * outbox: OUTBOX/TIME-ID.eml, the name following from the mail's time and Message-ID, so that the
 * same mail written twice is one file. The file is on the medium when the call returns.
 */
#pragma once

#include "net/smtp.h"

#include <stdint.h>

typedef struct Transport Transport;

Transport *transport_outbox(const char *directory, GError **error);
Transport *transport_smtp(const SmtpOptions *options, GError **error);
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
