/*
 * Mails that a newsroom without a mail server has written to outbox/ (transport.h), to be read by a
 * person. Nothing here changes them. Bounded: OUTBOX_SCANNED files are looked at, the newest first
 * by their names, and no mail above OUTBOX_MAIL is opened.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define OUTBOX_SCANNED 20000u
#define OUTBOX_MAIL    (3u * 1024 * 1024) /* bytes of a file: message.h allows 1 MiB, coded */
#define OUTBOX_HEAD    (16u * 1024)       /* bytes of headers */
#define OUTBOX_NAME    64u

typedef struct {
    char *name; /* of the file: what outbox_name_good() takes */
    char *from, *to, *subject;
    int64_t date; /* 0: it says none */
    char *head;   /* the headers as they stand; UTF-8 */
    char *text;   /* the parts, UTF-8; NULL if there is none, or only the head was read */
    char *html;
} OutboxMail;

void outbox_mail_free(OutboxMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OutboxMail, outbox_mail_free)

/* "20261126T080000-5f3a….eml", and so no other file's name. */
bool outbox_name_good(const char *name);

/* The heads of the newest, at most `most`, newest first; one that cannot be read is left out.
 * *count gets how many there are (OUTBOX_SCANNED at most). No directory: none. Elements OutboxMail.
 */
GPtrArray *outbox_list(const char *directory, unsigned most, unsigned *count, GError **error);

/* One whole. NOT_FOUND, LIMIT, CORRUPT (no mail), IO. */
OutboxMail *outbox_read(const char *directory, const char *name, GError **error);
