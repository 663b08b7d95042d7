/*
 * What makes the paper, and what is taken out of it, by the API: redirects, sections, topics and
 * authors, settings, an earlier revision, pictures; takedowns and withheld names, who may order
 * them, and that an order is given once.
 * Covers: src/desk/redirect_api.c, src/desk/name_change_api.c, src/desk/erasure_api.c,
 * src/desk/name_kind.c, src/office/settings_api.c.
 */
#include "api_client.h"
#include "base/clock.h"
#include "base/file.h"
#include "desk/media_upload.h"
#include "desk/story_desk.h"
#include "desk/withhold.h"
#include "doubles/stores.h"
#include "image/image.h"
#include "press/setting.h"

#include <inttypes.h>
#include <string.h>

#define STORIES "/api/1/stories"

typedef struct {
    Office *office;
    Client editor, chief, admin;
} Fixture;

static void set_up(Fixture *f, Store *store)
{
    bool changed = false;
    *f = (Fixture){.office = client_office(store)};
    f->editor.office = f->chief.office = f->admin.office = f->office;
    g_assert_true(setting_set(store, "languages", "en,ru", &changed, NULL));
    client_person(&f->editor, store, ROLE_EDITOR, ALL_SCOPES);
    client_person(&f->chief, store, ROLE_CHIEF, ALL_SCOPES);
    client_person(&f->admin, store, ROLE_ADMINISTRATOR, ALL_SCOPES);
}

static void tear_down(Fixture *f)
{
    client_clear(&f->editor);
    client_clear(&f->chief);
    client_clear(&f->admin);
    office_free(f->office);
}

static int64_t make(Client *client, const char *body)
{
    g_assert_cmpuint(client_post(client, STORIES, body), ==, 201);
    return client_number(client, "number");
}

static char *at(int64_t id, const char *rest)
{
    return g_strdup_printf(STORIES "/%" PRId64 "%s", id, rest);
}

/* Posts with the ETag of the last answer. */
static unsigned post_seen(Client *client, const char *path, const char *body)
{
    g_autofree char *etag = g_strdup(client->etag);
    client->if_match = etag;
    unsigned status = client_post(client, path, body);
    client->if_match = NULL;
    return status;
}

/* ---- Redirects ------------------------------------------------------------------------------ */

#define REDIRECTS "/api/1/redirects"

static void test_redirects(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *editor = &f.editor;
    int64_t id = make(editor, "{\"title\":\"Fog\",\"body\":\"It is thick.\"}");
    g_autofree char *publish = at(id, "/publish");
    g_assert_cmpuint(post_seen(editor, publish, "{}"), ==, 200);
    g_autofree char *lead =
        g_strdup_printf("{\"path\":\"2019/fog.html\",\"story\":%" PRId64 "}", id);
    g_assert_cmpuint(client_post(editor, REDIRECTS, lead), ==, 201);
    client_audited(store, "redirect.add", "story 1, by the token \"A script\"");
    g_assert_cmpuint(client_post(editor, REDIRECTS,
                                 "{\"path\":\"shop.html\",\"target\":\"https://shop.example/\"}"),
                     ==, 201);
    g_assert_cmpuint(client_post(editor, REDIRECTS, "{\"path\":\"a.html\"}"), ==, 422);
    g_assert_cmpuint(client_post(editor, REDIRECTS, "{\"path\":\"a.html\",\"story\":99}"), ==, 404);
    g_assert_cmpuint(client_post(editor, REDIRECTS, "{\"path\":\"../a\",\"target\":\"b.html\"}"),
                     ==, 422);
    int64_t waiting = make(editor, "{\"title\":\"Plan\",\"body\":\"It waits.\"}");
    g_autofree char *early =
        g_strdup_printf("{\"path\":\"a.html\",\"target\":\"%" PRId64 "\"}", waiting);
    g_assert_cmpuint(client_post(editor, REDIRECTS, early), ==, 422);
    g_assert_true(client_says(editor, "no story that is out"));
    g_assert_cmpuint(client_get(editor, REDIRECTS "?limit=1"), ==, 200);
    g_assert_true(client_says(editor, "\"path\":\"2019/fog.html\""));
    g_autofree char *next = g_strdup(client_text(editor, "next"));
    g_autofree char *further = g_strconcat(REDIRECTS "?after=", next, NULL);
    g_assert_cmpuint(client_get(editor, further), ==, 200);
    g_assert_true(client_says(editor, "https://shop.example/"));
    g_assert_cmpuint(client_post(editor, REDIRECTS "/remove", "{\"path\":\"shop.html\"}"), ==, 200);
    g_assert_cmpuint(client_post(editor, REDIRECTS "/remove", "{\"path\":\"shop.html\"}"), ==, 404);
    tear_down(&f);
}

