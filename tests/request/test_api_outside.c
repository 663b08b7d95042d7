/*
 * Links for readers outside and translations by the API: who may make, see and end a link, what it
 * opens; marking and beginning a translation; and nothing of either of a story under embargo.
 * Covers: src/desk/outside_api.c.
 */
#include "api_client.h"
#include "base/clock.h"
#include "desk/story_desk.h"
#include "desk/story_embargo.h"
#include "desk/takedown.h"
#include "doubles/stores.h"
#include "office_browser.h"
#include "press/setting.h"

#include <inttypes.h>
#include <string.h>

#define STORIES "/api/1/stories"

typedef struct {
    Office *office;
    Client writer, editor; /* of a reporter; of an editor, without "embargoed" */
    StoryDesk desk;
} Fixture;

static void set_up(Fixture *f, Store *store)
{
    bool changed = false;
    *f = (Fixture){.office = client_office(store)};
    f->writer.office = f->editor.office = f->office;
    g_assert_true(setting_set(store, "languages", "en,ru", &changed, NULL));
    client_person(&f->writer, store, ROLE_REPORTER, API_SCOPE_READ | API_SCOPE_WRITE);
    client_person(&f->editor, store, ROLE_EDITOR, ALL_SCOPES & ~API_SCOPE_EMBARGOED);
    g_assert_true(story_desk_open(store, &f->desk, NULL));
}

static void tear_down(Fixture *f)
{
    story_desk_clear(&f->desk);
    client_clear(&f->writer);
    client_clear(&f->editor);
    office_free(f->office);
}

static int64_t make(Fixture *f)
{
    g_assert_cmpuint(
        client_post(&f->editor, STORIES, "{\"title\":\"Fog\",\"body\":\"It is thick.\"}"), ==, 201);
    return client_number(&f->editor, "number");
}

static char *at(int64_t id, const char *rest)
{
    return g_strdup_printf(STORIES "/%" PRId64 "/%s", id, rest);
}

static unsigned opens(Fixture *f, const char *link)
{
    g_auto(Browser) lawyer = BROWSER(f->office);
    const char *path = strstr(link, "/read/");
    g_assert_nonnull(path);
    g_autoptr(HttpReply) reply = browser_get(&lawyer, path);
    return http_reply_status(reply);
}

static void test_readings(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    int64_t story = make(&f);
    g_autofree char *list = at(story, "readings");
    g_assert_cmpuint(client_get(&f.writer, list), ==, 403);
    g_assert_cmpuint(client_post(&f.writer, list, "{\"name\":\"A lawyer\"}"), ==, 403);
    g_assert_cmpuint(client_post(&f.editor, list, "{\"name\":\"A lawyer\",\"hours\":6}"), ==, 201);
    client_audited(store, "reading.make", "link 1, by the token \"A script\"");
    g_autofree char *link = g_strdup(client_text(&f.editor, "link"));
    g_assert_cmpuint(opens(&f, link), ==, 200);
    g_assert_cmpuint(client_get(&f.editor, list), ==, 200);
    g_assert_true(client_says(&f.editor, "\"name\":\"A lawyer\""));
    g_assert_true(client_says(&f.editor, "\"opened\":0"));
    g_assert_false(client_says(&f.editor, strstr(link, "/read/") + strlen("/read/")));
    g_autofree char *end = at(story, "readings/1/end");
    g_autofree char *none = at(story, "readings/9/end");
    g_assert_cmpuint(client_post(&f.writer, end, "{}"), ==, 403);
    g_assert_cmpuint(client_post(&f.editor, none, "{}"), ==, 404); /* there is none to end */
    g_assert_cmpuint(client_get(&f.editor, list), ==, 200);
    g_assert_false(client_says(&f.editor, "\"ended\":"));
    g_assert_cmpuint(client_post(&f.editor, end, "{}"), ==, 200);
    g_assert_true(client_says(&f.editor, "\"ended\":"));
    client_audited(store, "reading.end", "link 1, by the token \"A script\"");
    g_assert_cmpuint(client_post(&f.editor, end, "{}"), ==, 404); /* not a second time */
    g_assert_cmpuint(opens(&f, link), ==, 404);
    g_assert_cmpuint(client_post(&f.editor, list, "{\"name\":\"\"}"), ==, 422);
    g_assert_cmpuint(client_post(&f.editor, list, "{\"name\":\"A\",\"hours\":0}"), ==, 422);
    g_assert_cmpuint(client_post(&f.editor, list, "{\"name\":\"A\",\"hours\":999}"), ==, 422);
    Takedown how = {.reason = "why", .person = ""};
    g_assert_true(story_takedown(store, &f.desk.site, story, &how, clock_now(), NULL));
    g_assert_cmpuint(client_post(&f.editor, list, "{\"name\":\"A\"}"), ==, 409);
    tear_down(&f);
}

/* For whom links are is told only to who may read, also by the answer of ending one. */
static void test_readings_scopes(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_auto(Client) publisher = {.office = f.office};
    client_person(&publisher, store, ROLE_EDITOR, API_SCOPE_PUBLISH);
    int64_t story = make(&f);
    g_autofree char *list = at(story, "readings");
    g_autofree char *end = at(story, "readings/1/end");
    g_assert_cmpuint(client_post(&f.editor, list, "{\"name\":\"A source\"}"), ==, 201);
    g_assert_cmpuint(client_get(&publisher, list), ==, 403);
    g_assert_cmpuint(client_post(&publisher, end, "{}"), ==, 403);
    g_assert_false(client_says(&publisher, "A source"));
    g_assert_cmpuint(client_get(&f.editor, list), ==, 200);
    g_assert_false(client_says(&f.editor, "\"ended\":"));
    tear_down(&f);
}

