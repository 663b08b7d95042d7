/*
 * A story goes out while a reporter's request about it is under way: before each statement of the
 * request, outside its transaction, another connection publishes it. Whatever the moment, readers
 * see nothing of what she sends after it.
 */
#include "base/clock.h"
#include "base/fault.h"
#include "desk/live.h"
#include "desk/story_desk.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "doubles/stores.h"
#include "office_visitor.h"

#include <string.h>

typedef struct {
    Store *mine, *other; /* the office's connection, and somebody else's */
    int64_t story, entry;
    bool inside; /* the statement before this one was in a transaction */
    bool done;   /* it was published meanwhile */
    char *seen;
} Meanwhile;

/* All that readers may see of it. Caller frees. */
static char *seen(Store *store, int64_t id)
{
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_autoptr(GPtrArray) entries = live_list(store, id, NULL);
    g_assert_true(story != NULL && entries != NULL);
    GString *all = g_string_new(NULL);
    g_string_printf(all, "%d %s %" G_GINT64_FORMAT, story->kind, story->headline, story->revision);
    for (guint i = 0; i < entries->len; i++) {
        const LiveEntry *entry = entries->pdata[i];
        g_string_append_printf(all, ", %s", entry->body);
    }
    return g_string_free(all, FALSE);
}

/* Not while the transaction is open: this one would wait for it, in the same thread. The first
 * statement behind it is its COMMIT. */
static void publish(void *data)
{
    Meanwhile *meanwhile = data;
    g_auto(StoryDesk) desk = {0};
    g_autoptr(GError) error = NULL;
    bool commits = meanwhile->inside;
    meanwhile->inside = store_in_transaction(meanwhile->mine);
    if (meanwhile->inside || commits) {
        return;
    }
    g_assert_true(story_desk_open(meanwhile->other, &desk, &error));
    story_publish(meanwhile->other, &desk.site, meanwhile->story, clock_now(), &error);
    g_assert_no_error(error);
    meanwhile->seen = seen(meanwhile->other, meanwhile->story);
    meanwhile->done = true;
}

typedef struct {
    const char *path; /* behind "/stories/N" */
    const char *body;
    bool live, entry; /* the story is a live one; the path is of its entry */
} Sent;

/* The story, and the path of the request about it. */
static char *begin(Meanwhile *meanwhile, Browser *reporter, const Sent *sent)
{
    g_auto(StoryDesk) desk = {0};
    http_reply_unref(visitor_post(reporter, "/stories/new", "title", "Fog", NULL));
    g_assert_nonnull(reporter->location);
    meanwhile->story = g_ascii_strtoll(reporter->location + strlen("/stories/"), NULL, 10);
    g_assert_cmpint(meanwhile->story, >, 0);
    g_assert_true(story_desk_open(meanwhile->mine, &desk, NULL));
    int64_t now = clock_now(), entry = 0;
    g_assert_true(!sent->live || story_set_kind(meanwhile->mine, &desk.site, meanwhile->story,
                                                STORY_KIND_LIVE, now, NULL));
    g_assert_true(!sent->entry || live_add(meanwhile->mine, &desk.site, meanwhile->story, now, "",
                                           "Old", STORY_MARKDOWN, now, &entry, NULL));
    return sent->entry
               ? g_strdup_printf("/stories/%" G_GINT64_FORMAT "/live/%" G_GINT64_FORMAT "%s",
                                 meanwhile->story, entry, sent->path)
               : g_strdup_printf("/stories/%" G_GINT64_FORMAT "%s", meanwhile->story, sent->path);
}

/* Publishes before the nth statement; false: there is no such statement. */
static bool at(Meanwhile *meanwhile, Browser *reporter, const Sent *sent, uint64_t nth)
{
    g_autofree char *path = begin(meanwhile, reporter, sent);
    meanwhile->done = false;
    fault_plan_meanwhile(FAULT_SQL, nth, publish, meanwhile);
    g_autoptr(HttpReply) reply = browser_post(reporter, path, sent->body);
    bool reached = fault_end() >= nth;
    unsigned status = http_reply_status(reply);
    g_assert_true(status == 303 || status == 403);
    if (meanwhile->done) {
        g_autofree char *now = seen(meanwhile->mine, meanwhile->story);
        g_test_message("%s, statement %u: %u", path, (unsigned)nth, status);
        g_assert_cmpstr(now, ==, meanwhile->seen);
        g_clear_pointer(&meanwhile->seen, g_free);
    }
    return reached;
}

static void try_all(Store *store, const char *url, const Sent *sent)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) other = store_open(url, &error);
    g_assert_no_error(error);
    Office *office = visitor_office(store);
    Browser reporter = BROWSER(office);
    visitor_sign_in(store, &reporter, "Rita", ROLE_REPORTER);
    Meanwhile meanwhile = {.mine = store, .other = other};
    unsigned times = 0;
    for (uint64_t nth = 1; at(&meanwhile, &reporter, sent, nth); nth++) {
        times += meanwhile.done;
    }
    g_assert_cmpuint(times, >, 3);
    browser_clear(&reporter);
    office_free(office);
}

static void test_save(Store *store, const char *url)
{
    Sent sent = {.path = "/save", .body = "title=Mist&body=Hers.&base=1&serial=0"};
    try_all(store, url, &sent);
}

static void test_entry(Store *store, const char *url)
{
    Sent sent = {.path = "/live", .body = "key=a&body=Hers", .live = true};
    try_all(store, url, &sent);
}

static void test_change(Store *store, const char *url)
{
    Sent sent = {.path = "/save", .body = "seen=1&body=Hers", .live = true, .entry = true};
    try_all(store, url, &sent);
}

static void test_remove(Store *store, const char *url)
{
    Sent sent = {.path = "/remove", .body = "seen=1", .live = true, .entry = true};
    try_all(store, url, &sent);
}

static void test_begin(Store *store, const char *url)
{
    Sent sent = {.path = "/live/begin", .body = ""};
    try_all(store, url, &sent);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/office-meanwhile/save", test_save);
    stores_test_add("/request/office-meanwhile/entry", test_entry);
    stores_test_add("/request/office-meanwhile/change", test_change);
    stores_test_add("/request/office-meanwhile/remove", test_remove);
    stores_test_add("/request/office-meanwhile/begin", test_begin);
    return g_test_run();
}