/* ---- Names ---------------------------------------------------------------------------------- */

static void test_sections(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *chief = &f.chief;
    g_assert_cmpuint(client_post(&f.editor, "/api/1/sections", "{\"name\":\"Port\"}"), ==, 403);
    g_assert_cmpuint(client_post(chief, "/api/1/sections", "{\"name\":\"Port\"}"), ==, 201);
    client_audited(store, "section.add", "Port, by the token \"A script\"");
    g_assert_cmpuint(client_post(chief, "/api/1/sections", "{\"name\":\"City\"}"), ==, 201);
    g_assert_cmpuint(client_post(chief, "/api/1/sections", "{\"name\":\"City\"}"), ==, 409);
    g_assert_cmpuint(
        client_post(chief, "/api/1/sections", "{\"name\":\"City\",\"language\":\"xx\"}"), ==, 422);
    g_assert_cmpuint(
        client_post(chief, "/api/1/sections/change",
                    "{\"slug\":\"city\",\"name\":\"The city\",\"hidden\":true,\"place\":1}"),
        ==, 200);
    g_assert_cmpstr(client_text(chief, "name"), ==, "The city");
    g_assert_cmpint(client_number(chief, "place"), ==, 1);
    g_assert_true(json_is_true(json_object_get(chief->json, "hidden")));
    g_assert_cmpuint(client_post(chief, "/api/1/sections/change", "{\"slug\":\"nothing\"}"), ==,
                     404);
    tear_down(&f);
}

/* A topic and an author alike: named anew, described, merged. */
static void test_names(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *editor = &f.editor;
    int64_t id = make(editor, "{\"title\":\"Fog\",\"topics\":[\"Harbour\",\"Ferries\"],"
                              "\"authors\":[\"Vera Lind\",\"V. Lind\"]}");
    g_assert_cmpuint(
        client_post(editor, "/api/1/topics/change",
                    "{\"slug\":\"harbour\",\"name\":\"The harbour\",\"about\":\"A.\"}"),
        ==, 200);
    g_assert_cmpstr(client_text(editor, "about"), ==, "A.");
    client_audited(store, "topic.change", "by the token \"A script\"");
    g_assert_cmpuint(client_post(editor, "/api/1/topics/change",
                                 "{\"slug\":\"ferries\",\"name\":\"The harbour\"}"),
                     ==, 409);
    g_assert_cmpuint(client_post(editor, "/api/1/topics/merge",
                                 "{\"slug\":\"ferries\",\"into\":\"The harbour\"}"),
                     ==, 200);
    g_assert_cmpstr(client_text(editor, "slug"), ==, "harbour");
    client_audited(store, "topic.merge", "harbour, by the token \"A script\"");
    g_assert_cmpuint(
        client_post(editor, "/api/1/authors/merge", "{\"slug\":\"v-lind\",\"into\":\"vera-lind\"}"),
        ==, 200);
    g_assert_cmpuint(client_post(editor, "/api/1/authors/change",
                                 "{\"slug\":\"vera-lind\",\"about\":\"Writes.\"}"),
                     ==, 200);
    g_assert_cmpstr(client_text(editor, "name"), ==, "Vera Lind");
    g_assert_cmpuint(
        client_post(editor, "/api/1/authors/merge", "{\"slug\":\"vera-lind\",\"into\":\"nobody\"}"),
        ==, 404);
    g_autofree char *story = at(id, "");
    g_assert_cmpuint(client_get(editor, story), ==, 200);
    g_assert_false(client_says(editor, "ferries"));
    g_assert_false(client_says(editor, "V. Lind"));
    tear_down(&f);
}

/* ---- Settings ------------------------------------------------------------------------------- */

#define SETTINGS "/api/1/settings"

