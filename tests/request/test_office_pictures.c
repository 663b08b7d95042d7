/*
 * Pictures in the office as whole requests: sending files from a form and from script, what a role
 * may, tokens, sizes, hostile names, a picture's words and its end, its pixels.
 * Covers: src/desk/media_office.c, src/desk/media_edit_office.c, src/desk/media_file_office.c,
 * src/desk/media_view.c, src/desk/media_pick_office.c, src/desk/media_crop_office.c.
 */
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/incoming.h"
#include "desk/media_upload.h"
#include "desk/story_desk.h"
#include "doubles/stores.h"
#include "main/job_rows.h"
#include "main/office_rows.h"
#include "office_browser.h"
#include "press/setting.h"

#include <sys/stat.h>

#include <string.h>

#define WORD "correct horse battery"

static Secret secret = {{7}};

/* An office with a media/ of its own, and a browser in it,
 * src/desk/media_pick_office.c. */
typedef struct {
    char *media;
    int directory;
    Office *office;
    Browser browser;
} Room;

static void room_clear(Room *room)
{
    browser_clear(&room->browser);
    office_free(room->office);
    file_close(&room->directory);
    stores_remove_tree(room->media);
    g_free(room->media);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Room, room_clear)

static void room_open(Room *room, Store *store, Role role)
{
    g_autoptr(GError) error = NULL;
    OfficeOptions options = {.store = store,
                             .tables = office_tables,
                             .secret = &secret,
                             .url = "http://office.localhost"};
    char codes[SECOND_CODES][SECOND_RECOVERY];
    int64_t id = 0;
    room->media = g_dir_make_tmp("media-XXXXXX", NULL);
    room->directory = directory_open(room->media, true, NULL);
    media_jobs_directory(room->media);
    room->office = office_new(&options, &error);
    g_assert_no_error(error);
    room->browser = (Browser)BROWSER(room->office);
    g_assert_true(person_add(store, "Anna", "anna@bell.example", role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, &error));
    g_assert_cmpuint(browser_sign_in(&room->browser, "anna@bell.example", WORD), ==, 303);
    if (g_str_has_prefix(room->browser.location, "/second-factor")) {
        browser_set_up(&room->browser, codes);
    }
    http_reply_unref(browser_get(&room->browser, "/account")); /* a page with a token */
}

static GBytes *demo(const char *name)
{
    g_autofree char *path = g_build_filename(SOURCE_ROOT, "site/demo/pictures", name, NULL);
    GBytes *bytes = file_read(path, LIMIT_OBJECT, NULL);
    g_assert_nonnull(bytes);
    return bytes;
}

/* A part of a form with boundary "x". */
static void part(GString *body, const char *head, const void *bytes, size_t length)
{
    g_string_append_printf(body, "--x\r\nContent-Disposition: form-data; %s\r\n\r\n", head);
    g_string_append_len(body, bytes, (gssize)length);
    g_string_append(body, "\r\n");
}

static HttpReply *send_form(Room *room, const char *path, const GString *body)
{
    g_autofree char *target = g_strconcat(path, "?csrf=", room->browser.csrf, NULL);
    return browser_send(&room->browser, target, "multipart/form-data; boundary=x", body->str,
                        body->len);
}

static unsigned uploads(Store *store, const char *state)
{
    g_autoptr(GPtrArray) list = incoming_list(store, 1000, NULL);
    unsigned count = 0;
    for (guint i = 0; i < list->len; i++) {
        const Incoming *incoming = list->pdata[i];
        count += strcmp(incoming->state, state) == 0 ? 1 : 0;
    }
    return count;
}

static void run_jobs(Store *store)
{
    bool ran = true;
    while (ran) {
        g_assert_true(jobs_run_one(store, "slow", NULL, &ran, NULL));
    }
}