static bool behind(Client *client)
{
    return json_is_true(json_object_get(client->json, "behind"));
}

static void test_translations(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    int64_t story = make(&f);
    g_autofree char *etag = g_strdup(f.editor.etag);
    g_autofree char *begin = at(story, "translations");
    g_autofree char *one = at(story, "");
    one[strlen(one) - 1] = '\0';
    g_assert_cmpuint(client_post(&f.writer, begin, "{\"language\":\"xx\"}"), ==, 422);
    g_assert_cmpstr(client_text(&f.writer, "pointer"), ==, "/language");
    g_assert_cmpuint(client_post(&f.writer, begin, "{\"language\":\"ru\"}"), ==, 201);
    g_assert_cmpstr(client_text(&f.writer, "language"), ==, "ru");
    int64_t russian = client_number(&f.writer, "number");
    g_assert_cmpuint(client_post(&f.writer, begin, "{\"language\":\"ru\"}"), ==, 409);
    g_autofree char *state = at(russian, "translation");
    g_assert_cmpuint(client_get(&f.writer, state), ==, 200);
    g_assert_cmpint(client_number(&f.writer, "original"), ==, story);
    g_assert_false(behind(&f.writer));
    g_assert_true(client_says(&f.writer, "\"title\":\"Fog\""));
    f.editor.if_match = etag;
    g_assert_cmpuint(client_post(&f.editor, one, "{\"body\":\"It is thin.\"}"), ==, 200);
    f.editor.if_match = NULL;
    g_assert_cmpuint(client_get(&f.writer, state), ==, 200);
    g_assert_true(behind(&f.writer));
    g_autofree char *mark = g_strdup_printf("{\"original\":%" PRId64 ",\"revision\":2}", story);
    g_autofree char *wrong = g_strdup_printf("{\"original\":%" PRId64 ",\"revision\":9}", story);
    g_assert_cmpuint(client_post(&f.writer, state, wrong), ==, 404);
    g_assert_cmpuint(client_post(&f.writer, state, mark), ==, 200);
    g_assert_false(behind(&f.writer));
    g_assert_cmpstr(client_text(&f.writer, "marked_by"), ==, "Anna Berg");
    g_autofree char *itself = at(story, "translation");
    g_assert_cmpuint(client_post(&f.writer, itself, mark), ==, 422); /* of itself */
    tear_down(&f);
}

/* Who may write only reads no draft of a colleague's by its copy, nor what others are called. */
static void test_translations_scopes(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    g_auto(Client) wire = {.office = f.office};
    client_person(&wire, store, ROLE_REPORTER, API_SCOPE_WRITE);
    int64_t story = make(&f);
    g_autofree char *begin = at(story, "translations");
    g_assert_cmpuint(client_post(&wire, begin, "{\"language\":\"ru\"}"), ==, 403);
    g_assert_false(client_says(&wire, "thick"));
    g_assert_cmpuint(client_post(&f.writer, begin, "{\"language\":\"ru\"}"), ==, 201);
    int64_t russian = client_number(&f.writer, "number");
    g_autofree char *state = at(russian, "translation");
    g_autofree char *mark = g_strdup_printf("{\"original\":%" PRId64 ",\"revision\":1}", story);
    g_assert_cmpuint(client_post(&wire, state, mark), ==, 403);
    g_assert_false(client_says(&wire, "Fog"));
    g_assert_cmpuint(client_post(&f.writer, state, mark), ==, 200);
    tear_down(&f);
}

/* Nothing by any address of a story that the token may not see, nor of one as an original. */
static void test_embargo(Store *store, const char *url)
{
    static const char *const reads[] = {"readings", "translation"};
    static const char *const writes[][2] = {{"readings", "{\"name\":\"A\"}"},
                                            {"readings/1/end", "{}"},
                                            {"translation", "{\"original\":2,\"revision\":1}"},
                                            {"translations", "{\"language\":\"ru\"}"}};
    Fixture f;
    set_up(&f, store);
    int64_t story = make(&f), now = clock_now();
    g_autofree char *begin = at(story, "translations");
    g_assert_cmpuint(client_post(&f.editor, begin, "{\"language\":\"ru\"}"), ==, 201);
    int64_t russian = client_number(&f.editor, "number");
    g_assert_true(story_set_embargo(store, &f.desk.site, story, now + CLOCK_HOUR, now, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(reads); i++) {
        g_autofree char *path = at(story, reads[i]);
        g_assert_cmpuint(client_get(&f.editor, path), ==, 404);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(writes); i++) {
        g_autofree char *path = at(story, writes[i][0]);
        g_assert_cmpuint(client_post(&f.editor, path, writes[i][1]), ==, 404);
    }
    g_autofree char *state = at(russian, "translation");
    g_autofree char *mark = g_strdup_printf("{\"original\":%" PRId64 ",\"revision\":1}", story);
    g_assert_cmpuint(client_get(&f.editor, state), ==, 200);
    g_assert_false(client_says(&f.editor, "original"));
    g_assert_false(client_says(&f.editor, "Fog\""));
    g_assert_cmpuint(client_post(&f.editor, state, mark), ==, 404);
    tear_down(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/api_outside/readings", test_readings);
    stores_test_add("/request/api_outside/readings_scopes", test_readings_scopes);
    stores_test_add("/request/api_outside/translations", test_translations);
    stores_test_add("/request/api_outside/translations_scopes", test_translations_scopes);
    stores_test_add("/request/api_outside/embargo", test_embargo);
    return g_test_run();
}
