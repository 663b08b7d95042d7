/* The office's pages of tokens: made with one's password, shown once, revoked by the owner and by
 * an administrator; and pictures by the API, which need the newsroom's folder.
 * Covers: src/office/token_page.c. */
#include "api_client.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/incoming.h"
#include "desk/media_crop.h"
#include "desk/media_upload.h"
#include "doubles/stores.h"
#include "office_browser.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#define WORD "correct horse battery"

static int64_t added(Store *store, const char *email, Role role)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_true(person_add(store, "Anna", email, role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, &error));
    return id;
}

/* The token that a page shows. Caller frees. */
static char *shown(const HttpReply *reply)
{
    g_autofree char *page = g_strndup(http_reply_body(reply), (gsize)http_reply_length(reply));
    const char *at = strstr(page, "<code dir=\"ltr\">kolokol_");
    g_assert_nonnull(at);
    return g_strndup(strchr(at, '>') + 1, API_TOKEN - 1);
}

static unsigned status_of(HttpReply *taken)
{
    g_autoptr(HttpReply) reply = taken;
    return http_reply_status(reply);
}

static void test_own(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_auto(Browser) anna = BROWSER(office);
    g_auto(Client) script = {.office = office};
    added(store, "anna@bell.example", ROLE_REPORTER);
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", WORD), ==, 303);
    g_autoptr(HttpReply) account = browser_get(&anna, "/account");
    g_assert_true(reply_says(account, "href=\"/account/tokens\""));
    g_autoptr(HttpReply) page = browser_get(&anna, "/account/tokens");
    g_assert_true(reply_says(page, "name=\"scope-write\""));
    g_assert_false(reply_says(page, "name=\"scope-publish\""));
    g_assert_cmpuint(status_of(browser_post(&anna, "/account/tokens",
                                            "name=Wire&scope-read=1&days=30&password=wrong")),
                     ==, 403);
    g_assert_cmpuint(status_of(browser_post(&anna, "/account/tokens",
                                            "name=Wire&days=30&password=correct+horse+battery")),
                     ==, 422);
    g_assert_cmpuint(
        status_of(browser_post(&anna, "/account/tokens",
                               "name=Wire&scope-publish=1&days=30&password=correct+horse+battery")),
        ==, 403);
    g_autoptr(HttpReply) made =
        browser_post(&anna, "/account/tokens",
                     "name=%3Cb%3EWire&scope-read=1&days=30&password=correct+horse+battery");
    g_assert_cmpuint(http_reply_status(made), ==, 200);
    g_assert_true(reply_says(made, "&lt;b&gt;Wire"));
    g_autofree char *token = shown(made);
    g_strlcpy(script.token, token, sizeof script.token);
    g_assert_cmpuint(client_get(&script, "/api/1/stories"), ==, 200);
    g_autoptr(HttpReply) again = browser_get(&anna, "/account/tokens");
    g_assert_false(reply_says(again, token)); /* never again */
    g_autofree char *id = reply_field(again, "token");
    g_autofree char *body = g_strconcat("token=", id, NULL);
    g_assert_cmpuint(status_of(browser_post(&anna, "/account/tokens/revoke", body)), ==, 303);
    g_assert_cmpuint(client_get(&script, "/api/1/stories"), ==, 401);
}

static void test_administrator(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_auto(Browser) admin = BROWSER(office);
    g_auto(Browser) anna = BROWSER(office);
    g_auto(Client) script = {.office = office};
    char codes[SECOND_CODES][SECOND_RECOVERY];
    added(store, "admin@bell.example", ROLE_ADMINISTRATOR);
    added(store, "anna@bell.example", ROLE_REPORTER);
    client_person(&script, store, ROLE_EDITOR, API_SCOPE_READ);
    g_assert_cmpuint(browser_sign_in(&admin, "admin@bell.example", WORD), ==, 303);
    browser_set_up(&admin, codes);
    g_autoptr(HttpReply) own = browser_get(&admin, "/account/tokens");
    g_assert_true(reply_says(own, "name=\"scope-state\"")); /* all that the role has of the API */
    g_assert_false(reply_says(own, "name=\"scope-read\""));
    g_autoptr(HttpReply) all = browser_get(&admin, "/staff/tokens");
    g_assert_true(reply_says(all, "editor@bell.example"));
    g_autofree char *id = reply_field(all, "token");
    g_autofree char *body = g_strconcat("token=", id, NULL);
    /* A colleague can neither see nor end it. */
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&anna, "/staff/tokens")), ==, 403);
    g_assert_cmpuint(status_of(browser_get(&anna, "/account/tokens")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&anna, "/account/tokens/revoke", body)), ==, 404);
    g_assert_cmpuint(client_get(&script, "/api/1/token"), ==, 200);
    g_assert_cmpuint(status_of(browser_get(&admin, "/staff/tokens")), ==, 200);
    g_assert_cmpuint(status_of(browser_post(&admin, "/staff/tokens/revoke", body)), ==, 303);
    g_assert_cmpuint(client_get(&script, "/api/1/token"), ==, 401);
}