static void test_form(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    g_autoptr(GBytes) ferry = demo("ferry.png");
    g_autoptr(GString) body = g_string_new(NULL);
    room_open(&room, store, ROLE_REPORTER);
    part(body, "name=\"pictures\"; filename=\"../../fog <b>.png\"", g_bytes_get_data(ferry, NULL),
         g_bytes_get_size(ferry));
    part(body, "name=\"pictures\"; filename=\"no.svg\"", "<svg/>", 6);
    part(body, "name=\"words\"", "1", 1);
    g_string_append(body, "--x--");
    g_autoptr(HttpReply) sent = send_form(&room, "/pictures/add", body);
    g_assert_cmpuint(http_reply_status(sent), ==, 303);
    g_assert_cmpstr(http_reply_find(sent, "Location"), ==, "/pictures?done=sent");
    g_assert_cmpuint(uploads(store, "waiting"), ==, 2);
    g_autoptr(HttpReply) before = browser_get(&room.browser, "/pictures");
    g_assert_true(reply_says(before, "Look again"));
    run_jobs(store);
    g_autoptr(HttpReply) list = browser_get(&room.browser, "/pictures");
    g_assert_false(reply_says(list, "Look again"));
    g_assert_true(reply_says(list, "<bdi>fog &lt;b&gt;.png</bdi>"));
    g_assert_true(reply_says(list, "no picture of a known kind"));
    g_assert_true(reply_says(list, "<a href=\"/pictures/1\">"));
    g_assert_true(reply_says(list, "/pictures/1/small?v="));
    g_string_assign(body, "");
    part(body, "name=\"pictures\"; filename=\"\"", "", 0);
    g_string_append(body, "--x--");
    g_autoptr(HttpReply) none = send_form(&room, "/pictures/add", body);
    g_assert_cmpuint(http_reply_status(none), ==, 422);
    g_assert_true(reply_says(none, "Choose a file first"));
    g_autoptr(HttpReply) broken =
        browser_send(&room.browser, "/pictures/add", "multipart/form-data; boundary=x", "--x", 3);
    g_assert_cmpuint(http_reply_status(broken), ==, 403); /* no token in the query */
}

static void test_script(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    g_autoptr(GBytes) ferry = demo("ferry.png");
    g_autofree char *target = NULL;
    room_open(&room, store, ROLE_REPORTER);
    target =
        g_strconcat("/pictures/add?words=1&name=%2e%2e%2f%00.png&csrf=", room.browser.csrf, NULL);
    g_autoptr(HttpReply) hostile = browser_send(&room.browser, target, "application/octet-stream",
                                                "a", 1); /* NUL: the query is not taken at all */
    g_assert_cmpuint(http_reply_status(hostile), ==, 403);
    g_free(target);
    target = g_strconcat("/pictures/add?words=1&name=..%2fa.png&csrf=", room.browser.csrf, NULL);
    g_autoptr(HttpReply) sent =
        browser_send(&room.browser, target, "application/octet-stream",
                     g_bytes_get_data(ferry, NULL), g_bytes_get_size(ferry));
    g_assert_cmpuint(http_reply_status(sent), ==, 201);
    g_assert_true(reply_says(sent, "{\"upload\":1}"));
    g_autofree char *large = g_malloc0(LIMIT_OBJECT + 1);
    g_autoptr(HttpReply) refused =
        browser_send(&room.browser, target, "application/octet-stream", large, LIMIT_OBJECT + 1);
    g_assert_cmpuint(http_reply_status(refused), ==, 422);
    g_assert_true(reply_says(refused, "a.png has 33554433 bytes"));
    g_assert_cmpuint(uploads(store, "waiting"), ==, 1);
    HttpRequest request;
    http_request_init(&request, "POST", "/pictures/add");
    g_assert_cmpuint(office_body_limit(&request, room.office), <, 1024 * 1024); /* a stranger's */
}

/* A picture that is there without the worker. */
static int64_t put(Store *store, const Room *room, const char *name)
{
    g_autoptr(GBytes) bytes = demo(name);
    int64_t id = 0;
    MediaWords words = {.alt = "A ferry", .photographer = "Ilya"};
    g_assert_true(media_add_clean(store, room->directory, bytes, &words, 1, &id, NULL, NULL));
    return id;
}

