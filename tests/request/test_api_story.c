/*
 * Stories by the API: wire text comes in once, nothing is overwritten unseen, no field sets a
 * state, what is out needs the scope publish; and a story under embargo is not there for a token
 * without the scope, at whatever address.
 * Covers: src/desk/story_api.c, src/desk/story_change_api.c, src/desk/story_state_api.c,
 * src/desk/story_answer.c, src/desk/name_api.c, src/desk/media_api.c, src/desk/front_api.c.
 */
#include "api_client.h"
#include "base/clock.h"
#include "base/error.h"
#include "desk/breaking.h"
#include "desk/front.h"
#include "desk/story_desk.h"
#include "desk/story_edit.h"
#include "desk/topic.h"
#include "doubles/stores.h"
#include "press/setting.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

#define STORIES "/api/1/stories"
#define WIRE                                                                                       \
    "{\"id\":\"wire-1\",\"title\":\"Harbour reopens\",\"agency\":\"Wire Agency\","                 \
    "\"section\":\"City\",\"topics\":[\"Harbour\"],\"authors\":[\"Vera Lind\"],"                   \
    "\"body\":\"The harbour is *open*.\"}"

typedef struct {
    Store *store;
    Office *office;
    Client writer, editor; /* read and write; everything */
} Fixture;

static void set_up(Fixture *f, Store *store)
{
    g_autoptr(GError) error = NULL;
    bool changed = false;
    *f = (Fixture){.store = store, .office = client_office(store)};
    g_assert_true(setting_set(store, "url", "http://paper.localhost:8080", &changed, &error));
    f->writer.office = f->editor.office = f->office;
    client_person(&f->writer, store, ROLE_REPORTER, API_SCOPE_READ | API_SCOPE_WRITE);
    client_person(&f->editor, store, ROLE_EDITOR, ALL_SCOPES);
}

static void tear_down(Fixture *f)
{
    client_clear(&f->writer);
    client_clear(&f->editor);
    office_free(f->office);
}

/* POST with the ETag of what a GET of the story gives now. */
static unsigned change(Client *client, int64_t id, const char *verb, const char *body)
{
    g_autofree char *story = g_strdup_printf(STORIES "/%" PRId64, id);
    g_autofree char *path = g_strconcat(story, verb, NULL);
    g_assert_cmpuint(client_get(client, story), ==, 200);
    g_autofree char *etag = g_strdup(client->etag);
    client->if_match = etag;
    unsigned status = client_post(client, path, body);
    client->if_match = NULL;
    return status;
}

/* ---- Wire text ------------------------------------------------------------------------------ */

static void test_wire(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *wire = &f.writer;
    g_assert_cmpuint(client_post(wire, STORIES, WIRE), ==, 201);
    g_assert_cmpstr(client_text(wire, "status"), ==, "draft");
    g_assert_cmpstr(client_text(wire, "agency"), ==, "Wire Agency");
    g_assert_cmpstr(client_text(wire, "body"), ==, "The harbour is *open*.");
    int64_t id = client_number(wire, "number");
    g_autofree char *where = g_strdup_printf(STORIES "/%" PRId64, id);
    g_assert_cmpstr(wire->location, ==, where);
    g_autofree char *etag = g_strdup(wire->etag);
    g_assert_cmpuint(client_post(wire, STORIES, WIRE), ==, 200); /* the same again */
    g_assert_cmpint(client_number(wire, "number"), ==, id);
    g_assert_cmpstr(wire->etag, ==, etag);
    g_assert_cmpuint(client_post(wire, STORIES, "{\"id\":\"wire-1\",\"title\":\"Harbour open\"}"),
                     ==, 200);
    g_assert_cmpstr(client_text(wire, "title"), ==, "Harbour open");
    g_assert_cmpint(client_number(wire, "revision"), ==, 2);
    /* An editor has changed it: the next text of the agency does not take that away. */
    g_assert_cmpuint(change(&f.editor, id, "", "{\"title\":\"Ours\"}"), ==, 200);
    g_assert_cmpuint(client_post(wire, STORIES, "{\"id\":\"wire-1\",\"title\":\"Theirs\"}"), ==,
                     409);
    g_assert_cmpstr(client_text(wire, "pointer"), ==, "/id");
    g_assert_cmpuint(client_get(wire, where), ==, 200);
    g_assert_cmpstr(client_text(wire, "title"), ==, "Ours");
    g_autofree char *seen = g_strdup(wire->etag);
    wire->if_match = seen;
    g_assert_cmpuint(client_post(wire, STORIES, "{\"id\":\"wire-1\",\"title\":\"Theirs\"}"), ==,
                     200);
    wire->if_match = "\"1.1\"";
    g_assert_cmpuint(client_post(wire, STORIES, "{\"id\":\"wire-1\",\"title\":\"More\"}"), ==, 412);
    tear_down(&f);
}

