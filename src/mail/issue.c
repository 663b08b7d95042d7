/* Issues: issue.h. Freezing is issue_freeze.c, the letter's text issue_text.c, the archive's pages
 * paper/newsletter_page.c. */
#include "mail/issue.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "desk/story_list.h"
#include "mail/issue_content.h"
#include "mail/newsletter.h"
#include "mail_sql.h"

#include <string.h>

void issue_free(Issue *issue)
{
    if (issue == NULL) {
        return;
    }
    g_free(issue->name);
    g_free(issue->language);
    g_free(issue->code);
    g_free(issue->subject);
    g_free(issue->content);
    g_free(issue->html);
    g_free(issue->plain);
    g_free(issue);
}

const char *issue_state_name(IssueState state)
{
    static const char *const names[] = {"", "draft", "frozen", "sending", "sent"};
    return names[state];
}

/* The columns of every query of issues; html and plain only where the row has them. */
static Issue *of_row(StoreRows *rows, bool texts)
{
    Issue *issue = g_new0(Issue, 1);
    *issue = (Issue){.id = store_number(rows, 0),
                     .newsletter = store_number(rows, 1),
                     .number = store_number(rows, 2),
                     .name = store_text_copy(rows, 3),
                     .language = store_text_copy(rows, 4),
                     .state = (IssueState)store_number(rows, 5),
                     .code = store_text_copy(rows, 6),
                     .subject = store_text_copy(rows, 7),
                     .content = store_text_copy(rows, 8),
                     .covers_from = store_number(rows, 9),
                     .covers_until = store_number(rows, 10),
                     .created = store_number(rows, 11),
                     .frozen = store_number(rows, 12),
                     .finished = store_number(rows, 13),
                     .html = texts ? store_text_copy(rows, 14) : NULL,
                     .plain = texts ? store_text_copy(rows, 15) : NULL};
    return issue;
}

static bool read_one(StoreRows *opened, bool texts, Issue **issue, GError **error)
{
    g_autoptr(StoreRows) rows = opened;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *issue = step == STORE_ROW ? of_row(rows, texts) : NULL;
    }
    return step != STORE_FAILED;
}

static GPtrArray *read_all(StoreRows *opened, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)issue_free);
    g_autoptr(StoreRows) rows = opened;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(all, of_row(rows, false));
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

Issue *issue_read(Store *store, int64_t id, GError **error)
{
    Issue *issue = NULL;
    if (read_one(mail_issue_by_id(store, id, error), true, &issue, error) && issue == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "there is no issue %" G_GINT64_FORMAT "; `kolokol newsletter status` lists them", id);
    }
    return issue;
}

GPtrArray *issue_archive(Store *store, int64_t newsletter, unsigned most, GError **error)
{
    return read_all(mail_issues(store, newsletter, ISSUE_FROZEN, most, error), error);
}

GPtrArray *issue_list(Store *store, int64_t newsletter, unsigned most, GError **error)
{
    return read_all(mail_issues(store, newsletter, ISSUE_DRAFT, most, error), error);
}

bool issue_of_number(Store *store, int64_t newsletter, int64_t number, Issue **issue,
                     GError **error)
{
    return read_one(mail_issue_of_number(store, newsletter, number, error), false, issue, error);
}

char *issue_path(const char *newsletter, int64_t number)
{
    return g_strdup_printf("newsletter/%s/%" G_GINT64_FORMAT ".html", newsletter, number);
}

/* ---- Composing --------------------------------------------------------------------------------
 */

typedef struct {
    const char *newsletter;
    int64_t id;
} Compose;

/* The last issue of a newsletter, whatever its state; NULL if it is the first. */
static bool last_issue(Store *store, int64_t newsletter, Issue **issue, GError **error)
{
    g_autoptr(GPtrArray) all = issue_list(store, newsletter, 1, error);
    if (all == NULL) {
        return false;
    }
    *issue = all->len == 0 ? NULL : g_ptr_array_steal_index(all, 0);
    return true;
}