static void test_words(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store, ROLE_REPORTER);
    int64_t id = put(store, &room, "ferry.png");
    g_autoptr(HttpReply) saved =
        browser_post(&room.browser, "/pictures/1/save",
                     "caption=Fog+%3Cb%3E&alt=A&photographer=Ann&agency=AFP&licence=CC"
                     "&licence-day=2026-12-31&source=S&taken=2026-11-24&focal-x=40.5&focal-y=55");
    g_assert_cmpuint(http_reply_status(saved), ==, 303);
    g_autoptr(Media) media = media_read(store, id, NULL);
    g_assert_cmpstr(media->caption, ==, "Fog <b>");
    g_assert_cmpstr(media->agency, ==, "AFP");
    g_assert_cmpint(media->focal_x, ==, 405);
    g_assert_cmpint(media->licence_until, >, 0);
    g_autoptr(HttpReply) page = browser_get(&room.browser, "/pictures/1?done=changed");
    g_assert_true(reply_says(page, "Fog &lt;b&gt;"));
    g_assert_true(reply_says(page, "value=\"2026-12-31\""));
    g_assert_true(reply_says(page, "value=\"40.5\""));
    static const char *const bad[] = {"focal-x=101&focal-y=1", "focal-x=nan&focal-y=1",
                                      "focal-x=1&focal-y=", "licence-day=tomorrow",
                                      "taken=2026-13-01"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *body = g_strconcat("caption=mine&", bad[i], NULL);
        g_autoptr(HttpReply) wrong = browser_post(&room.browser, "/pictures/1/save", body);
        g_assert_cmpuint(http_reply_status(wrong), ==, 422);
        g_assert_true(reply_says(wrong, ">\nmine</textarea>")); /* what was typed is not lost */
    }
    g_autoptr(HttpReply) none = browser_get(&room.browser, "/pictures/2");
    g_assert_cmpuint(http_reply_status(none), ==, 404);
    /* replacing and removing are for who publishes */
    g_autoptr(HttpReply) removed = browser_post(&room.browser, "/pictures/1/remove", "sure=1");
    g_assert_cmpuint(http_reply_status(removed), ==, 403);
    g_assert_false(reply_says(page, "/remove"));
}

/* Two open one form: who saves second learns of the first, and has what he typed. */
static void test_two(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store, ROLE_REPORTER);
    int64_t id = put(store, &room, "ferry.png");
    g_autoptr(HttpReply) form = browser_get(&room.browser, "/pictures/1");
    g_autofree char *seen = reply_field(form, "seen");
    g_autofree char *first = g_strconcat("caption=Fog&alt=A+ferry&seen=", seen, NULL);
    for (int presses = 0; presses < 2; presses++) {
        g_autoptr(HttpReply) saved = browser_post(&room.browser, "/pictures/1/save", first);
        g_assert_cmpuint(http_reply_status(saved), ==, 303);
    }
    g_autofree char *bad = g_strconcat("caption=Mist&focal-x=no&focal-y=1&seen=", seen, NULL);
    g_autoptr(HttpReply) mistaken = browser_post(&room.browser, "/pictures/1/save", bad);
    g_autofree char *kept = reply_field(mistaken, "seen");
    g_assert_cmpuint(http_reply_status(mistaken), ==, 422);
    g_assert_cmpstr(kept, ==, seen); /* a mistake does not hide the other's change */
    g_autofree char *second = g_strconcat("caption=Mist&alt=A+ferry&seen=", seen, NULL);
    g_autoptr(HttpReply) page = browser_post(&room.browser, "/pictures/1/save", second);
    g_assert_cmpuint(http_reply_status(page), ==, 409);
    g_assert_true(reply_says(page, "Somebody has changed this"));
    g_assert_true(reply_says(page, "<dd dir=\"auto\">Fog</dd>"));
    g_assert_true(reply_says(page, ">\nMist</textarea>"));
    g_assert_false(reply_says(page, "A ferry</dd>"));
    g_autofree char *fresh = reply_field(page, "seen");
    g_autofree char *third = g_strconcat("caption=Mist&alt=A+ferry&seen=", fresh, NULL);
    g_autoptr(HttpReply) decided = browser_post(&room.browser, "/pictures/1/save", third);
    g_assert_cmpuint(http_reply_status(decided), ==, 303);
    g_autoptr(Media) media = media_read(store, id, NULL);
    g_assert_cmpstr(media->caption, ==, "Mist");
}