static void test_key(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    f.writer.key = "a key";
    g_assert_cmpuint(client_post(&f.writer, STORIES, "{\"title\":\"Once\"}"), ==, 201);
    int64_t id = client_number(&f.writer, "number");
    g_assert_cmpuint(client_post(&f.writer, STORIES, "{\"title\":\"Once\"}"), ==, 200);
    g_assert_cmpint(client_number(&f.writer, "number"), ==, id);
    g_assert_cmpuint(client_post(&f.writer, STORIES, "{\"title\":\"Twice\"}"), ==, 422);
    f.editor.key = "a key"; /* of another token: another key */
    g_assert_cmpuint(client_post(&f.editor, STORIES, "{\"title\":\"Once\"}"), ==, 201);
    f.writer.key = "another";
    g_assert_cmpuint(client_post(&f.writer, STORIES, "{\"title\":\"Once\"}"), ==, 201);
    f.writer.key = "";
    g_assert_cmpuint(client_post(&f.writer, STORIES, "{\"title\":\"Once\"}"), ==, 422);
    tear_down(&f);
}

/* A draft goes with its ETag; not without, and not what was out. */
static void test_discard(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_assert_cmpuint(client_post(&f.writer, STORIES, "{\"title\":\"Once\"}"), ==, 201);
    int64_t id = client_number(&f.writer, "number");
    g_autofree char *path = g_strdup_printf(STORIES "/%" PRId64 "/discard", id);
    g_assert_cmpuint(client_post(&f.writer, path, "{}"), ==, 428);
    g_assert_cmpuint(change(&f.editor, id, "/publish", "{}"), ==, 200);
    g_assert_cmpuint(change(&f.editor, id, "/discard", "{}"), ==, 409);
    g_assert_cmpuint(client_post(&f.writer, STORIES, "{\"title\":\"Twice\"}"), ==, 201);
    id = client_number(&f.writer, "number");
    g_assert_cmpuint(change(&f.writer, id, "/discard", "{}"), ==, 200);
    g_assert_cmpint(client_number(&f.writer, "id"), ==, id);
    g_autofree char *gone = g_strdup_printf(STORIES "/%" PRId64, id);
    g_assert_cmpuint(client_get(&f.writer, gone), ==, 404);
    tear_down(&f);
}

/* ---- What is refused ------------------------------------------------------------------------ */

