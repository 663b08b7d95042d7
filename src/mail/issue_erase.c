/* Newsletters forget: issue_erase.h. What an issue's content is made of is issue_content.c. */
#include "mail/issue_erase.h"

#include "base/error.h"
#include "mail/issue.h"
#include "mail/issue_content.h"
#include "mail/transport.h"
#include "mail_sql.h"
#include "press/press.h"
#include "theme/strings.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define LETTERS 500u /* at once */

typedef struct {
    const IssueErase *what;
    int64_t id; /* the issue */
    bool anew;  /* its letter was, now or before, and may have been sent as it was */
} Erase;

static bool write_issue(Store *store, const Issue *issue, const IssueContent *content,
                        GError **error)
{
    g_autofree char *json = issue_content_write(content);
    g_autofree char *subject = issue_content_subject(content);
    g_autofree char *all = g_strconcat("issues:", issue->name, NULL);
    g_autofree char *newsletter = g_strconcat("newsletter:", issue->name, NULL);
    g_autofree char *own =
        g_strdup_printf("issue:%s/%" G_GINT64_FORMAT, issue->name, issue->number);
    return mail_issue_rewrite(store, issue->id, subject, json, error) &&
           press_touch(store, all, error) && press_touch(store, newsletter, error) &&
           press_touch(store, own, error);
}

static bool erase_body(Store *store, void *data, GError **error)
{
    Erase *erase = data;
    g_autoptr(Issue) issue = issue_read(store, erase->id, error);
    g_autoptr(IssueContent) content =
        issue == NULL ? NULL : issue_content_read(issue->content, error);
    if (content == NULL) {
        return false;
    }
    const IssueErase *what = erase->what;
    const char *gone = strings_get(issue->language, "takendown_heading");
    bool changed = issue_content_forget(content, what->paths, what->path, gone);
    changed |= issue_content_replace(
        content, what->names,
        *what->instead != '\0' ? what->instead : strings_get(issue->language, "withheld"));
    erase->anew = issue->state != ISSUE_DRAFT && (changed || *issue->html == '\0');
    return !changed || write_issue(store, issue, content, error);
}

static bool remove_letter(const char *outbox, const Envelope *envelope, GError **error)
{
    g_autofree char *name = transport_outbox_name(envelope);
    g_autofree char *path = g_build_filename(outbox, name, NULL);
    return g_unlink(path) == 0 || errno == ENOENT ||
           fail(error, KOLOKOL_ERROR_IO, "cannot remove %s: %s", path, g_strerror(errno));
}

/* Some letters of an issue, after the last one; *last is 0 at the end. */
static bool remove_some(Store *store, const char *outbox, int64_t issue, int64_t *last,
                        GError **error)
{
    g_autoptr(StoreRows) rows = mail_delivery_letters(store, issue, *last, LETTERS, error);
    StoreStep step = STORE_FAILED;
    *last = 0;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Envelope envelope = {.message_id = store_text(rows, 1), .date = store_number(rows, 2)};
        *last = store_number(rows, 0);
        if (!remove_letter(outbox, &envelope, error)) {
            return false;
        }
    }
    return step == STORE_END;
}

/* Only where mail is written to files at all. */
static bool clear_outbox(Store *store, const char *outbox, int64_t issue, GError **error)
{
    int64_t last = 0;
    if (!g_file_test(outbox, G_FILE_TEST_IS_DIR)) {
        return true;
    }
    do {
        if (!remove_some(store, outbox, issue, &last, error)) {
            return false;
        }
    } while (last != 0);
    return true;
}

bool issue_erase(Store *store, const IssueErase *what, GError **error)
{
    g_autoptr(GPtrArray) issues = issue_list(store, 0, G_MAXINT, error);
    for (guint i = 0; issues != NULL && i < issues->len; i++) {
        const Issue *issue = issues->pdata[i];
        Erase erase = {what, issue->id, false};
        if (!store_transact(store, erase_body, &erase, error) ||
            (erase.anew && !clear_outbox(store, what->outbox, erase.id, error))) {
            return false;
        }
    }
    return issues != NULL;
}