static void test_settings(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *admin = &f.admin;
    g_assert_cmpuint(client_get(&f.editor, SETTINGS), ==, 403);
    g_assert_cmpuint(client_post(admin, SETTINGS, "{\"name\":\"name\",\"value\":\"The Bell\"}"), ==,
                     200);
    g_assert_true(client_says(admin, "\"value\":\"The Bell\""));
    client_audited(store, "settings.set", "The Bell, by the token \"A script\"");
    g_assert_cmpuint(client_post(admin, SETTINGS, "{\"name\":\"name.ru\",\"value\":\"Bell\"}"), ==,
                     200);
    g_assert_true(client_says(admin, "\"name\":\"name.ru\""));
    g_assert_cmpuint(client_post(admin, SETTINGS, "{\"name\":\"name.ru\"}"), ==, 200);
    g_assert_false(client_says(admin, "\"name\":\"name.ru\""));
    g_assert_cmpuint(client_post(admin, SETTINGS, "{\"name\":\"timezone\",\"value\":\"Moon\"}"), ==,
                     422);
    g_assert_cmpstr(client_text(admin, "pointer"), ==, "/value");
    g_assert_cmpuint(client_post(admin, SETTINGS, "{\"name\":\"nothing\",\"value\":\"x\"}"), ==,
                     404);
    g_autofree char *zone = setting_get(store, "timezone", NULL);
    g_assert_cmpstr(zone, !=, "Moon");
    tear_down(&f);
}

/* ---- Revisions, pictures -------------------------------------------------------------------- */

static void test_restore(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *editor = &f.editor;
    int64_t id = make(editor, "{\"title\":\"Fog\",\"body\":\"It is thick.\"}");
    g_autofree char *story = at(id, "");
    g_autofree char *first = at(id, "/revisions/1/restore");
    g_autofree char *none = at(id, "/revisions/9/restore");
    g_assert_cmpuint(post_seen(editor, story, "{\"body\":\"It is thin.\"}"), ==, 200);
    g_assert_cmpuint(client_post(editor, first, "{}"), ==, 428);
    g_assert_cmpuint(client_get(editor, story), ==, 200);
    g_assert_cmpuint(post_seen(editor, none, "{}"), ==, 404);
    g_assert_cmpuint(client_get(editor, story), ==, 200);
    g_assert_cmpuint(post_seen(editor, first, "{}"), ==, 200);
    g_assert_cmpstr(client_text(editor, "body"), ==, "It is thick.");
    client_audited(store, "story.restore", "revision 1, by the token \"A script\"");
    tear_down(&f);
}

static int64_t picture(Store *store, int directory)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path =
        g_build_filename(g_getenv("KOLOKOL_SOURCE"), "site/demo/pictures/ferry.png", NULL);
    char *bytes = NULL;
    gsize length = 0;
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    g_autoptr(GBytes) given = g_bytes_new_take(bytes, length);
    int64_t id = 0;
    media_upload(store, directory, given, NULL, clock_now(), &id, NULL, &error);
    g_assert_no_error(error);
    return id;
}

/* One that a story shows stays; other bytes are for the worker; an old ETag is refused. */
static void test_pictures(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *editor = &f.editor;
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", NULL);
    media_jobs_directory(folder);
    FILE_AUTO directory = media_directory_open(NULL);
    int64_t id = picture(store, directory);
    g_autofree char *one = g_strdup_printf("/api/1/pictures/%" PRId64, id);
    g_autofree char *remove = g_strconcat(one, "/remove", NULL);
    g_autofree char *file = g_strconcat(one, "/file", NULL);
    g_autofree char *shows = g_strdup_printf("{\"title\":\"Fog\",\"photo\":%" PRId64 "}", id);
    int64_t story = make(editor, shows);
    g_assert_cmpuint(client_get(editor, one), ==, 200);
    g_assert_cmpuint(post_seen(editor, remove, "{}"), ==, 409);
    g_assert_cmpuint(client_post(editor, remove, "{}"), ==, 428);
    editor->type = "image/png";
    g_assert_cmpuint(client_post(editor, file, "bytes"), ==, 428);
    g_assert_cmpuint(client_get(editor, one), ==, 200);
    g_assert_cmpuint(post_seen(editor, file, "bytes"), ==, 202);
    g_assert_cmpstr(client_text(editor, "state"), ==, "waiting");
    editor->type = NULL;
    g_autofree char *at_ = at(story, "");
    g_assert_cmpuint(client_get(editor, at_), ==, 200);
    g_assert_cmpuint(post_seen(editor, at_, "{\"photo\":0}"), ==, 200);
    g_assert_cmpuint(client_get(editor, one), ==, 200);
    g_assert_cmpuint(post_seen(editor, remove, "{}"), ==, 200);
    g_assert_cmpuint(client_get(editor, one), ==, 404);
    tear_down(&f);
    stores_remove_tree(folder);
}

/* ---- Erasures ------------------------------------------------------------------------------- */