static void test_fields(Store *store, const char *url)
{
    static const struct {
        const char *body, *pointer;
    } wrong[] = {
        {"{\"title\":\"a\",\"status\":\"published\"}", "/status"},
        {"{\"title\":\"a\",\"path\":\"index.html\"}", "/path"},
        {"{\"title\":\"a\",\"aliases\":[\"x\"]}", "/aliases"},
        {"{\"title\":\"a\",\"number\":1}", "/number"},
        {"{\"title\":\"a\",\"revision\":1}", "/revision"},
        {"{\"title\":\"a\",\"a/b~c\":1}", "/a~1b~0c"},
        {"{\"title\":null}", "/title"},
        {"{\"title\":7}", "/title"},
        {"{}", "/title"},
        {"{\"title\":\"\"}", "/title"},
        {"{\"title\":\"a\",\"topics\":\"b\"}", "/topics"},
        {"{\"title\":\"a\",\"topics\":[\"b\",7]}", "/topics/1"},
        {"{\"title\":\"a\",\"kind\":\"story;drop\"}", "/kind"},
        {"{\"title\":\"a\",\"language\":\"xx\"}", "/language"},
        {"{\"title\":\"a\",\"slug\":\"../x\"}", "/slug"},
        {"{\"title\":\"a\",\"date\":\"tomorrow\"}", "/date"},
        {"{\"title\":\"a\",\"photo\":-1}", "/photo"},
        {"{\"title\":\"a\",\"photo\":1.5}", "/photo"},
    };

    Fixture f;
    set_up(&f, store);
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_test_message("%s", wrong[i].body);
        g_assert_cmpuint(client_post(&f.editor, STORIES, wrong[i].body), ==, 422);
        g_assert_cmpstr(client_text(&f.editor, "pointer"), ==, wrong[i].pointer);
    }
    g_autofree char *title = g_strnfill(1001, 'a');
    g_autofree char *body = g_strdup_printf("{\"title\":\"%s\"}", title);
    g_assert_cmpuint(client_post(&f.editor, STORIES, body), ==, 422);
    g_assert_cmpuint(client_post(&f.editor, STORIES, "{\"title\":\"a\",\"photo\":99}"), ==, 404);
    g_assert_cmpuint(client_get(&f.editor, STORIES), ==, 200);
    g_assert_true(client_says(&f.editor, "\"stories\":[]"));
    tear_down(&f);
}

static void test_change(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_assert_cmpuint(client_post(&f.writer, STORIES, WIRE), ==, 201);
    int64_t id = client_number(&f.writer, "number");
    g_autofree char *path = g_strdup_printf(STORIES "/%" PRId64, id);
    g_autofree char *etag = g_strdup(f.writer.etag);
    g_assert_cmpuint(client_post(&f.writer, path, "{\"title\":\"b\"}"), ==, 428);
    f.writer.if_match = etag;
    g_assert_cmpuint(client_post(&f.writer, path, "{\"agency\":\"\",\"topics\":[\"Sea\"]}"), ==,
                     200);
    g_assert_null(client_text(&f.writer, "agency"));
    g_assert_cmpstr(client_text(&f.writer, "section"), ==, "City");
    g_assert_true(client_says(&f.writer, "\"topics\":[\"Sea\"]"));
    g_assert_true(client_says(&f.writer, "\"authors\":[\"Vera Lind\"]"));
    g_assert_cmpstr(client_text(&f.writer, "body"), ==, "The harbour is *open*.");
    g_assert_cmpuint(client_post(&f.writer, path, "{\"title\":\"b\"}"), ==, 412); /* old ETag */
    f.writer.if_match = NULL;
    /* All or nothing. */
    g_assert_cmpuint(change(&f.writer, id, "", "{\"title\":\"New\",\"slug\":\"No Slug\"}"), ==,
                     422);
    g_assert_cmpstr(client_text(&f.writer, "pointer"), ==, "/slug");
    g_assert_cmpuint(client_get(&f.writer, path), ==, 200);
    g_assert_cmpstr(client_text(&f.writer, "title"), ==, "Harbour reopens");
    g_assert_cmpuint(change(&f.writer, id, "", "{\"html\":\"<p>x<script>y</script></p>\"}"), ==,
                     200);
    g_autofree char *rendered = g_strconcat(path, "?rendered=1", NULL);
    g_assert_cmpuint(client_get(&f.writer, rendered), ==, 200);
    g_assert_cmpstr(client_text(&f.writer, "html"), ==, "<p>x<script>y</script></p>");
    g_assert_null(strstr(client_text(&f.writer, "rendered"), "script"));
    g_autofree char *revisions = g_strconcat(path, "/revisions", NULL);
    g_assert_cmpuint(client_get(&f.writer, revisions), ==, 200);
    g_assert_true(client_says(&f.writer, "\"editor\":\"Anna Berg\""));
    g_autofree char *first = g_strconcat(revisions, "/1", NULL);
    g_assert_cmpuint(client_get(&f.writer, first), ==, 200);
    g_assert_cmpstr(client_text(&f.writer, "body"), ==, "The harbour is *open*.");
    tear_down(&f);
}

/* ---- Its way -------------------------------------------------------------------------------- */

