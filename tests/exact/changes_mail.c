/* Changes of newsletters: set, composed, let go. A part of changes.h. */
#include "exact/changes_private.h"

#include "doubles/stores.h"
#include "mail/issue.h"
#include "mail/mail_jobs.h"
#include "mail/newsletter.h"

static const char *const names[] = {"weekly", "nedelya", "daily"};

static void set_newsletter(Changes *changes)
{
    g_autofree char *language = changes_language_of(changes);
    Newsletter newsletter = {.name = (char *)(uintptr_t)PICK(changes, names),
                             .language = language,
                             .heading = (char *)(uintptr_t)PICK(changes, changes_words),
                             .description = (char *)(uintptr_t)PICK(changes, changes_words),
                             .schedule = (char *)(uintptr_t) "",
                             .from = (char *)(uintptr_t) "",
                             .sending = (char *)(uintptr_t) ""};
    bool changed = false;
    GError *error = NULL;
    changes_say(changes, "newsletter %s in %s", newsletter.name, language);
    changes_settle(
        changes, newsletter_set(changes_store_of(changes), &newsletter, &changed, &error), &error);
}

/* Freezing is what the archive's pages see; whether mails leave is no page's business. */
static void send_issue(Changes *changes, int64_t id)
{
    g_autofree char *folder = g_dir_make_tmp("kolokol-exact-mail-XXXXXX", NULL);
    MailroomOptions options = {.keys_dir = folder,
                               .outbox_dir = folder,
                               .transport = "outbox",
                               .url = "",
                               .password_file = "",
                               .ca_file = "",
                               .from = ""};
    GError *error = NULL;
    g_autoptr(Mailroom) room = mailroom_open(&options, &error);
    g_assert_no_error(error);
    changes_settle(changes, issue_send(changes_store_of(changes), room, id, &error), &error);
    stores_remove_tree(folder);
}

void changes_of_newsletter(Changes *changes)
{
    int64_t id = 0;
    GError *error = NULL;
    jobs_register(mail_jobs);
    if (changes_pick(changes, 2) == 0) {
        set_newsletter(changes);
        return;
    }
    const char *name = PICK(changes, names);
    bool sends = changes_pick(changes, 2) == 0;
    changes_say(changes, "an issue of %s%s", name, sends ? ", sent" : "");
    bool composed = issue_compose(changes_store_of(changes), name, &id, &error);
    changes_settle(changes, composed, &error);
    if (composed && sends) {
        send_issue(changes, id);
    }
}

/* A newsletter with an issue that has gone out, which has pages of its own. */
void changes_fill_newsletter(Changes *changes)
{
    Newsletter newsletter = {.name = (char *)(uintptr_t) "weekly",
                             .language = (char *)(uintptr_t) "en",
                             .heading = (char *)(uintptr_t) "The week",
                             .description = (char *)(uintptr_t) "",
                             .schedule = (char *)(uintptr_t) "",
                             .from = (char *)(uintptr_t) "",
                             .sending = (char *)(uintptr_t) ""};
    int64_t id = 0;
    bool changed = false;
    g_autoptr(GError) error = NULL;
    jobs_register(mail_jobs);
    changes_say(changes, "a newsletter with an issue");
    newsletter_set(changes_store_of(changes), &newsletter, &changed, &error);
    g_assert_no_error(error);
    issue_compose(changes_store_of(changes), "weekly", &id, &error);
    g_assert_no_error(error);
    send_issue(changes, id);
}
