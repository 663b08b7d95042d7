/* Mails as examples: example.h. What they say is made by the code that sends them (mail/letter.c,
 * mail/issue_text.c). */
#include "mail/issue_text.h"
#include "paper/example.h"
#include "paper/newsletter_read.h"
#include "text/json.h"

#include <string.h>

#define VALUES_MAX (64u * 1024)

/* The values that each kind is sent with (signup.c, answer_by_mail.c, receipt.c, reminder.c,
 * office/letter.c). */
static const char *values_of(const char *kind)
{
    static const char *const rows[][2] = {
        {"subscribe", "description confirm_url unsubscribe_url"},
        {"welcome", "description confirm_url unsubscribe_url"},
        {"answer", "answer_url"},
        {"gift-receipt", "amount often date cancel_url"},
        {"remind-confirm", "confirm_url stop_url date"},
        {"reminder", "support_url stop_url"},
        {"staff-invite", "person link_url"},
        {"staff-reset", "person link_url"},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i][0], kind) == 0) {
            return rows[i][1];
        }
    }
    return NULL;
}

/* Caller frees. */
static char *content_of(const PaperExample *example, const char *values, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_auto(GStrv) names = g_strsplit(values, " ", -1);
    JsonWriter json;
    json_writer_init(&json, out, VALUES_MAX);
    json_writer_open_object(&json);
    for (char **name = names; *name != NULL; name++) {
        g_autoptr(GError) reason = NULL;
        g_autofree char *value = paper_example_value(example, *name, &reason);
        if (reason != NULL) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return NULL;
        }
        json_writer_text_member(&json, *name, value);
    }
    json_writer_close(&json);
    return json_writer_finish(&json, error) ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

/* ---- An issue of a newsletter --------------------------------------------------------------- */

/* The newest issue, composed ones too; before the first one the sample that readers see. */
static bool render_issue(const PaperExample *example, const Mailroom *room, GString *html,
                         GString *plain, GError **error)
{
    Store *store = press_page_store(example->press);
    const Newsletter *newsletter = example->newsletter;
    g_autoptr(Issue) issue = NULL;
    g_autoptr(IssueContent) content = NULL;
    if (newsletter == NULL) {
        return true;
    }
    if (!paper_newsletter_newest(example->press, newsletter, &issue, error)) {
        return false;
    }
    if (issue != NULL) {
        return issue_text_render(store, room, issue, html, plain, error);
    }
    if (!paper_newsletter_sample(example->press, newsletter, &content, error)) {
        return false;
    }
    if (content == NULL) {
        return true;
    }
    g_autofree char *subject = issue_content_subject(content);
    g_autofree char *text = issue_content_write(content);
    Issue sample = {.number = 1,
                    .name = newsletter->name,
                    .language = newsletter->language,
                    .code = (char *)(uintptr_t)PAPER_EXAMPLE_TOKEN,
                    .subject = subject,
                    .content = text,
                    .covers_until = press_page_as_of(example->press)};
    return issue_text_render(store, room, &sample, html, plain, error);
}

/* ---- Both parts ------------------------------------------------------------------------------
 */

static bool render(const PaperExample *example, const char *kind, GString *html, GString *plain,
                   GError **error)
{
    const Mailroom room = {.theme = example->run->context->theme};
    const char *values = values_of(kind);
    if (strcmp(kind, "issue") == 0) {
        return render_issue(example, &room, html, plain, error);
    }
    g_autofree char *content = values == NULL ? NULL : content_of(example, values, error);
    LetterPlan plan = {kind, example->language, content};
    return values == NULL || (content != NULL && letter_render(press_page_store(example->press),
                                                               &room, &plan, html, plain, error));
}

bool paper_example_letter(const PaperExample *example, GString *out, bool *made, GError **error)
{
    g_autofree char *kind = g_strdup(example->template + strlen("mail-"));
    bool as_text = g_str_has_suffix(kind, "-text");
    g_autoptr(GString) html = g_string_new(NULL), plain = g_string_new(NULL);
    if (as_text) {
        kind[strlen(kind) - strlen("-text")] = '\0';
    }
    if (!render(example, kind, html, plain, error)) {
        return false;
    }
    const GString *part = as_text ? plain : html;
    g_string_append_len(out, part->str, (gssize)part->len);
    *made = part->len > 0;
    return true;
}