/* The newest stories of the language since a moment. */
static IssueContent *content_since(Store *store, const Newsletter *newsletter, int64_t from,
                                   int64_t now, GError **error)
{
    g_autofree char *list = g_strconcat("list:all/", newsletter->language, NULL);
    g_autoptr(GPtrArray) cards = NULL;
    if (!story_list_read(store, list, now, ISSUE_STORIES, &cards, error)) {
        return NULL;
    }
    guint count = 0;
    while (count < cards->len && ((const StoryCard *)cards->pdata[count])->published > from) {
        count++;
    }
    g_ptr_array_set_size(cards, (gint)count);
    IssueContent *content = issue_content_of_cards(cards, newsletter->language);
    if (content == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "there is no story in %s since the last issue of %s: nothing to compose",
             newsletter->language, newsletter->name);
    }
    return content;
}

static bool write_issue(Store *store, const Newsletter *newsletter, const Issue *last,
                        const char *subject, const char *json, int64_t from, int64_t now,
                        int64_t *id, GError **error)
{
    if (last != NULL && last->state == ISSUE_DRAFT) {
        *id = last->id;
        return mail_issue_redraft(store, *id, subject, json, from, now, error);
    }
    g_autofree char *code = random_id();
    return store_next_id(store, "mail_issue", id, error) &&
           mail_issue_insert(store, *id, newsletter->id, last == NULL ? 1 : last->number + 1, code,
                             subject, json, from, now, error);
}

static bool compose_body(Store *store, void *data, GError **error)
{
    Compose *compose = data;
    int64_t now = clock_now();
    g_autoptr(Newsletter) newsletter = newsletter_read(store, compose->newsletter, error);
    g_autoptr(Issue) last = NULL;
    if (newsletter == NULL || !last_issue(store, newsletter->id, &last, error)) {
        return false;
    }
    int64_t from = last == NULL                 ? now - ISSUE_DAYS * CLOCK_DAY
                   : last->state == ISSUE_DRAFT ? last->covers_from
                                                : last->covers_until;
    from = MAX(from, now - ISSUE_PAST);
    g_autoptr(IssueContent) content = content_since(store, newsletter, from, now, error);
    if (content == NULL) {
        return false;
    }
    g_autofree char *subject = issue_content_subject(content);
    g_autofree char *json = issue_content_write(content);
    return write_issue(store, newsletter, last, subject, json, from, now, &compose->id, error);
}

bool issue_compose(Store *store, const char *newsletter, int64_t *id, GError **error)
{
    Compose compose = {newsletter, 0};
    if (!store_transact(store, compose_body, &compose, error)) {
        return false;
    }
    *id = compose.id;
    return true;
}

/* ---- On schedule ------------------------------------------------------------------------------
 */

static bool nothing_to_say(const GError *reason)
{
    return g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

/* A week without a story has no issue. */
static bool compose_and_send(Store *store, const Mailroom *room, const Newsletter *newsletter,
                             GError **error)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!issue_compose(store, newsletter->name, &id, &reason)) {
        if (nothing_to_say(reason)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return strcmp(newsletter->sending, NEWSLETTER_AUTOMATIC) != 0 ||
           issue_send_in_time(store, room, id, error);
}

bool issue_on_schedule(Store *store, const Mailroom *room, const char *name, GError **error)
{
    int64_t now = clock_now();
    g_autoptr(Newsletter) newsletter = newsletter_read(store, name, error);
    if (newsletter == NULL) {
        return false;
    }
    bool due = newsletter->due != 0 && newsletter->due <= now;
    /* After a long stop an old moment is left out (research C23): the next one is near enough. */
    if (due && now - newsletter->due <= ISSUE_LATE &&
        !compose_and_send(store, room, newsletter, error)) {
        return false;
    }
    return newsletter_plan(store, name, error);
}

/* ---- The end ----------------------------------------------------------------------------------
 */

static bool finish_body(Store *store, void *data, GError **error)
{
    return mail_issues_finish(store, clock_now(), error);
}

bool issue_finish(Store *store, GError **error)
{
    return store_transact(store, finish_body, NULL, error);
}
