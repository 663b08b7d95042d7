/*
 * The work on stories and the house around it by the API: entries of live stories, comments, tasks,
 * newsletters and issues, totals of gifts, the queue. What is under embargo is not there.
 * Covers: src/desk/live_api.c, src/desk/work_api.c, src/mail/issue_api.c, src/fund/gift_api.c,
 * src/office/jobs_api.c.
 */
#include "api_client.h"
#include "base/clock.h"
#include "base/error.h"
#include "desk/live.h"
#include "desk/story_desk.h"
#include "desk/story_embargo.h"
#include "doubles/stores.h"
#include "fund/ledger.h"
#include "jobs/jobs.h"
#include "mail/newsletter.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

#define STORIES "/api/1/stories"

typedef struct {
    Office *office;
    Client writer, editor; /* of a reporter; of an editor, everything */
} Fixture;

static void set_up(Fixture *f, Store *store)
{
    *f = (Fixture){.office = client_office(store)};
    f->writer.office = f->editor.office = f->office;
    client_person(&f->writer, store, ROLE_REPORTER, API_SCOPE_READ | API_SCOPE_WRITE);
    client_person(&f->editor, store, ROLE_EDITOR, ALL_SCOPES & ~API_SCOPE_EMBARGOED);
}

static void tear_down(Fixture *f)
{
    client_clear(&f->writer);
    client_clear(&f->editor);
    office_free(f->office);
}

static int64_t make(Client *client, const char *body)
{
    g_assert_cmpuint(client_post(client, STORIES, body), ==, 201);
    return client_number(client, "number");
}

/* A live story that is out. */
static int64_t live_story(Fixture *f)
{
    int64_t id = make(&f->editor, "{\"title\":\"Storm\",\"kind\":\"live\",\"body\":\"All day.\"}");
    g_autofree char *publish = g_strdup_printf(STORIES "/%" PRId64 "/publish", id);
    g_autofree char *etag = g_strdup(f->editor.etag);
    f->editor.if_match = etag;
    g_assert_cmpuint(client_post(&f->editor, publish, "{}"), ==, 200);
    f->editor.if_match = NULL;
    return id;
}

static char *at(int64_t id, const char *rest)
{
    return g_strdup_printf(STORIES "/%" PRId64 "/%s", id, rest);
}

static char *entry_at(int64_t id, const char *rest)
{
    return g_strdup_printf("/api/1/entries/%" PRId64 "%s", id, rest);
}

static bool truth(const Client *client, const char *name)
{
    return json_is_true(json_object_get(client->json, name));
}

/* ---- Entries -------------------------------------------------------------------------------- */

static void test_entries(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    int64_t story = live_story(&f);
    g_autofree char *list = at(story, "entries");
    g_assert_cmpuint(
        client_post(&f.editor, list, "{\"id\":\"a\",\"title\":\"Gale\",\"body\":\"It *blows*.\"}"),
        ==, 201);
    g_assert_false(truth(&f.editor, "waiting"));
    g_assert_cmpstr(client_text(&f.editor, "anchor"), ==, "e1");
    int64_t id = client_number(&f.editor, "number");
    g_autofree char *etag = g_strdup(f.editor.etag);
    /* Sent again, it is there once; other words under its id are not taken for it. */
    g_assert_cmpuint(
        client_post(&f.editor, list, "{\"id\":\"a\",\"title\":\"Gale\",\"body\":\"It *blows*.\"}"),
        ==, 200);
    g_assert_cmpint(client_number(&f.editor, "number"), ==, id);
    g_assert_cmpuint(client_post(&f.editor, list, "{\"id\":\"a\",\"body\":\"Other.\"}"), ==, 409);
    g_autofree char *one = entry_at(id, "");
    g_assert_cmpuint(client_post(&f.editor, one, "{\"title\":\"x\"}"), ==, 428);
    f.editor.if_match = etag;
    g_assert_cmpuint(client_post(&f.editor, one, "{\"title\":\"Storm\"}"), ==, 200);
    g_assert_cmpstr(client_text(&f.editor, "title"), ==, "Storm");
    g_assert_cmpstr(client_text(&f.editor, "body"), ==, "It *blows*.");
    g_assert_cmpuint(client_post(&f.editor, one, "{\"title\":\"y\"}"), ==, 412);
    f.editor.if_match = NULL;
    g_autofree char *gone = entry_at(id, "/remove");
    g_autofree char *back = entry_at(id, "/restore");
    g_assert_cmpuint(client_post(&f.editor, gone, "{}"), ==, 200);
    g_assert_true(truth(&f.editor, "removed"));
    g_assert_cmpuint(client_get(&f.editor, list), ==, 200);
    g_assert_false(client_says(&f.editor, "blows"));
    g_autofree char *removed = at(story, "entries?removed=1");
    g_assert_cmpuint(client_get(&f.editor, removed), ==, 200);
    g_assert_true(client_says(&f.editor, "blows"));
    g_assert_cmpuint(client_post(&f.editor, back, "{}"), ==, 200);
    g_autoptr(GPtrArray) seen = live_list(store, story, NULL);
    g_assert_cmpuint(seen->len, ==, 1);
    tear_down(&f);
}