static bool count_token(const AuditRow *row, void *data, GError **error)
{
    unsigned *count = data;
    *count += strcmp(row->detail, "by the token \"A script\"") == 0 ? 1 : 0;
    return true;
}

static void test_way(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    Fixture f;
    unsigned lines = 0;
    set_up(&f, store);
    g_assert_cmpuint(client_post(&f.writer, STORIES, WIRE), ==, 201);
    int64_t id = client_number(&f.writer, "number");
    g_autofree char *path = g_strdup_printf(STORIES "/%" PRId64, id);
    g_autofree char *publish = g_strconcat(path, "/publish", NULL);
    g_assert_cmpuint(client_post(&f.writer, publish, "{}"), ==, 403);
    g_assert_cmpuint(change(&f.writer, id, "/stage", "{\"status\":\"ready\"}"), ==, 200);
    g_assert_cmpuint(change(&f.writer, id, "/stage", "{\"status\":\"published\"}"), ==, 422);
    g_assert_cmpuint(client_post(&f.editor, publish, NULL), ==, 428);
    g_assert_cmpuint(change(&f.editor, id, "/schedule", "{\"when\":\"2001-01-01\"}"), ==, 422);
    g_assert_cmpuint(change(&f.editor, id, "/schedule", "{\"when\":\"2190-01-01 08:00\"}"), ==,
                     200);
    g_assert_cmpstr(client_text(&f.editor, "status"), ==, "scheduled");
    /* It will be seen: writing is not enough any more. */
    g_assert_cmpuint(change(&f.writer, id, "", "{\"title\":\"b\"}"), ==, 403);
    g_assert_cmpuint(client_post(&f.writer, STORIES, "{\"id\":\"wire-1\",\"title\":\"b\"}"), ==,
                     403);
    g_assert_cmpuint(change(&f.editor, id, "/withdraw", NULL), ==, 200);
    g_assert_cmpuint(change(&f.editor, id, "/publish", NULL), ==, 200);
    g_assert_cmpstr(client_text(&f.editor, "status"), ==, "published");
    g_assert_true(g_str_has_prefix(client_text(&f.editor, "url"), "http://paper.localhost:8080/"));
    g_assert_cmpuint(change(&f.editor, id, "", "{\"lead\":\"More.\"}"), ==, 200);
    g_assert_cmpuint(change(&f.editor, id, "/corrections", "{\"text\":\"It was two.\"}"), ==, 200);
    g_autofree char *corrections = g_strconcat(path, "/corrections", NULL);
    g_assert_cmpuint(client_get(&f.writer, corrections), ==, 200);
    g_assert_true(client_says(&f.writer, "It was two."));
    g_assert_cmpuint(change(&f.editor, id, "/withdraw", "{}"), ==, 200);
    g_assert_cmpuint(change(&f.editor, id, "/reopen", "{}"), ==, 200);
    g_assert_cmpstr(client_text(&f.editor, "status"), ==, "draft");
    g_assert_true(audit_list(store, 0, 1000, count_token, &lines, &error));
    g_assert_cmpuint(lines, ==, 6);
    tear_down(&f);
}

/* ---- Lists ---------------------------------------------------------------------------------- */

static void test_list(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    for (unsigned i = 0; i < 7; i++) {
        g_autofree char *body = g_strdup_printf("{\"title\":\"Number %u\",\"id\":\"n%u\"}", i, i);
        g_assert_cmpuint(client_post(&f.writer, STORIES, body), ==, 201);
    }
    unsigned seen = 0;
    g_autofree char *target = g_strdup(STORIES "?limit=3");
    while (target != NULL) {
        g_assert_cmpuint(client_get(&f.writer, target), ==, 200);
        seen += (unsigned)json_array_size(json_object_get(f.writer.json, "stories"));
        const char *next = client_text(&f.writer, "next");
        g_free(target);
        target = next == NULL ? NULL : g_strdup_printf(STORIES "?limit=3&after=%s", next);
    }
    g_assert_cmpuint(seen, ==, 7);
    g_assert_cmpuint(client_get(&f.writer, STORIES "?id=n4"), ==, 200);
    g_assert_true(client_says(&f.writer, "Number 4"));
    g_assert_false(client_says(&f.writer, "Number 5"));
    g_assert_cmpuint(client_get(&f.writer, STORIES "?words=number&status=published"), ==, 200);
    g_assert_true(client_says(&f.writer, "[]"));
    g_assert_cmpuint(client_get(&f.writer, STORIES "?status=secret"), ==, 422);
    g_assert_cmpuint(client_get(&f.writer, STORIES "?limit=101"), ==, 422);
    g_assert_cmpuint(client_get(&f.writer, STORIES "?after=x"), ==, 422);
    tear_down(&f);
}