/* ---- Pictures ------------------------------------------------------------------------------- */

/* One pixel. */
static const uint8_t pixel[] = {
    0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0,    0,    13,   'I',  'H',
    'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,    8,    6,    0,    0,
    0,    0x1f, 0x15, 0xc4, 0x89, 0,    0,    0,    13,   'I',  'D',  'A',  'T',  0x78,
    0xda, 0x63, 0xfc, 0xcf, 0xc0, 0x50, 0x0f, 0,    0x04, 0x85, 0x01, 0x80, 0x84, 0xa9,
    0x8c, 0x21, 0,    0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82};

static void test_pictures(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", &error);
    g_auto(Client) script = {.office = office, .type = "image/png"};
    media_jobs_directory(folder);
    client_person(&script, store, ROLE_REPORTER, ALL_SCOPES);
    g_assert_cmpuint(
        client_send(&script, "POST", "/api/1/pictures?name=..%2Fa.png", pixel, sizeof pixel), ==,
        202);
    g_assert_cmpstr(client_text(&script, "state"), ==, "waiting");
    g_autofree char *where = g_strdup(script.location);
    g_assert_cmpuint(client_get(&script, where), ==, 200);
    g_assert_cmpuint(client_send(&script, "POST", "/api/1/pictures", "", 0), ==, 422);
    g_autoptr(GPtrArray) waiting = incoming_list(store, 10, &error);
    g_assert_cmpuint(waiting->len, ==, 1);
    g_assert_cmpstr(((const Incoming *)waiting->pdata[0])->name, ==, "a.png");
    /* Its words. */
    int64_t id = 0;
    g_autoptr(GBytes) bytes = g_bytes_new_static(pixel, sizeof pixel);
    int directory = media_directory_open(&error);
    g_assert_true(media_add_clean(store, directory, bytes, &(MediaWords){.caption = "The quay"}, 1,
                                  &id, NULL, &error));
    g_assert_no_error(error);
    g_close(directory, NULL);
    g_autofree char *path = g_strdup_printf("/api/1/pictures/%" PRId64, id);
    script.type = NULL;
    g_assert_cmpuint(client_get(&script, path), ==, 200);
    g_autofree char *etag = g_strdup(script.etag);
    g_assert_cmpuint(client_post(&script, path, "{\"alt\":\"A quay\"}"), ==, 428);
    script.if_match = etag;
    g_assert_cmpuint(
        client_post(&script, path, "{\"photographer\":\"Vera Lind\",\"agency\":\"Wire\"}"), ==,
        200);
    g_assert_cmpstr(client_text(&script, "credit"), ==, "Vera Lind / Wire");
    g_assert_cmpstr(client_text(&script, "caption"), ==, "The quay");
    g_assert_cmpuint(client_post(&script, path, "{\"alt\":\"A quay\"}"), ==, 412);
    script.if_match = NULL;
    g_assert_cmpuint(client_get(&script, "/api/1/pictures?words=quay&limit=1"), ==, 200);
    g_assert_cmpuint((unsigned)json_array_size(json_object_get(script.json, "pictures")), ==, 1);
    stores_remove_tree(folder);
}

/* A picture of one pixel that is in the library. */
static int64_t picture(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(pixel, sizeof pixel);
    int64_t id = 0;
    FILE_AUTO directory = media_directory_open(&error);
    g_assert_true(media_add_clean(store, directory, bytes, &(MediaWords){.caption = "The quay"}, 1,
                                  &id, NULL, &error));
    g_assert_no_error(error);
    return id;
}

/* Sends words with the ETag that the picture has now, so that only the right decides. */
static void say(Client *client, const char *path, const char *words, unsigned status)
{
    g_assert_cmpuint(client_get(client, path), ==, 200);
    g_autofree char *etag = g_strdup(client->etag);
    client->if_match = etag;
    g_assert_cmpuint(client_post(client, path, words), ==, status);
    client->if_match = NULL;
}