/* A reporter's waits, and can be let out by an editor's token only. */
static void test_waiting(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    int64_t story = live_story(&f);
    g_autofree char *list = at(story, "entries");
    g_assert_cmpuint(client_post(&f.writer, list, "{\"body\":\"Seen from the quay.\"}"), ==, 201);
    g_assert_true(truth(&f.writer, "waiting"));
    int64_t id = client_number(&f.writer, "number");
    g_autofree char *release = entry_at(id, "/release");
    g_autofree char *remove = entry_at(id, "/remove");
    g_autoptr(GPtrArray) before = live_list(store, story, NULL);
    g_assert_cmpuint(before->len, ==, 0);
    g_assert_cmpuint(client_post(&f.writer, release, "{}"), ==, 403);
    g_assert_cmpuint(client_post(&f.editor, release, "{}"), ==, 200);
    g_assert_false(truth(&f.editor, "waiting"));
    g_assert_cmpuint(client_post(&f.writer, remove, "{}"), ==, 403); /* it is out */
    g_autoptr(GPtrArray) after = live_list(store, story, NULL);
    g_assert_cmpuint(after->len, ==, 1);
    tear_down(&f);
}

static void test_entries_refused(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    int64_t story = live_story(&f), plain = make(&f.editor, "{\"title\":\"No live story\"}");
    g_autofree char *list = at(story, "entries");
    g_autofree char *none = at(plain, "entries");
    g_assert_cmpuint(client_post(&f.editor, list, "{}"), ==, 422);
    g_assert_cmpuint(client_post(&f.editor, none, "{\"body\":\"x\"}"), ==, 422);
    g_assert_cmpuint(client_post(&f.editor, list, "{\"body\":\"x\",\"time\":\"2190-01-01\"}"), ==,
                     422);
    g_assert_cmpstr(client_text(&f.editor, "pointer"), ==, "/time");
    g_assert_cmpuint(client_post(&f.editor, list, "{\"body\":\"x\",\"waiting\":false}"), ==, 422);
    g_assert_cmpuint(client_get(&f.editor, "/api/1/entries/99"), ==, 404);
    g_autofree char *after = at(story, "entries?after=99");
    g_assert_cmpuint(client_get(&f.editor, after), ==, 404);
    tear_down(&f);
}

static void test_pages(Store *store, const char *url)
{
    Fixture f;
    unsigned total = 0;
    set_up(&f, store);
    int64_t story = live_story(&f);
    g_autofree char *list = at(story, "entries");
    for (unsigned i = 0; i < 5; i++) {
        g_assert_cmpuint(client_post(&f.editor, list, "{\"body\":\"x\"}"), ==, 201);
    }
    g_autofree char *path = at(story, "entries?limit=2");
    for (unsigned page = 0; page < 4; page++) {
        g_assert_cmpuint(client_get(&f.editor, path), ==, 200);
        total += (unsigned)json_array_size(json_object_get(f.editor.json, "entries"));
        if (client_text(&f.editor, "next") == NULL) {
            break;
        }
        g_autofree char *rest =
            g_strconcat("entries?limit=2&after=", client_text(&f.editor, "next"), NULL);
        g_free(path);
        path = at(story, rest);
    }
    g_assert_cmpuint(total, ==, 5);
    tear_down(&f);
}