static void test_takedown(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *chief = &f.chief;
    int64_t id = make(chief, "{\"title\":\"Fog\",\"body\":\"It is thick.\"}");
    g_autofree char *story = at(id, "");
    g_autofree char *take = at(id, "/takedown");
    g_assert_cmpuint(client_post(&f.editor, take, "{\"reason\":\"A court\"}"), ==, 403);
    g_assert_cmpuint(client_post(chief, take, "{\"reason\":\"A court\"}"), ==, 428);
    g_assert_cmpuint(client_get(chief, story), ==, 200);
    g_assert_cmpuint(post_seen(chief, take, "{\"reason\":\"  \"}"), ==, 422);
    g_assert_cmpstr(client_text(chief, "pointer"), ==, "/reason");
    g_assert_cmpuint(client_get(chief, story), ==, 200);
    chief->key = "order-1";
    g_autofree char *etag = g_strdup(chief->etag);
    chief->if_match = etag;
    g_assert_cmpuint(client_post(chief, take, "{\"reason\":\"A court\"}"), ==, 202);
    g_assert_true(client_says(chief, "\"reason\":\"A court\""));
    client_audited(store, "story.takedown", "by the token \"A script\"");
    g_assert_cmpuint(client_post(chief, take, "{\"reason\":\"A court\"}"), ==, 202); /* once */
    chief->if_match = NULL;
    g_assert_cmpuint(client_get(chief, "/api/1/erasures"), ==, 200);
    g_assert_cmpuint(json_array_size(json_object_get(chief->json, "erasures")), ==, 1);
    /* The key again for another order: that one is given too. */
    g_assert_cmpuint(client_post(chief, "/api/1/withheld",
                                 "{\"names\":[\"Nobody Known\"],\"reason\":\"In danger\"}"),
                     ==, 202);
    g_assert_cmpuint(json_array_size(json_object_get(chief->json, "erasures")), ==, 2);
    chief->key = NULL;
    g_assert_cmpuint(client_get(chief, story), ==, 200);
    g_assert_false(client_says(chief, "thick"));
    g_assert_cmpuint(client_get(&f.editor, "/api/1/erasures"), ==, 403);
    tear_down(&f);
}

#define WITHHELD "/api/1/withheld"

static void test_withhold(Store *store, const char *url)
{
    Fixture f;
    set_up(&f, store);
    Client *chief = &f.chief;
    int64_t id = make(chief, "{\"title\":\"Fog\",\"body\":\"Ilya Zorin said so.\"}");
    g_assert_cmpuint(client_post(&f.editor, WITHHELD, "{\"names\":[\"Ilya Zorin\"]}"), ==, 403);
    g_assert_cmpuint(client_post(chief, WITHHELD "/look", "{\"names\":[\"Ilya Zorin\"]}"), ==, 200);
    g_assert_true(client_says(chief, "\"title\":\"Fog\""));
    g_assert_cmpint(client_number(chief, "places"), ==, 0);
    g_assert_cmpuint(client_post(chief, WITHHELD "/look", "{\"names\":[]}"), ==, 422);
    g_assert_cmpuint(client_post(chief, WITHHELD, "{\"names\":[\"Ilya Zorin\"],\"reason\":\"\"}"),
                     ==, 422);
    g_assert_cmpuint(
        client_post(chief, WITHHELD, "{\"names\":[\"Ilya Zorin\"],\"reason\":\"for Ilya Zorin\"}"),
        ==, 422);
    g_assert_cmpuint(
        client_post(chief, WITHHELD, "{\"names\":[\"Ilya Zorin\"],\"reason\":\"In danger\"}"), ==,
        202);
    g_assert_false(client_says(chief, "Zorin"));
    client_audited(store, "name.withhold", "by the token \"A script\"");
    bool more = true;
    while (more) {
        g_auto(StoryDesk) desk = {0};
        g_assert_true(story_desk_open(store, &desk, NULL));
        g_assert_true(withhold_step(store, &desk.site, clock_now(), &more, NULL, NULL));
    }
    g_autofree char *story = at(id, "");
    g_assert_cmpuint(client_get(chief, story), ==, 200);
    g_assert_false(client_says(chief, "Zorin"));
    tear_down(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    stores_test_add("/request/api_paper/redirects", test_redirects);
    stores_test_add("/request/api_paper/sections", test_sections);
    stores_test_add("/request/api_paper/names", test_names);
    stores_test_add("/request/api_paper/settings", test_settings);
    stores_test_add("/request/api_paper/restore", test_restore);
    stores_test_add("/request/api_paper/pictures", test_pictures);
    stores_test_add("/request/api_paper/takedown", test_takedown);
    stores_test_add("/request/api_paper/withhold", test_withhold);
    return g_test_run();
}