/* Words that readers see are changed with publish only, here as in the office. */
static void test_words_out(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", &error);
    g_auto(Client) script = {.office = office};
    g_auto(Client) editor = {.office = office};
    g_auto(Browser) anna = BROWSER(office);
    media_jobs_directory(folder);
    client_person(&script, store, ROLE_REPORTER, ALL_SCOPES);
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    added(store, "anna@bell.example", ROLE_REPORTER);
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", WORD), ==, 303);
    g_assert_cmpuint(status_of(browser_get(&anna, "/account")), ==, 200); /* a token of forms */
    int64_t id = picture(store);
    g_autofree char *path = g_strdup_printf("/api/1/pictures/%" PRId64, id);
    g_autofree char *save = g_strdup_printf("/pictures/%" PRId64 "/save", id);
    g_autofree char *page = g_strdup_printf("/pictures/%" PRId64, id);
    g_autofree char *story = g_strdup_printf(
        "{\"title\":\"Quay\",\"photo\":%" PRId64 ",\"alt\":\"A\",\"credit\":\"B\"}", id);
    g_assert_cmpuint(client_post(&editor, "/api/1/stories", story), ==, 201);
    g_autofree char *publish =
        g_strdup_printf("/api/1/stories/%" PRId64 "/publish", client_number(&editor, "number"));
    g_autofree char *etag = g_strdup(editor.etag);
    say(&script, path, "{\"alt\":\"A quay\"}", 200); /* a draft's */
    g_assert_cmpuint(status_of(browser_post(&anna, save, "alt=Mine")), ==, 303);
    editor.if_match = etag;
    g_assert_cmpuint(client_post(&editor, publish, "{}"), ==, 200);
    say(&script, path, "{\"alt\":\"Yours\"}", 403);
    g_assert_cmpuint(status_of(browser_post(&anna, save, "alt=Theirs")), ==, 403);
    g_autoptr(HttpReply) shown = browser_get(&anna, page);
    g_assert_true(reply_says(shown, "only an editor can change what is said of it"));
    g_assert_false(reply_says(shown, save));
    g_assert_cmpuint(client_get(&editor, path), ==, 200);
    g_assert_cmpstr(client_text(&editor, "alt"), ==, "Mine");
    say(&editor, path, "{\"alt\":\"A quay\"}", 200);
    stores_remove_tree(folder);
}

/* Other bytes and the end of a picture: only of the one that was seen. */
static void test_old_etag(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", &error);
    g_auto(Client) editor = {.office = office};
    media_jobs_directory(folder);
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    int64_t id = picture(store);
    g_autofree char *path = g_strdup_printf("/api/1/pictures/%" PRId64, id);
    g_autofree char *file = g_strconcat(path, "/file", NULL);
    g_autofree char *end = g_strconcat(path, "/remove", NULL);
    g_assert_cmpuint(client_get(&editor, path), ==, 200);
    g_autofree char *seen = g_strdup(editor.etag);
    say(&editor, path, "{\"alt\":\"A quay\"}", 200);
    editor.if_match = seen;
    editor.type = "image/png";
    g_assert_cmpuint(client_send(&editor, "POST", file, pixel, sizeof pixel), ==, 412);
    editor.type = NULL;
    g_assert_cmpuint(client_post(&editor, end, "{}"), ==, 412);
    g_autoptr(GPtrArray) waiting = incoming_list(store, 10, &error);
    g_assert_cmpuint(waiting->len, ==, 0);
    editor.if_match = NULL;
    g_assert_cmpuint(client_get(&editor, path), ==, 200);
    g_autofree char *now = g_strdup(editor.etag);
    editor.if_match = now;
    editor.type = "image/png";
    g_assert_cmpuint(client_send(&editor, "POST", file, pixel, sizeof pixel), ==, 202);
    editor.type = NULL;
    g_assert_cmpuint(client_post(&editor, end, "{}"), ==, 200);
    g_assert_cmpuint(client_post(&editor, end, "{}"), ==, 404);
    stores_remove_tree(folder);
}

/* A live story that is out. Where its entries are added; caller frees. */
static char *live_story(Client *editor)
{
    g_assert_cmpuint(client_post(editor, "/api/1/stories",
                                 "{\"title\":\"Gale\",\"kind\":\"live\",\"body\":\"x\"}"),
                     ==, 201);
    int64_t id = client_number(editor, "number");
    g_autofree char *publish = g_strdup_printf("/api/1/stories/%" PRId64 "/publish", id);
    g_autofree char *etag = g_strdup(editor->etag);
    editor->if_match = etag;
    g_assert_cmpuint(client_post(editor, publish, "{}"), ==, 200);
    editor->if_match = NULL;
    return g_strdup_printf("/api/1/stories/%" PRId64 "/entries", id);
}