static void test_end(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    g_autoptr(GBytes) other = demo("bridge.png");
    g_autoptr(GString) body = g_string_new(NULL);
    room_open(&room, store, ROLE_EDITOR);
    int64_t id = put(store, &room, "ferry.png");
    part(body, "name=\"pictures\"; filename=\"bridge.png\"", g_bytes_get_data(other, NULL),
         g_bytes_get_size(other));
    g_string_append(body, "--x--");
    g_autoptr(HttpReply) replaced = send_form(&room, "/pictures/1/replace", body);
    g_assert_cmpuint(http_reply_status(replaced), ==, 303);
    g_autoptr(Media) before = media_read(store, id, NULL);
    run_jobs(store);
    g_autoptr(Media) after = media_read(store, id, NULL);
    g_assert_cmpstr(before->sha256, !=, after->sha256);
    g_autoptr(HttpReply) unsure = browser_post(&room.browser, "/pictures/1/remove", "");
    g_assert_cmpuint(http_reply_status(unsure), ==, 422);
    g_autoptr(HttpReply) removed = browser_post(&room.browser, "/pictures/1/remove", "sure=1");
    g_assert_cmpuint(http_reply_status(removed), ==, 303);
    g_assert_null(media_read(store, id, NULL));
    g_autoptr(HttpReply) log = browser_get(&room.browser, "/pictures?done=removed");
    g_assert_true(reply_says(log, "The picture is removed"));
}

/* Of the number in the field and the picture chosen, the latter counts. */
static void test_choose(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store, ROLE_EDITOR);
    put(store, &room, "ferry.png");
    put(store, &room, "bridge.png");
    g_autoptr(HttpReply) begun =
        browser_post(&room.browser, "/stories/new", "language=en&title=Fog");
    g_assert_cmpuint(http_reply_status(begun), ==, 303);
    g_autoptr(HttpReply) page = browser_get(&room.browser, "/stories/1");
    g_assert_true(reply_says(page, "name=\"photo-pick\" value=\"2\""));
    static const char *const steps[][2] = {{"photo=1&photo-pick=2", "2"},
                                           {"photo=1&photo-pick=", "1"}};
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        g_autoptr(HttpReply) shown = browser_get(&room.browser, "/stories/1");
        g_autofree char *base = reply_field(shown, "base");
        g_autofree char *serial = reply_field(shown, "serial");
        g_autofree char *was = reply_field(shown, "was-photo");
        g_autofree char *body = g_strdup_printf("title=Fog&base=%s&serial=%s&was-photo=%s&%s", base,
                                                serial, was, steps[i][0]);
        g_autoptr(HttpReply) saved = browser_post(&room.browser, "/stories/1/save", body);
        g_assert_cmpuint(http_reply_status(saved), ==, 303);
        g_autoptr(HttpReply) after = browser_get(&room.browser, "/stories/1");
        g_autofree char *photo = reply_field(after, "was-photo");
        g_assert_cmpstr(photo, ==, steps[i][1]);
    }
    g_autoptr(HttpReply) wrong =
        browser_post(&room.browser, "/stories/1/save", "title=Fog&photo-pick=99&was-photo=1");
    g_assert_cmpuint(http_reply_status(wrong), >=, 400);
}