/* ---- Embargo -------------------------------------------------------------------------------- */

#define HELD                                                                                       \
    "{\"id\":\"held-1\",\"title\":\"Zirconquay promised\",\"section\":\"Zirconquay\","             \
    "\"topics\":[\"Zirconquay\",\"Harbour\"],\"authors\":[\"Zirconquay Writer\"],"                 \
    "\"body\":\"zirconquay\",\"embargo\":\"2199-01-02 08:00\"}"

/* Nor do lists that are read a name at a time, in what they give to go on with. */
static void a_name_at_a_time(Client *client, const char *kind, unsigned names)
{
    g_autofree char *next = NULL;
    unsigned count = 0;
    for (unsigned asked = 0; asked == 0 || (next != NULL && asked < 10); asked++) {
        g_autofree char *path = g_strdup_printf(
            "/api/1/%s?limit=1%s%s", kind, next == NULL ? "" : "&after=", next == NULL ? "" : next);
        g_assert_cmpuint(client_get(client, path), ==, 200);
        g_assert_false(client_says(client, "irconquay"));
        count += client_says(client, "\"slug\"") ? 1 : 0;
        g_free(next);
        next = g_strdup(client_text(client, "next"));
    }
    g_assert_null(next);
    g_assert_cmpuint(count, ==, names);
}

/* No address tells a token without the scope of it, by whatever word. */
static void nowhere(Client *client, int64_t id)
{
    static const char *const lists[] = {
        STORIES,
        STORIES "?words=zirconquay",
        STORIES "?id=held-1",
        "/api/1/sections",
        "/api/1/topics",
        "/api/1/authors",
        "/api/1/pictures",
        "/api/1/front",
        "/api/1/breaking",
    };
    static const char *const below[] = {"", "/revisions", "/revisions/1", "/corrections",
                                        "?rendered=1"};
    g_autofree char *number = g_strdup_printf("\"story\":%" PRId64, id);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_test_message("%s", lists[i]);
        g_assert_cmpuint(client_get(client, lists[i]), ==, 200);
        g_assert_false(client_says(client, "irconquay"));
        g_assert_false(client_says(client, number));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(below); i++) {
        g_autofree char *path = g_strdup_printf(STORIES "/%" PRId64 "%s", id, below[i]);
        g_assert_cmpuint(client_get(client, path), ==, 404);
        g_assert_false(client_says(client, "irconquay"));
    }
}

/* Nor can it be changed, published or named by one. */
static void untouchable(Client *client, int64_t id)
{
    static const struct {
        const char *verb, *body;
    } ways[] = {
        {"", "{\"title\":\"a\"}"},
        {"/publish", "{}"},
        {"/withdraw", "{}"},
        {"/schedule", "{\"when\":\"2199-02-02\"}"},
        {"/reopen", "{}"},
        {"/corrections", "{\"text\":\"a\"}"},
        {"/stage", "{\"status\":\"draft\"}"},
    };

    client->if_match = "*";
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autofree char *path = g_strdup_printf(STORIES "/%" PRId64 "%s", id, ways[i].verb);
        g_assert_cmpuint(client_post(client, path, ways[i].body), ==, 404);
    }
    client->if_match = NULL;
    g_autofree char *embargo = g_strdup_printf(STORIES "/%" PRId64 "/embargo", id);
    g_assert_cmpuint(client_post(client, embargo, "{\"until\":\"\"}"), ==, 403);
    g_autofree char *slot = g_strdup_printf("{\"story\":%" PRId64 "}", id);
    g_assert_cmpuint(client_post(client, "/api/1/front/1", slot), ==, 404);
    g_autofree char *line = g_strdup_printf("{\"text\":\"a\",\"story\":%" PRId64 "}", id);
    g_assert_cmpuint(client_post(client, "/api/1/breaking", line), ==, 404);
    g_assert_cmpuint(client_post(client, STORIES, "{\"id\":\"held-1\",\"title\":\"a\"}"), ==, 409);
    g_assert_false(client_says(client, "irconquay"));
    g_assert_cmpuint(
        client_post(client, STORIES, "{\"title\":\"a\",\"translation_of\":\"held-1\"}"), ==, 422);
    g_assert_cmpuint(client_post(client, STORIES, "{\"title\":\"a\",\"embargo\":\"2199-01-01\"}"),
                     ==, 403);
}

