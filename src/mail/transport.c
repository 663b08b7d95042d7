/* The two ways out: transport.h. SMTP itself is net/smtp.c, signing dkim.c. */
#include "mail/transport.h"

#include "base/clock.h"
#include "base/file.h"

#include <string.h>

struct Transport {
    Smtp *smtp;    /* or: directory */
    Dkim *dkim;    /* NULL: what leaves is not signed */
    int directory; /* of the outbox */
};

Transport *transport_outbox(const char *directory, GError **error)
{
    int opened = directory_open(directory, true, error);
    if (opened < 0) {
        return NULL;
    }
    Transport *transport = g_new0(Transport, 1);
    transport->directory = opened;
    return transport;
}

Transport *transport_smtp(const SmtpOptions *options, Dkim *dkim, GError **error)
{
    Smtp *smtp = smtp_new(options, error);
    if (smtp == NULL) {
        dkim_free(dkim);
        return NULL;
    }
    Transport *transport = g_new0(Transport, 1);
    *transport = (Transport){.smtp = smtp, .dkim = dkim, .directory = -1};
    return transport;
}

void transport_free(Transport *transport)
{
    if (transport != NULL) {
        g_clear_pointer(&transport->smtp, smtp_free);
        g_clear_pointer(&transport->dkim, dkim_free);
        file_close(&transport->directory);
        g_free(transport);
    }
}

/* 20261126T080000-5f3a….eml: sorts by time. */
char *transport_outbox_name(const Envelope *envelope)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(envelope->date / CLOCK_SECOND);
    g_autofree char *time = g_date_time_format(date, "%Y%m%dT%H%M%S");
    g_autofree char *digest =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, envelope->message_id, -1);
    return g_strdup_printf("%s-%.16s.eml", time, digest);
}

static void write_file(Transport *transport, const Envelope *envelope, const char *message,
                       size_t length, SmtpReply *reply)
{
    g_autofree char *name = transport_outbox_name(envelope);
    g_autoptr(GError) reason = NULL;
    *reply = (SmtpReply){.outcome = SMTP_ACCEPTED};
    g_snprintf(reply->text, sizeof reply->text, "outbox/%s", name);
    if (!file_replace(transport->directory, name, message, length, 0600, &reason)) {
        reply->outcome = SMTP_UNREACHABLE;
        g_strlcpy(reply->text, reason->message, sizeof reply->text);
    }
}

static void send_signed(Transport *transport, const Envelope *envelope, const char *message,
                        size_t length, SmtpReply *reply)
{
    g_autoptr(GString) whole = g_string_sized_new(length + 4096);
    g_autoptr(GError) reason = NULL;
    if (!dkim_sign(transport->dkim, envelope->from, message, length, clock_now(), whole, &reason)) {
        *reply = (SmtpReply){.outcome = SMTP_UNREACHABLE};
        g_strlcpy(reply->text, reason->message, sizeof reply->text);
        return;
    }
    g_string_append_len(whole, message, (gssize)length);
    smtp_send(transport->smtp, envelope->from, envelope->to, whole->str, whole->len, reply);
}

void transport_send(Transport *transport, const Envelope *envelope, const char *message,
                    size_t length, SmtpReply *reply)
{
    if (transport->dkim != NULL) {
        send_signed(transport, envelope, message, length, reply);
    } else if (transport->smtp != NULL) {
        smtp_send(transport->smtp, envelope->from, envelope->to, message, length, reply);
    } else {
        write_file(transport, envelope, message, length, reply);
    }
}