/* Adds an entry that shows the picture, which waits. Its path; caller frees. */
static char *waiting_entry(Client *writer, const char *entries, int64_t id)
{
    g_autofree char *entry =
        g_strdup_printf("{\"body\":\"![A](media:%" PRId64 " \\\"The quay | Anna\\\")\"}", id);
    g_assert_cmpuint(client_post(writer, entries, entry), ==, 201);
    g_assert_true(json_is_true(json_object_get(writer->json, "waiting")));
    return g_strdup_printf("/api/1/entries/%" PRId64, client_number(writer, "number"));
}

/* An entry that waits shows it to no reader: its words are open until the entry is let out. */
static void test_words_of_waiting(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", &error);
    g_auto(Client) script = {.office = office};
    g_auto(Client) editor = {.office = office};
    media_jobs_directory(folder);
    client_person(&script, store, ROLE_REPORTER, ALL_SCOPES);
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    int64_t id = picture(store);
    g_autofree char *path = g_strdup_printf("/api/1/pictures/%" PRId64, id);
    g_autofree char *entries = live_story(&editor);
    g_autofree char *entry = waiting_entry(&script, entries, id);
    g_autofree char *release = g_strconcat(entry, "/release", NULL);
    say(&script, path, "{\"alt\":\"A quay\"}", 200);
    g_assert_cmpuint(client_post(&editor, release, "{}"), ==, 200);
    say(&script, path, "{\"alt\":\"Another\"}", 403);
    stores_remove_tree(folder);
}

/* What became of another's upload is told to nobody. */
static void test_upload_of_another(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", &error);
    g_auto(Client) script = {.office = office, .type = "image/png"};
    g_auto(Client) editor = {.office = office};
    media_jobs_directory(folder);
    client_person(&script, store, ROLE_REPORTER, ALL_SCOPES);
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    g_assert_cmpuint(client_send(&script, "POST", "/api/1/pictures", pixel, sizeof pixel), ==, 202);
    g_autofree char *where = g_strdup(script.location);
    g_assert_cmpuint(client_get(&script, where), ==, 200);
    g_assert_cmpuint(client_get(&editor, where), ==, 404);
    g_assert_false(client_says(&editor, "waiting"));
    stores_remove_tree(folder);
}

/* Cutting is for who publishes; the worker does it. */
static void test_crop(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", &error);
    g_auto(Client) script = {.office = office};
    g_auto(Client) editor = {.office = office};
    g_auto(MediaCrop) crop = {0};
    media_jobs_directory(folder);
    client_person(&script, store, ROLE_REPORTER, ALL_SCOPES);
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    int64_t id = picture(store);
    g_assert_true(media_set_size(store, id, 800, 600, NULL));
    g_autofree char *path = g_strdup_printf("/api/1/pictures/%" PRId64, id);
    g_autofree char *cut = g_strdup_printf("/api/1/pictures/%" PRId64 "/crop", id);
    g_assert_cmpuint(client_get(&editor, path), ==, 200);
    g_autofree char *etag = g_strdup(editor.etag);
    g_assert_cmpuint(client_post(&script, cut, "{\"part\":\"0,0,50,50\"}"), ==, 403);
    g_assert_cmpuint(client_post(&editor, cut, "{\"part\":\"0,0,50,50\"}"), ==, 428);
    editor.if_match = etag;
    g_assert_cmpuint(client_post(&editor, cut, "{\"part\":\"half\"}"), ==, 422);
    g_assert_cmpstr(client_text(&editor, "pointer"), ==, "/part");
    g_assert_cmpuint(client_post(&editor, cut, "{\"part\":\"0,0,1,1\"}"), ==, 422); /* 8 by 6 */
    g_assert_cmpstr(client_text(&editor, "pointer"), ==, "/part");
    g_assert_cmpuint(client_post(&editor, cut, "{\"part\":\"\"}"), ==, 409); /* it is whole */
    g_assert_null(client_text(&editor, "pointer"));
    g_assert_cmpuint(client_post(&editor, cut, "{\"part\":\"0,0,50,50\"}"), ==, 202);
    g_assert_true(media_crop_read(store, id, &crop, NULL));
    g_assert_true(crop.waiting);
    client_audited(store, "picture.crop", "0,0,50,50, by the token \"A script\"");
    g_assert_cmpuint(client_post(&editor, cut, "{\"part\":\"\"}"), ==, 409); /* one waits */
    g_assert_null(client_text(&editor, "pointer"));
    stores_remove_tree(folder);
}