/* ---- Comments and tasks --------------------------------------------------------------------- */

static void test_comments(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    int64_t story = make(&f.writer, "{\"title\":\"Harbour\",\"body\":\"It is open.\"}");
    g_autofree char *list = at(story, "comments");
    g_assert_cmpuint(
        client_post(&f.editor, list, "{\"text\":\"Since when?\",\"passage\":\"open\"}"), ==, 201);
    g_assert_cmpstr(client_text(&f.editor, "author"), ==, "Anna Berg");
    g_assert_cmpstr(client_text(&f.editor, "passage"), ==, "open");
    int64_t id = client_number(&f.editor, "number");
    g_assert_cmpuint(client_get(&f.writer, list), ==, 200);
    g_assert_true(client_says(&f.writer, "Since when?"));
    g_assert_false(client_says(&f.writer, "settled"));
    g_autofree char *rest = g_strdup_printf("comments/%" PRId64 "/settle", id);
    g_autofree char *settle = at(story, rest);
    g_assert_cmpuint(client_post(&f.writer, settle, "{}"), ==, 200);
    g_assert_cmpstr(client_text(&f.writer, "settled_by"), ==, "Anna Berg");
    g_autofree char *none = at(story, "comments/99/settle");
    g_assert_cmpuint(client_post(&f.writer, none, "{}"), ==, 404);
    g_assert_cmpuint(client_post(&f.writer, list, "{\"text\":\"\"}"), ==, 422);
    g_assert_cmpuint(client_post(&f.writer, STORIES "/99/comments", "{\"text\":\"x\"}"), ==, 404);
    tear_down(&f);
}

static void test_tasks(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    int64_t story = make(&f.writer, "{\"title\":\"Harbour\"}");
    g_autofree char *task = at(story, "task");
    g_assert_cmpuint(client_get(&f.writer, task), ==, 200);
    g_assert_null(client_text(&f.writer, "assignee"));
    g_assert_cmpuint(client_post(&f.editor, task,
                                 "{\"assignee\":\"reporter@bell.example\",\"due\":\"2190-01-01\"}"),
                     ==, 200);
    g_assert_cmpuint(client_post(&f.editor, task, "{}"), ==, 200); /* what is not named stays */
    g_assert_cmpstr(client_text(&f.editor, "assignee"), ==, "reporter@bell.example");
    g_assert_cmpstr(client_text(&f.editor, "name"), ==, "Anna Berg");
    g_assert_nonnull(client_text(&f.editor, "due"));
    g_assert_cmpuint(client_post(&f.editor, task, "{\"assignee\":\"\",\"due\":\"\"}"), ==, 200);
    g_assert_null(client_text(&f.editor, "assignee"));
    g_assert_null(client_text(&f.editor, "due"));
    g_assert_cmpuint(client_post(&f.editor, task, "{\"assignee\":\"no@bell.example\"}"), ==, 422);
    g_assert_cmpstr(client_text(&f.editor, "pointer"), ==, "/assignee");
    g_assert_cmpuint(client_post(&f.editor, task, "{\"due\":\"soon\"}"), ==, 422);
    g_assert_cmpstr(client_text(&f.editor, "pointer"), ==, "/due");
    tear_down(&f);
}