static void test_embargo(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *zoo = NULL;
    Fixture f;
    set_up(&f, store);
    g_auto(Client) plain = {.office = f.office}; /* all but "embargoed" */
    client_person(&plain, store, ROLE_EDITOR, ALL_SCOPES & ~(unsigned)API_SCOPE_EMBARGOED);
    g_assert_cmpuint(client_post(&f.writer, STORIES, HELD), ==, 403);
    g_assert_cmpuint(client_post(&f.editor, STORIES, HELD), ==, 201);
    int64_t id = client_number(&f.editor, "number");
    g_assert_true(front_set_story(store, "en", 1, id, INT64_MAX, &error));
    g_autofree char *line = g_strdup_printf("{\"text\":\"Soon\",\"story\":%" PRId64 "}", id);
    g_assert_cmpuint(client_post(&f.editor, "/api/1/breaking", line), ==, 422);
    g_assert_true(client_says(&f.editor, "under embargo until"));
    g_assert_true(
        breaking_set(store, "en", "Soon", id, INT64_MAX, INT64_C(7300000000000000), &error));
    nowhere(&plain, id);
    nowhere(&f.writer, id);
    g_assert_true(topic_ensure(store, "en", "Zoo", &zoo, NULL, &error));
    a_name_at_a_time(&plain, "topics", 1);
    a_name_at_a_time(&plain, "authors", 0);
    untouchable(&plain, id);
    g_autofree char *path = g_strdup_printf(STORIES "/%" PRId64, id);
    g_assert_cmpuint(client_get(&f.editor, path), ==, 200);
    g_assert_cmpstr(client_text(&f.editor, "title"), ==, "Zirconquay promised");
    g_assert_cmpuint(client_get(&f.editor, "/api/1/topics"), ==, 200);
    g_assert_true(client_says(&f.editor, "Zirconquay"));
    /* Lifted, it is a draft like others. */
    g_assert_cmpuint(change(&f.editor, id, "/embargo", "{\"until\":\"\"}"), ==, 200);
    g_assert_cmpuint(client_get(&plain, path), ==, 200);
    g_assert_cmpuint(client_get(&plain, "/api/1/topics"), ==, 200);
    g_assert_true(client_says(&plain, "Zirconquay"));
    tear_down(&f);
}

/* However few are asked for, what lies behind many that are hidden is found. */
static void test_embargo_many(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_assert_cmpuint(client_post(&f.editor, STORIES, "{\"title\":\"Below\"}"), ==, 201);
    for (unsigned i = 0; i < 60; i++) {
        g_assert_cmpuint(
            client_post(&f.editor, STORIES, "{\"title\":\"Held\",\"embargo\":\"2199-01-02\"}"), ==,
            201);
    }
    g_assert_cmpuint(client_get(&f.writer, STORIES "?limit=1"), ==, 200);
    g_assert_true(client_says(&f.writer, "Below"));
    g_assert_false(client_says(&f.writer, "Held"));
    g_assert_null(client_text(&f.writer, "next"));
    g_assert_cmpuint(client_get(&f.editor, STORIES "?limit=1"), ==, 200);
    g_assert_true(client_says(&f.editor, "Held"));
    g_assert_nonnull(client_text(&f.editor, "next"));
    tear_down(&f);
}