static void assert_hidden(Client *client, int64_t id, bool hidden)
{
    g_autofree char *path = g_strdup_printf("/api/1/pictures/%" PRId64, id);
    g_assert_cmpuint(client_get(client, path), ==, hidden ? 404 : 200);
    g_assert_cmpuint(client_get(client, "/api/1/pictures"), ==, 200);
    g_assert_cmpuint((unsigned)json_array_size(json_object_get(client->json, "pictures")), ==,
                     hidden ? 0 : 1);
}

/* A reporter's entry that waits unhides nothing; let out it does, until it is removed. */
static void unhide_by_entry(Store *store, Client *plain, Client *editor, int64_t id)
{
    g_auto(Client) reporter = {.office = editor->office};
    client_person(&reporter, store, ROLE_REPORTER, API_SCOPE_READ | API_SCOPE_WRITE);
    g_autofree char *entries = live_story(editor);
    assert_hidden(&reporter, id, true);
    g_autofree char *entry = waiting_entry(&reporter, entries, id);
    g_autofree char *release = g_strconcat(entry, "/release", NULL);
    g_autofree char *gone = g_strconcat(entry, "/remove", NULL);
    assert_hidden(&reporter, id, true);
    assert_hidden(plain, id, true);
    g_assert_cmpuint(client_post(editor, release, "{}"), ==, 200);
    assert_hidden(&reporter, id, false);
    g_assert_cmpuint(client_get(editor, entry), ==, 200);
    g_autofree char *etag = g_strdup(editor->etag);
    editor->if_match = etag;
    g_assert_cmpuint(client_post(editor, gone, "{}"), ==, 200);
    editor->if_match = NULL;
    assert_hidden(&reporter, id, true);
}

/* One that only a live entry of a story under embargo shows is not there, even once that entry is
 * removed; until readers see it somewhere. */
static void test_embargoed_entry(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = client_office(store);
    g_autofree char *folder = g_dir_make_tmp("media-XXXXXX", &error);
    g_auto(Client) plain = {.office = office};
    g_auto(Client) editor = {.office = office};
    media_jobs_directory(folder);
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    client_person(&plain, store, ROLE_CHIEF, ALL_SCOPES & ~API_SCOPE_EMBARGOED);
    int64_t id = picture(store);
    assert_hidden(&plain, id, false);
    g_assert_cmpuint(client_post(&editor, "/api/1/stories",
                                 "{\"title\":\"Held\",\"kind\":\"live\",\"body\":\"x\","
                                 "\"embargo\":\"2199-01-02\"}"),
                     ==, 201);
    g_autofree char *entries =
        g_strdup_printf("/api/1/stories/%" PRId64 "/entries", client_number(&editor, "number"));
    g_autofree char *entry =
        g_strdup_printf("{\"body\":\"![A](media:%" PRId64 " \\\"The quay | Anna\\\")\"}", id);
    g_assert_cmpuint(client_post(&editor, entries, entry), ==, 201);
    g_autofree char *gone =
        g_strdup_printf("/api/1/entries/%" PRId64 "/remove", client_number(&editor, "number"));
    assert_hidden(&plain, id, true);
    assert_hidden(&editor, id, false);
    g_autofree char *etag = g_strdup(editor.etag);
    editor.if_match = etag;
    g_assert_cmpuint(client_post(&editor, gone, "{}"), ==, 200);
    assert_hidden(&plain, id, true);
    editor.if_match = NULL;
    unhide_by_entry(store, &plain, &editor, id);
    g_autofree char *story = g_strdup_printf(
        "{\"title\":\"Quay\",\"photo\":%" PRId64 ",\"alt\":\"A\",\"credit\":\"B\"}", id);
    g_assert_cmpuint(client_post(&editor, "/api/1/stories", story), ==, 201);
    assert_hidden(&plain, id, true); /* a draft shows it to no reader */
    g_autofree char *publish =
        g_strdup_printf("/api/1/stories/%" PRId64 "/publish", client_number(&editor, "number"));
    g_autofree char *draft = g_strdup(editor.etag);
    editor.if_match = draft;
    g_assert_cmpuint(client_post(&editor, publish, "{}"), ==, 200);
    assert_hidden(&plain, id, false);
    stores_remove_tree(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/api_office/own", test_own);
    stores_test_add("/request/api_office/administrator", test_administrator);
    stores_test_add("/request/api_office/pictures", test_pictures);
    stores_test_add("/request/api_office/words_out", test_words_out);
    stores_test_add("/request/api_office/old-etag", test_old_etag);
    stores_test_add("/request/api_office/words_of_waiting", test_words_of_waiting);
    stores_test_add("/request/api_office/upload_of_another", test_upload_of_another);
    stores_test_add("/request/api_office/crop", test_crop);
    stores_test_add("/request/api_office/embargoed_entry", test_embargoed_entry);
    return g_test_run();
}