/* What the editor's window asks: pictures by words and in parts, and what an upload has become. */
static void test_find(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store, ROLE_REPORTER);
    put(store, &room, "ferry.png");
    put(store, &room, "bridge.png");
    g_autoptr(HttpReply) all = browser_get(&room.browser, "/pictures/find?words=");
    g_assert_true(reply_says(all, "{\"pictures\":[{\"id\":2,"));
    g_assert_true(reply_says(all, "\"credit\":\"Ilya\",\"small\":\"/pictures/1/small?v="));
    g_assert_true(reply_says(all, "\"more\":false"));
    g_autoptr(HttpReply) rest = browser_get(&room.browser, "/pictures/find?before=2");
    g_assert_true(reply_says(rest, "{\"pictures\":[{\"id\":1,"));
    g_autoptr(HttpReply) none = browser_get(&room.browser, "/pictures/find?words=%25");
    g_assert_true(reply_says(none, "{\"pictures\":[],"));
    g_autofree char *target =
        g_strconcat("/pictures/add?words=1&name=a.png&csrf=", room.browser.csrf, NULL);
    http_reply_unref(
        browser_send(&room.browser, target, "application/octet-stream", "no picture", 10));
    g_autoptr(HttpReply) waits = browser_get(&room.browser, "/pictures/uploads/1");
    g_assert_true(reply_says(waits, "{\"state\":\"waiting\",\"reason\":\"\"}"));
    run_jobs(store);
    g_autoptr(HttpReply) refused = browser_get(&room.browser, "/pictures/uploads/1");
    g_assert_true(reply_says(refused, "{\"state\":\"refused\",\"reason\":\""));
    g_autoptr(HttpReply) unknown = browser_get(&room.browser, "/pictures/uploads/9");
    g_assert_cmpuint(http_reply_status(unknown), ==, 404);
    g_assert_true(reply_says(unknown, "{\"problem\":\""));
}

/* Without script: the form searches, and what is typed is kept. */
static void test_search_step(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store, ROLE_EDITOR);
    put(store, &room, "ferry.png");
    http_reply_unref(browser_post(&room.browser, "/stories/new", "language=en&title=Fog"));
    g_autoptr(HttpReply) found =
        browser_post(&room.browser, "/stories/1/pictures",
                     "title=Fog&lead=Typed&base=1&serial=0&photo-words=FERRY");
    g_assert_cmpuint(http_reply_status(found), ==, 200);
    g_assert_true(reply_says(found, "name=\"photo-pick\" value=\"1\""));
    g_assert_true(reply_says(found, ">\nTyped</textarea>"));
    g_autofree char *serial = reply_field(found, "serial");
    g_assert_cmpstr(serial, !=, "0"); /* it is a working copy now */
    g_autofree char *whale =
        g_strdup_printf("title=Fog&lead=Typed&serial=%s&photo-words=whale", serial);
    g_autoptr(HttpReply) none = browser_post(&room.browser, "/stories/1/pictures", whale);
    g_assert_false(reply_says(none, "name=\"photo-pick\" value=\"1\""));
    g_autoptr(HttpReply) later = browser_get(&room.browser, "/stories/1");
    g_assert_true(reply_says(later, ">\nTyped</textarea>"));
    g_autoptr(HttpReply) older = browser_post(&room.browser, "/stories/1/pictures",
                                              "title=Other&serial=0&photo-words=ferry");
    g_assert_cmpuint(http_reply_status(older), ==, 409); /* another window has typed since */
    g_assert_true(reply_says(older, "value=\"Other\""));
}

static void test_pixels(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store, ROLE_REPORTER);
    int64_t id = put(store, &room, "ferry.png");
    g_autoptr(Media) media = media_read(store, id, NULL);
    g_autofree char *path = g_strconcat("/pictures/1/small?v=", media->sha256, NULL);
    g_autoptr(HttpReply) small = browser_get(&room.browser, path);
    g_assert_cmpuint(http_reply_status(small), ==, 200);
    g_assert_cmpstr(http_reply_find(small, "Content-Type"), ==, "image/png");
    g_assert_cmpstr(http_reply_find(small, "X-Content-Type-Options"), ==, "nosniff");
    g_assert_nonnull(strstr(http_reply_find(small, "Cache-Control"), "immutable"));
    g_assert_cmpuint(http_reply_length(small), ==, (guint64)media->size);
    g_autoptr(HttpReply) other = browser_get(&room.browser, "/pictures/1/small?v=../../etc/passwd");
    g_assert_cmpstr(http_reply_find(other, "Cache-Control"), ==, "no-store");
    static const char *const bad[] = {"/pictures/9/small", "/pictures/..%2f1/small",
                                      "/pictures/-1/wide", "/pictures/1/large"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(HttpReply) none = browser_get(&room.browser, bad[i]);
        g_assert_cmpuint(http_reply_status(none), >=, 400);
        g_assert_cmpuint(http_reply_status(none), <, 500);
    }
    static const char *const lists[] = {"/pictures?words=ferry", "/pictures?which=unused",
                                        "/pictures?words=%25", "/pictures?which=expiring",
                                        "/pictures?before=1"};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(HttpReply) list = browser_get(&room.browser, lists[i]);
        g_assert_cmpuint(http_reply_status(list), ==, 200);
        g_assert_true(reply_says(list, "/pictures/1/small") == (i < 2));
    }
}

