/* Letters of one event: letter.h. Newsletters' issues are issue_text.c. */
#include "mail/letter.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/message.h"
#include "theme/strings.h"

#include <string.h>

#define ARENA_MAX (1024u * 1024)

const LetterKind letter_kinds[] = {
    {"subscribe", "mail_subscribe_subject", "asks whether an address wants a newsletter"},
    {"welcome", "mail_welcome_subject", "says that a subscription is confirmed, and how it ends"},
    {"answer", "mail_answer_subject", "the address of the answer to a form, where that took long"},
    {"gift-receipt", "mail_receipt_subject", "thanks for a gift, with the link that ends it"},
    {"remind-confirm", "mail_remind_subject", "asks whether an address wants a reminder"},
    {"reminder", "mail_reminder_subject", "the reminder to support the newspaper, on its day"},
    {"staff-invite", "mail_staff_invite_subject", "invites somebody into the office"},
    {"staff-reset", "mail_staff_reset_subject", "lets somebody of the staff set a new password"},
    {NULL, NULL, NULL},
};

const LetterKind *letter_kind(const char *name)
{
    for (const LetterKind *row = letter_kinds; row->kind != NULL; row++) {
        if (strcmp(row->kind, name) == 0) {
            return row;
        }
    }
    return NULL;
}

void letter_clear(Letter *letter)
{
    g_clear_pointer(&letter->from, g_free);
    if (letter->message != NULL) {
        g_string_free(g_steal_pointer(&letter->message), TRUE);
    }
}

static Value *values_of(ValueArena *arena, const char *language, const char *content,
                        const MailSite *site, const char *subject, GError **error)
{
    const Value *given = value_from_json(arena, content, strlen(content), error);
    if (given == NULL || value_kind(given) != VALUE_MAP) {
        g_prefix_error(error, "the content of a mail: ");
        return NULL;
    }
    Value *values = value_map_over(arena, given);
    value_set(values, "t", strings_value(arena, language));
    value_set_text(values, "lang", language);
    value_set_text(values, "dir", language_direction(language));
    value_set_text(values, "subject", subject);
    Value *about = value_set_map(values, "site");
    value_set_text(about, "name", site->name);
    value_set_text(about, "url", site->url);
    return values;
}

/* The two parts; `subject` is what the page's head says. */
static bool render(const Mailroom *room, const LetterPlan *plan, const MailSite *site,
                   const char *subject, GString *html, GString *text, GError **error)
{
    g_autofree char *page = g_strconcat("mail-", plan->kind, NULL);
    g_autofree char *plain = g_strconcat("mail-", plan->kind, "-text", NULL);
    g_autoptr(ValueArena) arena = value_arena_new(ARENA_MAX);
    const Value *values = values_of(arena, plan->language, plan->content, site, subject, error);
    return values != NULL && theme_render(room->theme, page, values, html, error) &&
           theme_render_plain(room->theme, plain, values, text, error);
}

/* Caller frees. */
static char *subject_of(const LetterPlan *plan, const MailSite *site, GError **error)
{
    const LetterKind *kind = letter_kind(plan->kind);
    if (kind == NULL) {
        fail(error, KOLOKOL_ERROR_INVALID, "there is no kind of mail \"%.60s\"", plan->kind);
        return NULL;
    }
    return strings_fill(plan->language, kind->subject, "name", site->name, NULL);
}

bool letter_render(Store *store, const Mailroom *room, const LetterPlan *plan, GString *html,
                   GString *text, GError **error)
{
    g_auto(MailSite) site = {0};
    g_autofree char *subject =
        mail_site_read(store, plan->language, &site, error) ? subject_of(plan, &site, error) : NULL;
    return subject != NULL && render(room, plan, &site, subject, html, text, error);
}

bool letter_compose(Store *store, const Mailroom *room, const Delivery *delivery, Letter *letter,
                    GError **error)
{
    LetterPlan plan = {delivery->kind, delivery->language, delivery->content};
    g_auto(MailSite) site = {0};
    g_autofree char *name = NULL, *from = NULL;
    g_autofree char *subject = mail_site_read(store, delivery->language, &site, error)
                                   ? subject_of(&plan, &site, error)
                                   : NULL;
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    if (subject == NULL || !mailroom_sender(room, &site, &name, &from, error) ||
        !render(room, &plan, &site, subject, html, text, error)) {
        return false;
    }
    Message message = {.from_name = name,
                       .from = from,
                       .to = delivery->address,
                       .subject = subject,
                       .message_id = delivery->message_id,
                       .date = delivery->created / CLOCK_SECOND * CLOCK_SECOND,
                       .language = delivery->language,
                       .text = text->str,
                       .html = html->str,
                       .automatic = true};
    g_autoptr(GString) out = g_string_sized_new(16 * 1024);
    if (!message_write(&message, out, error)) {
        return false;
    }
    *letter = (Letter){g_steal_pointer(&from), g_steal_pointer(&out)};
    return true;
}
