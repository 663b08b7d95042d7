/* `kolokol office`: the staff's door (office/process.h). */
#include "base/file.h"
#include "desk/erasure.h"
#include "desk/task.h"
#include "jobs/wake.h"
#include "main/command_rows.h"
#include "main/listen.h"
#include "main/newsroom_mail.h"
#include "main/office_facts.h"
#include "main/office_links.h"
#include "main/office_rows.h"
#include "main/press_newsroom.h"
#include "office/process.h"

#include <string.h>

/* Under `serve` it is the supervisor that prints links. */
static void opened(const char *address, const char *sandbox, void *data)
{
    const char *port = strrchr(address, ':');
    listen_opened("office", address, sandbox);
    if (data != NULL && port != NULL) {
        office_links_print(data, (int)g_ascii_strtoll(port + 1, NULL, 10), stderr);
    }
}

static bool run_office(CommandContext *context, GError **error)
{
    const Newsroom *newsroom = context->newsroom;
    char *const *values = newsroom->values;
    g_autofree char *host = NULL;
    jobs_wake_directory(newsroom->run_dir);
    g_autoptr(Store) store = newsroom_store(newsroom, error);
    bool alone = g_getenv("KOLOKOL_READY_FD") == NULL;
    g_autoptr(OfficeLinks) links =
        store == NULL || !alone ? NULL : office_links_make(newsroom, store, error);
    if (store == NULL || (alone && links == NULL)) {
        return false;
    }
    g_auto(Secret) secret = {0};
    g_autoptr(NewsroomDrafts) drafts = newsroom_drafts_open(newsroom, error);
    if (drafts == NULL || !secret_load(newsroom->keys_dir, &secret, error)) {
        return false;
    }
    g_autoptr(Mailroom) mailroom = newsroom_mailroom_indoors(newsroom, error);
    if (mailroom == NULL) {
        return false;
    }
    g_autoptr(OfficeFact) facts = office_facts_new(newsroom);
    g_autofree char *outbox = g_build_filename(newsroom->dir, "outbox", NULL);
    const char *const readable[] = {newsroom->edition_dir, newsroom->run_dir, outbox, NULL};
    const char *const writable[] = {newsroom->media_dir, newsroom->theme_dir, NULL};
    FILE_AUTO theme = directory_open(newsroom->theme_dir, false, error); /* before the sandbox */
    if (theme < 0) {
        return false;
    }
    OfficeProcess options = {
        .office = {.store = store,
                   .tables = office_tables,
                   .parts = office_parts,
                   .api = api_tables,
                   .run_dir = newsroom->run_dir,
                   .edition_dir = newsroom->edition_dir,
                   .outbox_dir = strcmp(values[INI_MAIL_TRANSPORT], "outbox") == 0 ? outbox : NULL,
                   .trusted_proxies = values[INI_LISTEN_TRUSTED_PROXIES],
                   .leave = task_reassign,
                   .withheld = erasure_withheld,
                   .secret = &secret,
                   .machine = facts,
                   .mailroom = mailroom,
                   .url = values[INI_SITE_OFFICE_URL],
                   .drafts = newsroom_drafts_recipes(drafts),
                   .theme_dir = newsroom->theme_dir,
                   .trial = newsroom_drafts_theme(drafts),
                   .trial_pages = newsroom_drafts_pages(drafts)},
        .server = HTTP_SERVER_OPTIONS,
        .readable = readable,
        .writable = writable,
        .opened = opened,
        .data = links};
    return listen_read(newsroom, INI_LISTEN_OFFICE, &options.server, &host, error) &&
           office_run(&options, error);
}

const Command command_office = {
    .name = "office",
    .usage = "",
    .summary = "the staff's door: where the newsroom works",
    .help = "Serves the pages on which stories are written and the newsroom is run. `serve` starts "
            "it; a service manager can\n"
            "run it by itself, also on a private network. The address is `office` in kolokol.ini; "
            "who may sign in, `kolokol staff`.\nWhile there is no administrator it prints a link "
            "with which the first one signs in; of a demo newsroom, one for\neach of its people.\n",
    .needs_newsroom = true,
    .run = run_office,
};
