/*
 * Previews with pictures as whole requests: the page has what the press would give it, its pictures
 * come from the office, and no others do; what is not saved is its writer's alone.
 * Covers: src/desk/preview_office.c, src/desk/draft_reply.c.
 */
#include "base/file.h"
#include "base/limits.h"
#include "desk/media_upload.h"
#include "doubles/stores.h"
#include "main/job_rows.h"
#include "main/office_rows.h"
#include "office_browser.h"
#include "paper/paper.h"

#include <string.h>

#define WORD   "correct horse battery"
#define OBJECT "o/[0-9a-f]{2}/[0-9a-f]{64}\\.(jpg|png|webp|avif)"

static Secret secret = {{7}};

static const PressBlock *const blocks[] = {NULL};

typedef struct {
    char *folder;
    int directory;
    Theme *theme;
    PaperContext context;
    PressRecipes recipes;
    Office *office;
    Browser vera, ilya;
} Room;

static void come_in(Store *store, Browser *browser, Office *office, const char *email)
{
    int64_t id = 0;
    *browser = (Browser)BROWSER(office);
    g_assert_true(person_add(store, email, email, ROLE_REPORTER, 0, 1, &id, NULL));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, NULL));
    g_assert_cmpuint(browser_sign_in(browser, email, WORD), ==, 303);
    http_reply_unref(browser_get(browser, "/account")); /* a page with a token */
}

/* A picture with its forms; its number. */
static int64_t picture(Store *store, const Room *room, const char *name)
{
    g_autofree char *path = g_build_filename(SOURCE_ROOT, "site/demo/pictures", name, NULL);
    g_autoptr(GBytes) bytes = file_read(path, LIMIT_OBJECT, NULL);
    int64_t id = 0;
    bool ran = true;
    g_assert_true(media_upload(store, room->directory, bytes, &(MediaWords){.alt = "A boat"}, 1,
                               &id, NULL, NULL));
    while (ran) {
        g_assert_true(jobs_run_one(store, "slow", NULL, &ran, NULL));
    }
    return id;
}

static void room_open(Room *room, Store *store)
{
    g_autoptr(GError) error = NULL;
    room->folder = g_dir_make_tmp("preview-XXXXXX", NULL);
    room->directory = directory_open(room->folder, true, NULL);
    media_jobs_directory(room->folder);
    room->theme = theme_load(room->folder, &error);
    g_assert_no_error(error);
    room->context = (PaperContext){room->theme, room->folder, blocks};
    room->recipes = paper_draft_recipes(&room->context);
    OfficeOptions options = {.store = store,
                             .tables = office_tables,
                             .secret = &secret,
                             .drafts = &room->recipes,
                             .url = "http://office.localhost"};
    room->office = office_new(&options, &error);
    g_assert_no_error(error);
    come_in(store, &room->vera, room->office, "vera@bell.example");
    come_in(store, &room->ilya, room->office, "ilya@bell.example");
}

static void room_close(Room *room)
{
    browser_clear(&room->vera);
    browser_clear(&room->ilya);
    office_free(room->office);
    theme_free(room->theme);
    file_close(&room->directory);
    stores_remove_tree(room->folder);
    g_free(room->folder);
}

/* The page of story 1 as this person sees it. */
static HttpReply *preview(Browser *browser)
{
    g_autoptr(HttpReply) first = browser_get(browser, "/stories/1/draft");
    g_assert_cmpuint(http_reply_status(first), ==, 303);
    g_assert_true(g_str_has_prefix(browser->location, "/stories/1/draft/"));
    g_autofree char *path = g_strdup(browser->location);
    HttpReply *page = browser_get(browser, path);
    g_assert_cmpuint(http_reply_status(page), ==, 200);
    return page;
}

/* Asks for every picture of a page; how many there are, and the first one's name. */
static unsigned ask_all(Browser *browser, const HttpReply *page, char **first)
{
    g_autoptr(GRegex) pattern = g_regex_new(OBJECT, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autofree char *html = g_strndup(http_reply_body(page), (gsize)http_reply_length(page));
    unsigned count = 0;
    for (g_regex_match(pattern, html, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        g_autofree char *name = g_match_info_fetch(match, 0);
        g_autofree char *path = g_strconcat("/stories/1/draft/", name, NULL);
        g_autoptr(HttpReply) reply = browser_get(browser, path);
        g_assert_cmpuint(http_reply_status(reply), ==, 200);
        g_assert_true(g_str_has_prefix(http_reply_find(reply, "Content-Type"), "image/"));
        g_assert_cmpuint(http_reply_length(reply), >, 100);
        if (first != NULL && *first == NULL) {
            *first = g_strdup(path);
        }
        count++;
    }
    return count;
}

static void post(Browser *browser, const char *path, const char *body, unsigned status)
{
    g_autoptr(HttpReply) reply = browser_post(browser, path, body);
    g_assert_cmpuint(http_reply_status(reply), ==, status);
}

static void test_pictures(Store *store, const char *url)
{
    Room room = {0};
    g_autofree char *lead = NULL;
    g_autofree char *unsaved = NULL;
    room_open(&room, store);
    g_assert_cmpint(picture(store, &room, "ferry.png"), ==, 1);
    g_assert_cmpint(picture(store, &room, "lighthouse.png"), ==, 2);
    post(&room.vera, "/stories/new", "title=Fog", 303);
    post(&room.vera, "/stories/1/save", "title=Fog&body=Fog.&base=1&photo=1&alt=A+boat", 303);
    g_autoptr(HttpReply) saved = preview(&room.vera);
    unsigned of_lead = ask_all(&room.vera, saved, &lead);
    g_assert_cmpuint(of_lead, >, 2);
    g_assert_true(reply_says(saved, "alt=\"A boat\""));
    g_assert_nonnull(strstr(http_reply_find(saved, "Content-Security-Policy"), "sandbox"));
    /* A figure that is only typed: on its writer's page, and nobody else's. */
    post(&room.vera, "/stories/1/keep",
         "title=Fog&body=Fog.%0A%0A!%5BA+lamp%5D(media%3A2)&base=2&serial=0&photo=&was-photo=1",
         200);
    g_autoptr(HttpReply) typed = preview(&room.vera);
    g_assert_true(reply_says(typed, "alt=\"A lamp\""));
    g_assert_false(reply_says(typed, "alt=\"A boat\""));
    g_assert_cmpuint(ask_all(&room.vera, typed, &unsaved), >, 0);
    g_autoptr(HttpReply) others = preview(&room.ilya);
    g_assert_false(reply_says(others, "alt=\"A lamp\""));
    g_assert_cmpuint(ask_all(&room.ilya, others, NULL), ==, of_lead);

    /* Files that the page does not have are not given out, whoever asks. */
    const struct {
        Browser *browser;
        const char *path;
    } wrong[] = {
        {&room.vera, lead},
        {&room.ilya, unsaved},
        {&room.vera, "/stories/1/draft/o/ab/../../../newsroom.db"},
        {&room.vera, "/stories/9/draft"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(HttpReply) reply = browser_get(wrong[i].browser, wrong[i].path);
        g_assert_cmpuint(http_reply_status(reply), ==, 404);
    }
    room_close(&room);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    jobs_register(job_rows());
    stores_test_add("/request/preview-office/pictures", test_pictures);
    return g_test_run();
}