/* By no address of this file is there anything of a story that the token may not see. */
static void test_embargo(Store *store, const char *url)
{
    static const char *const reads[] = {"entries", "comments", "task"};
    static const char *const writes[][2] = {{"entries", "{\"body\":\"x\"}"},
                                            {"comments", "{\"text\":\"x\"}"},
                                            {"comments/1/settle", "{}"},
                                            {"task", "{\"due\":\"\"}"}};
    g_auto(StoryDesk) desk = {0};
    g_autoptr(GError) error = NULL;
    Fixture f;
    set_up(&f, store);
    int64_t story = make(&f.editor, "{\"title\":\"Storm\",\"kind\":\"live\",\"body\":\"x\"}");
    g_autofree char *list = at(story, "entries");
    g_autofree char *comments = at(story, "comments");
    g_assert_cmpuint(client_post(&f.editor, list, "{\"body\":\"Secret.\"}"), ==, 201);
    int64_t id = client_number(&f.editor, "number");
    g_assert_cmpuint(client_post(&f.editor, comments, "{\"text\":\"Secret.\"}"), ==, 201);
    g_assert_true(story_desk_open(store, &desk, &error));
    g_assert_true(
        story_set_embargo(store, &desk.site, story, clock_now() + CLOCK_HOUR, clock_now(), &error));
    for (size_t i = 0; i < G_N_ELEMENTS(reads); i++) {
        g_autofree char *path = at(story, reads[i]);
        g_assert_cmpuint(client_get(&f.editor, path), ==, 404);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(writes); i++) {
        g_autofree char *path = at(story, writes[i][0]);
        g_assert_cmpuint(client_post(&f.editor, path, writes[i][1]), ==, 404);
    }
    g_autofree char *one = entry_at(id, "");
    g_autofree char *gone = entry_at(id, "/remove");
    g_assert_cmpuint(client_get(&f.editor, one), ==, 404);
    g_assert_cmpuint(client_post(&f.editor, gone, "{}"), ==, 404);
    tear_down(&f);
}

/* ---- The house ------------------------------------------------------------------------------ */

static void test_house(Store *store, const char *url)
{
    static const char letter[] = "---\nname: weekly\nlanguage: en\nheading: Sign up\n"
                                 "description: Each week.\n---\n";
    static const LedgerEntry charge = {.kind = "charge",
                                       .provider = "practice",
                                       .object = "c1",
                                       .amount = {.minor = 500, .currency = "EUR"},
                                       .moment = 5};
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) chief = {.office = office};
    g_auto(Client) fund = {.office = office};
    bool changed = false;
    client_person(&chief, store, ROLE_CHIEF, ALL_SCOPES);
    client_person(&fund, store, ROLE_FUNDRAISER, ALL_SCOPES);
    g_autoptr(Newsletter) weekly = newsletter_parse(letter, strlen(letter), &error);
    g_assert_no_error(error);
    g_assert_true(newsletter_set(store, weekly, &changed, &error));
    g_assert_cmpuint(client_get(&chief, "/api/1/newsletters"), ==, 200);
    g_assert_true(client_says(&chief, "\"subscribers\":0"));
    g_assert_true(client_says(&chief, "\"automatic\":false"));
    g_assert_cmpuint(client_get(&fund, "/api/1/issues?newsletter=weekly"), ==, 200);
    g_assert_cmpuint(client_get(&fund, "/api/1/issues?newsletter=none"), ==, 404);
    g_assert_cmpuint(client_get(&fund, "/api/1/issues/9"), ==, 404);
    g_assert_cmpuint(client_get(&chief, "/api/1/gifts/totals"), ==, 403);
    g_assert_true(ledger_enter(store, &charge, 5, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(client_get(&fund, "/api/1/gifts/totals"), ==, 200);
    g_assert_nonnull(json_object_get(fund.json, "totals"));
    g_assert_cmpuint(client_get(&fund, "/api/1/jobs"), ==, 403);
    g_assert_true(job_enqueue(store, "mail.compose", "weekly", "", 0, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(client_get(&chief, "/api/1/jobs"), ==, 200);
    g_assert_true(client_says(&chief, "\"lane\":\"mail\""));
    g_assert_false(client_says(&chief, "weekly")); /* nothing of what a job is about */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/api/entries", test_entries);
    stores_test_add("/request/api/entries that wait", test_waiting);
    stores_test_add("/request/api/entries refused", test_entries_refused);
    stores_test_add("/request/api/entries by pages", test_pages);
    stores_test_add("/request/api/comments", test_comments);
    stores_test_add("/request/api/tasks", test_tasks);
    stores_test_add("/request/api/work under embargo", test_embargo);
    stores_test_add("/request/api/newsletters, gifts, jobs", test_house);
    return g_test_run();
}