/* An address that is taken does not tell by what. */
static void test_embargo_path(Store *store, const char *url)
{
    static const char when[] = "{\"when\":\"2199-02-02\"}";
    Fixture f;
    set_up(&f, store);
    g_auto(Client) plain = {.office = f.office};
    client_person(&plain, store, ROLE_EDITOR, ALL_SCOPES & ~(unsigned)API_SCOPE_EMBARGOED);
    g_assert_cmpuint(client_post(&f.editor, STORIES,
                                 "{\"title\":\"Zirconquay promised\",\"slug\":\"plan\","
                                 "\"embargo\":\"2199-01-02\"}"),
                     ==, 201);
    g_assert_cmpuint(change(&f.editor, client_number(&f.editor, "number"), "/schedule", when), ==,
                     200);
    g_assert_cmpuint(client_post(&plain, STORIES, "{\"title\":\"Ours\",\"slug\":\"plan\"}"), ==,
                     201);
    g_assert_cmpuint(change(&plain, client_number(&plain, "number"), "/schedule", when), ==, 409);
    g_assert_false(client_says(&plain, "irconquay"));
    tear_down(&f);
}

/* ---- The front ------------------------------------------------------------------------------ */

static void test_front(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_assert_cmpuint(client_post(&f.editor, STORIES, WIRE), ==, 201);
    int64_t id = client_number(&f.editor, "number");
    g_assert_cmpuint(change(&f.editor, id, "/publish", NULL), ==, 200);
    g_autofree char *slot = g_strdup_printf("{\"story\":%" PRId64 "}", id);
    g_assert_cmpuint(client_post(&f.writer, "/api/1/front/3", slot), ==, 403);
    g_assert_cmpuint(client_post(&f.editor, "/api/1/front/3", slot), ==, 200);
    g_assert_true(client_says(&f.editor, "\"slot\":3,\"origin\":\"held\""));
    g_assert_cmpuint(client_post(&f.editor, "/api/1/front/3/clear", "{}"), ==, 200);
    g_assert_true(client_says(&f.editor, "\"slot\":1,\"origin\":\"newest\""));
    g_assert_cmpuint(client_post(&f.editor, "/api/1/front/1", "{}"), ==, 422);
    g_assert_cmpuint(client_post(&f.editor, "/api/1/front/99", slot), ==, 404);
    g_assert_cmpuint(client_post(&f.editor, "/api/1/front/1", "{\"section\":\"none\"}"), ==, 404);
    g_assert_cmpuint(client_get(&f.writer, "/api/1/front?language=xx"), ==, 422);
    g_assert_cmpuint(client_get(&f.writer, "/api/1/breaking"), ==, 200);
    g_assert_null(client_text(&f.writer, "text"));
    g_assert_cmpuint(client_post(&f.editor, "/api/1/breaking",
                                 "{\"text\":\"Now\",\"until\":\"2190-01-01T00:00:00Z\"}"),
                     ==, 200);
    g_assert_cmpstr(client_text(&f.editor, "until"), ==, "2190-01-01T00:00:00Z");
    g_assert_cmpuint(
        client_post(&f.editor, "/api/1/breaking", "{\"text\":\"Now\",\"until\":\"2001-01-01\"}"),
        ==, 422);
    g_assert_cmpstr(client_text(&f.editor, "pointer"), ==, "/until");
    g_assert_cmpuint(client_post(&f.editor, "/api/1/breaking/clear", NULL), ==, 200);
    g_assert_null(client_text(&f.editor, "text"));
    tear_down(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/api_story/wire", test_wire);
    stores_test_add("/request/api_story/key", test_key);
    stores_test_add("/request/api_story/discard", test_discard);
    stores_test_add("/request/api_story/fields", test_fields);
    stores_test_add("/request/api_story/change", test_change);
    stores_test_add("/request/api_story/way", test_way);
    stores_test_add("/request/api_story/list", test_list);
    stores_test_add("/request/api_story/embargo", test_embargo);
    stores_test_add("/request/api_story/embargo_many", test_embargo_many);
    stores_test_add("/request/api_story/embargo_path", test_embargo_path);
    stores_test_add("/request/api_story/front", test_front);
    return g_test_run();
}
