/* The letters of an issue: issue_text.h. Letters of one event are letter.c. */
#include "mail/issue_text.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/address.h"
#include "mail/issue_content.h"
#include "mail/message_form.h"
#include "mail/newsletter.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

#define ARENA_MAX (4u * 1024 * 1024)

struct IssueText {
    Issue *issue;
    MailSite site;
    char *from_name, *from, *list_id, *list_name;
    MessageForm *form; /* for tokens of one length, which is that of nearly all */
};

static void fill(const Issue *issue, const Newsletter *newsletter, const MailSite *site,
                 const IssueContent *content, Value *values, ValueArena *arena)
{
    g_autofree char *root = g_strconcat(site->url, "/", NULL);
    g_autofree char *path = issue_path(issue->name, issue->number);
    g_autofree char *page = mail_site_address(site, path);
    g_autofree char *stop = mail_site_form(site, issue->language, "unsubscribe", issue->code);
    g_autofree char *date = date_text(issue->language, issue->covers_until, site->zone, DATE_DAY);
    value_set(values, "t", strings_value(arena, issue->language));
    value_set_text(values, "lang", issue->language);
    value_set_text(values, "dir", language_direction(issue->language));
    value_set_text(values, "subject", issue->subject);
    value_set_text(values, "date", date);
    value_set_text(values, "description", newsletter->description);
    value_set_text(values, "page_url", page);
    value_set_text(values, "unsubscribe_url", stop);
    Value *about = value_set_map(values, "site");
    value_set_text(about, "name", site->name);
    value_set_text(about, "url", site->url);
    issue_content_fill(content, values, root);
}

bool issue_text_render(Store *store, const Mailroom *room, const Issue *issue, GString *html,
                       GString *plain, GError **error)
{
    g_auto(MailSite) site = {0};
    g_autoptr(Newsletter) newsletter = newsletter_read(store, issue->name, error);
    g_autoptr(IssueContent) content =
        newsletter == NULL ? NULL : issue_content_read(issue->content, error);
    if (content == NULL || !mail_site_read(store, issue->language, &site, error) ||
        !theme_reload(room->theme, NULL, error)) {
        return false;
    }
    g_autoptr(ValueArena) arena = value_arena_new(ARENA_MAX);
    Value *values = value_map(arena);
    fill(issue, newsletter, &site, content, values, arena);
    return theme_render(room->theme, "mail-issue", values, html, error) &&
           theme_render_plain(room->theme, "mail-issue-text", values, plain, error);
}

bool issue_text_letter(Store *store, const Mailroom *room, const Issue *issue, GString *html,
                       GString *plain, GError **error)
{
    if (issue->state != ISSUE_DRAFT && issue->html != NULL && *issue->html != '\0') {
        g_string_assign(html, issue->html);
        g_string_assign(plain, issue->plain);
        return true;
    }
    if (room == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "this office cannot make letters");
    }
    return issue_text_render(store, room, issue, html, plain, error);
}

void issue_text_free(IssueText *text)
{
    if (text == NULL) {
        return;
    }
    issue_free(text->issue);
    mail_site_clear(&text->site);
    g_free(text->from_name);
    g_free(text->from);
    g_free(text->list_id);
    g_free(text->list_name);
    g_clear_pointer(&text->form, message_form_free);
    g_free(text);
}

int64_t issue_text_id(const IssueText *text)
{
    return text->issue->id;
}

/* The newsletter's own sender goes before the mailroom's. */
static bool take_sender(IssueText *text, const Mailroom *room, const Newsletter *newsletter,
                        GError **error)
{
    return *newsletter->from != '\0'
               ? address_parse_named(newsletter->from, &text->from_name, &text->from, error)
               : mailroom_sender(room, &text->site, &text->from_name, &text->from, error);
}

/* An issue that had to forget something (issue_erase.h) has lost its frozen letter. */
static bool render_anew(Store *store, const Mailroom *room, Issue *issue, GError **error)
{
    if (*issue->html != '\0') {
        return true;
    }
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) plain = g_string_new(NULL);
    if (!issue_text_render(store, room, issue, html, plain, error)) {
        return false;
    }
    g_free(issue->html);
    g_free(issue->plain);
    issue->html = g_strdup(html->str);
    issue->plain = g_strdup(plain->str);
    return true;
}

IssueText *issue_text_load(Store *store, const Mailroom *room, int64_t id, GError **error)
{
    g_autoptr(IssueText) text = g_new0(IssueText, 1);
    text->issue = issue_read(store, id, error);
    if (text->issue == NULL) {
        return NULL;
    }
    if (text->issue->state == ISSUE_DRAFT) {
        fail(error, KOLOKOL_ERROR_CONFLICT, "issue %" G_GINT64_FORMAT " is a draft", id);
        return NULL;
    }
    g_autoptr(Newsletter) newsletter = newsletter_read(store, text->issue->name, error);
    if (newsletter == NULL || !render_anew(store, room, text->issue, error) ||
        !mail_site_read(store, text->issue->language, &text->site, error) ||
        !take_sender(text, room, newsletter, error)) {
        return NULL;
    }
    text->list_id = g_strdup_printf("%s.%s", newsletter->name, text->site.host);
    text->list_name = g_strdup(text->site.name);
    return g_steal_pointer(&text);
}

static char *with(const char *text, const char *code, const char *in_its_place)
{
    g_auto(GStrv) parts = g_strsplit(text, code, -1);
    return g_strjoinv(in_its_place, parts);
}

/* As long as a token: the issue's code, which stands nowhere else, as often as it takes. */
static char *stand_in_of(const char *code, size_t length)
{
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < length) {
        g_string_append(text, code);
    }
    return g_strndup(text->str, length);
}

static MessageForm *form_new(const IssueText *text, size_t length, GError **error)
{
    const Issue *issue = text->issue;
    g_autofree char *stand_in = stand_in_of(issue->code, length);
    g_autofree char *stop = mail_site_form(&text->site, issue->language, "unsubscribe", stand_in);
    g_autofree char *html = with(issue->html, issue->code, stand_in);
    g_autofree char *plain = with(issue->plain, issue->code, stand_in);
    Message message = {.from_name = text->from_name,
                       .from = text->from,
                       .subject = issue->subject,
                       .date = issue->frozen / CLOCK_SECOND * CLOCK_SECOND,
                       .language = issue->language,
                       .text = plain,
                       .html = html,
                       .list_id = text->list_id,
                       .list_name = text->list_name,
                       .unsubscribe_url = stop,
                       .unsubscribe_address = *text->site.unsubscribe_mail == '\0'
                                                  ? NULL
                                                  : text->site.unsubscribe_mail,
                       .seed = issue->code};
    return message_form_new(&message, stand_in, error);
}

bool issue_text_compose(IssueText *text, const Mailroom *room, const Delivery *delivery,
                        Letter *letter, GError **error)
{
    g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, delivery->subscriber);
    g_autofree char *token = token_make(room->tokens, "unsubscribe", subject, TOKEN_NEVER);
    if (text->form == NULL || message_form_length(text->form) != strlen(token)) {
        g_clear_pointer(&text->form, message_form_free);
        text->form = form_new(text, strlen(token), error);
    }
    g_autoptr(GString) out = g_string_sized_new(32 * 1024);
    if (text->form == NULL || !message_form_write(text->form, delivery->address,
                                                  delivery->message_id, token, out, error)) {
        return false;
    }
    *letter = (Letter){g_strdup(text->from), g_steal_pointer(&out)};
    return true;
}