/* Four numbers cut it, the worker's job does it, and it can be whole again; who may, and what is no
 * part. */
static void test_crop(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    g_autoptr(GBytes) ferry = demo("ferry.png");
    int64_t id = 0;
    room_open(&room, store, ROLE_EDITOR);
    g_assert_true(media_upload(store, room.directory, ferry, NULL, 1, &id, NULL, NULL));
    run_jobs(store);
    g_autoptr(HttpReply) page = browser_get(&room.browser, "/pictures/1");
    g_assert_true(reply_says(page, "id=\"crop-picture\""));
    g_assert_false(reply_says(page, "/pictures/1/whole"));
    g_autoptr(HttpReply) wrong =
        browser_post(&room.browser, "/pictures/1/crop",
                     "crop-left=60&crop-top=0&crop-width=%3Cb%3E&crop-height=100");
    g_assert_cmpuint(http_reply_status(wrong), ==, 422);
    g_assert_true(reply_says(wrong, "is no part of the picture"));
    g_assert_true(reply_says(wrong, "value=\"&lt;b&gt;\""));
    g_autoptr(HttpReply) cut = browser_post(
        &room.browser, "/pictures/1/crop", "crop-left=25&crop-top=0&crop-width=50&crop-height=100");
    g_assert_cmpuint(http_reply_status(cut), ==, 303);
    g_autoptr(HttpReply) waits = browser_get(&room.browser, "/pictures/1");
    g_assert_true(reply_says(waits, "being cropped"));
    g_autoptr(HttpReply) twice = browser_post(
        &room.browser, "/pictures/1/crop", "crop-left=25&crop-top=0&crop-width=50&crop-height=100");
    g_assert_cmpuint(http_reply_status(twice), ==, 409);
    run_jobs(store);
    g_autoptr(HttpReply) done = browser_get(&room.browser, "/pictures/1");
    g_assert_true(reply_says(done, "jpg, 600 × 800"));
    g_assert_true(reply_says(done, "/pictures/1/whole"));
    g_autoptr(HttpReply) whole = browser_post(&room.browser, "/pictures/1/whole", "");
    g_assert_cmpuint(http_reply_status(whole), ==, 303);
    run_jobs(store);
    g_autoptr(HttpReply) after = browser_get(&room.browser, "/pictures/1");
    g_assert_true(reply_says(after, "png, 1200 × 800"));
    g_autoptr(HttpReply) none = browser_post(&room.browser, "/pictures/9/crop", "crop-left=1");
    g_assert_cmpuint(http_reply_status(none), ==, 404);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    jobs_register(job_rows());
    stores_test_add("/request/office-pictures/form", test_form);
    stores_test_add("/request/office-pictures/script", test_script);
    stores_test_add("/request/office-pictures/words", test_words);
    stores_test_add("/request/office-pictures/two", test_two);
    stores_test_add("/request/office-pictures/end", test_end);
    stores_test_add("/request/office-pictures/crop", test_crop);
    stores_test_add("/request/office-pictures/choose", test_choose);
    stores_test_add("/request/office-pictures/find", test_find);
    stores_test_add("/request/office-pictures/search", test_search_step);
    stores_test_add("/request/office-pictures/pixels", test_pixels);
    int status = g_test_run();
    media_jobs_directory(NULL);
    return status;
}
