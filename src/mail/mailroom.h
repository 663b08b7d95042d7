/*
 * The mailroom: what composing and sending needs besides the store. Opened once by a process that
 * composes or sends, given to its job handlers (main/worker.c).
 */
#pragma once

#include "mail/transport.h"
#include "seal/secret.h"
#include "seal/token.h"
#include "store/store.h"
#include "theme/theme.h"

/* All but the directories as in kolokol.ini's [mail]; borrowed for the call. */
typedef struct {
    const char *keys_dir, *theme_dir, *outbox_dir;
    /* "outbox" or "smtp"; NULL: indoors, for a process that renders and freezes letters but
     * composes and sends none: it reads no password and no keys of tokens. */
    const char *transport;
    const char *url, *password_file, *ca_file;
    const char *dkim_selector, *dkim_key_file; /* dkim.h; both "" or NULL: mail is not signed */
    const char *from; /* "" : an address at the site's host, for outbox only */
} MailroomOptions;

typedef struct Mailroom {
    Secret secret;
    TokenKeys *tokens; /* NULL indoors */
    Theme *theme;
    Transport *transport; /* NULL indoors */
    char *from;           /* "" if none is set */
} Mailroom;

/* INVALID names the line of kolokol.ini. */
Mailroom *mailroom_open(const MailroomOptions *options, GError **error);
void mailroom_free(Mailroom *room);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mailroom, mailroom_free)

/* What letters in a language say of the site, read from the settings. */
typedef struct {
    char *name, *url, *host, *forms_url, *first_language;
    char *unsubscribe_mail; /* "" if nobody reads such mails */
    GTimeZone *zone;
} MailSite;

bool mail_site_read(Store *store, const char *language, MailSite *site, GError **error);
void mail_site_clear(MailSite *site);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MailSite, mail_site_clear)

/* "https://host/ru/" + path for a language; an address of the paper and of the forms' door. Callers
 * free. */
char *mail_site_address(const MailSite *site, const char *path);
char *mail_site_form(const MailSite *site, const char *language, const char *form,
                     const char *token);

/* The sender of mails that are no newsletter's: the room's, else noreply at the site's host.
 * Callers free both. */
bool mailroom_sender(const Mailroom *room, const MailSite *site, char **name, char **address,
                     GError **error);

/* The Message-ID of the mail that `what` names, the same each time, without <>: only we can foresee
 * it (research E15). Caller frees. */
char *mailroom_message_id(const Mailroom *room, const MailSite *site, const char *what);
