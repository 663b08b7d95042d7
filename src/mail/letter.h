/*
 * Letters: mails that one event makes for one person (a confirmation, a receipt, a reminder). Each
 * kind is a row: its subject, its templates, nothing else. A department that wants one sent
 * enqueues the job "mail.send" (mail_jobs.h) with the values for the templates.
 *
 * Templates: theme/mail-KIND.mustache is the HTML, theme/mail-KIND-text.mustache the plain text.
 * They see the given values, {{t.…}}, {{lang}}, {{dir}}, {{subject}} and {{site.name}},
 * {{site.url}}. What a visitor typed does not belong into a mail that was not asked for by its
 * recipient (research E14).
 */
#pragma once

#include "mail/delivery.h"
#include "mail/mailroom.h"

typedef struct {
    const char *kind;    /* [a-z-]+ */
    const char *subject; /* id of an interface text, which may say {name}: the site's */
    const char *help;
} LetterKind;

/* All kinds, ended by kind NULL. */
extern const LetterKind letter_kinds[];

/* NULL if there is none of that name. */
const LetterKind *letter_kind(const char *name);

/* What a letter is made of. */
typedef struct {
    const char *kind, *language;
    const char *content; /* the values for its templates: a JSON object */
} LetterPlan;

/* Appends its HTML and its plain text. INVALID: the kind, the content. Of the room only the theme
 * is used. */
bool letter_render(Store *store, const Mailroom *room, const LetterPlan *plan, GString *html,
                   GString *text, GError **error);

/* A mail ready to be handed over. */
typedef struct {
    char *from; /* of the envelope */
    GString *message;
} Letter;

void letter_clear(Letter *letter);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Letter, letter_clear)

/* Composes the letter of a row of the journal. INVALID: the kind, the content, a header. */
bool letter_compose(Store *store, const Mailroom *room, const Delivery *delivery, Letter *letter,
                    GError **error);
