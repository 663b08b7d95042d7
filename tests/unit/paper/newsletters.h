/* Newsletters for the tests of their pages: set, and an issue that leaves. */
#pragma once

#include "paper/fixture.h"

#include "doubles/stores.h"
#include "mail/issue.h"
#include "mail/mail_jobs.h"
#include "mail/newsletter.h"

static inline void newsletters_set(Fixture *fixture, const char *name, const char *language,
                                   const char *heading)
{
    Newsletter newsletter = {.name = (char *)(uintptr_t)name,
                             .language = (char *)(uintptr_t)language,
                             .heading = (char *)(uintptr_t)heading,
                             .description = (char *)(uintptr_t) "Each Friday.",
                             .schedule = (char *)(uintptr_t) "",
                             .from = (char *)(uintptr_t) "",
                             .sending = (char *)(uintptr_t) ""};
    g_autoptr(GError) error = NULL;
    bool changed = false;
    newsletter_set(test_newsroom_store(fixture->newsroom), &newsletter, &changed, &error);
    g_assert_no_error(error);
}

/* Composes the next issue of what is published and lets it go. */
static inline void newsletters_send(Fixture *fixture, const char *name)
{
    g_autofree char *folder = g_dir_make_tmp("kolokol-newsletters-XXXXXX", NULL);
    MailroomOptions options = {.keys_dir = folder,
                               .outbox_dir = folder,
                               .transport = "outbox",
                               .url = "",
                               .password_file = "",
                               .ca_file = "",
                               .from = ""};
    Store *store = test_newsroom_store(fixture->newsroom);
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    jobs_register(mail_jobs);
    g_autoptr(Mailroom) room = mailroom_open(&options, &error);
    g_assert_no_error(error);
    issue_compose(store, name, &id, &error);
    g_assert_no_error(error);
    issue_send(store, room, id, &error);
    g_assert_no_error(error);
    stores_remove_tree(folder);
}
