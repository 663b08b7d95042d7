/* A newsroom for tests: newsroom.h. */
#include "exact/newsroom.h"

#include "base/file.h"
#include "desk/story_words.h"
#include "doubles/postgres.h"
#include "doubles/stores.h"
#include "edition/coded.h"
#include "edition/keys.h"
#include "edition/verify.h"
#include "fund/fund_blocks.h"
#include "mail/mail_blocks.h"
#include "paper/paper.h"
#include "paper/related_enter.h"
#include "paper/related_work.h"
#include "paper/search_work.h"
#include "press/setting.h"
#include "press_sql.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static const PressBlock *const blocks[] = {&fund_call_block, &fund_letter_block, &fund_form_block,
                                           &mail_newsletter_block, NULL};

struct TestNewsroom {
    char *folder, *url, *edition, *keys, *media_dir, *theme_dir;
    int media;
    Theme *theme;
    PaperContext context;
    PressRecipes recipes;
    Press *press;
    DeskSite site;
    char **languages;
    GTimeZone *zone;
};

void test_newsroom_in_memory(void)
{
    if (g_getenv("TMPDIR") == NULL && access("/dev/shm", W_OK) == 0) {
        g_setenv("TMPDIR", "/dev/shm", TRUE);
    }
}

void test_newsroom_open(TestNewsroom *newsroom, unsigned processes)
{
    g_autoptr(GError) error = NULL;
    newsroom->theme = theme_load(newsroom->theme_dir, &error);
    g_assert_no_error(error);
    newsroom->context = (PaperContext){newsroom->theme, newsroom->media_dir, blocks};
    newsroom->recipes = paper_recipes(&newsroom->context);
    PressOptions options = {.database = newsroom->url,
                            .edition_dir = newsroom->edition,
                            .keys_dir = newsroom->keys,
                            .recipes = &newsroom->recipes,
                            .processes = processes};
    newsroom->press = press_open(&options, &error);
    g_assert_no_error(error);
}

void test_newsroom_close(TestNewsroom *newsroom)
{
    g_clear_pointer(&newsroom->press, press_free);
    g_clear_pointer(&newsroom->theme, theme_free);
}

TestNewsroom *test_newsroom_new(const char *url, const char *languages)
{
    g_autoptr(GError) error = NULL;
    TestNewsroom *newsroom = g_new0(TestNewsroom, 1);
    newsroom->folder = g_dir_make_tmp("kolokol-exact-XXXXXX", &error);
    g_assert_no_error(error);
    newsroom->url =
        url == NULL ? g_strdup_printf("sqlite:%s/newsroom.db", newsroom->folder) : g_strdup(url);
    newsroom->edition = g_build_filename(newsroom->folder, "edition", NULL);
    newsroom->keys = g_build_filename(newsroom->folder, "keys", NULL);
    newsroom->media_dir = g_build_filename(newsroom->folder, "media", NULL);
    newsroom->theme_dir = g_build_filename(newsroom->folder, "theme", NULL);
    newsroom->media = directory_open(newsroom->media_dir, false, &error);
    g_assert_no_error(error);
    g_assert_cmpint(g_mkdir(newsroom->theme_dir, 0755), ==, 0);
    keys_init(newsroom->keys, &error);
    g_assert_no_error(error);
    test_newsroom_open(newsroom, 1);
    store_migrate(test_newsroom_store(newsroom), &error);
    g_assert_no_error(error);
    test_newsroom_set(newsroom, "languages", languages);
    test_newsroom_set(newsroom, "picture-words", "optional"); /* their pictures say nothing */
    return newsroom;
}

void test_newsroom_free(TestNewsroom *newsroom)
{
    if (newsroom == NULL) {
        return;
    }
    test_newsroom_close(newsroom);
    file_close(&newsroom->media);
    stores_remove_tree(newsroom->folder);
    g_free(newsroom->folder);
    g_free(newsroom->url);
    g_free(newsroom->edition);
    g_free(newsroom->keys);
    g_free(newsroom->media_dir);
    g_free(newsroom->theme_dir);
    g_strfreev(newsroom->languages);
    g_clear_pointer(&newsroom->zone, g_time_zone_unref);
    g_free(newsroom);
}

Store *test_newsroom_store(TestNewsroom *newsroom)
{
    return press_store(newsroom->press);
}

Press *test_newsroom_press(TestNewsroom *newsroom)
{
    return newsroom->press;
}

const char *test_newsroom_folder(const TestNewsroom *newsroom)
{
    return newsroom->folder;
}

const char *test_newsroom_url(const TestNewsroom *newsroom)
{
    return newsroom->url;
}

int test_newsroom_media(const TestNewsroom *newsroom)
{
    return newsroom->media;
}

const DeskSite *test_newsroom_site(TestNewsroom *newsroom)
{
    g_autoptr(GError) error = NULL;
    g_strfreev(newsroom->languages);
    g_clear_pointer(&newsroom->zone, g_time_zone_unref);
    newsroom->languages = setting_languages(test_newsroom_store(newsroom), &error);
    g_assert_no_error(error);
    newsroom->zone = setting_timezone(test_newsroom_store(newsroom), &error);
    g_assert_no_error(error);
    newsroom->site = (DeskSite){(const char *const *)newsroom->languages, newsroom->zone};
    return &newsroom->site;
}

void test_newsroom_theme_bytes(TestNewsroom *newsroom, const char *name, const char *bytes,
                               size_t length)
{
    g_autofree char *path = g_build_filename(newsroom->theme_dir, name, NULL);
    g_autoptr(GError) error = NULL;
    if (bytes == NULL) {
        g_unlink(path);
        return;
    }
    g_file_set_contents(path, bytes, (gssize)length, &error);
    g_assert_no_error(error);
}

void test_newsroom_theme(TestNewsroom *newsroom, const char *name, const char *text)
{
    test_newsroom_theme_bytes(newsroom, name, text, text == NULL ? 0 : strlen(text));
}

void test_newsroom_set(TestNewsroom *newsroom, const char *name, const char *value)
{
    bool changed = false;
    g_autoptr(GError) error = NULL;
    setting_set(test_newsroom_store(newsroom), name, value, &changed, &error);
    g_assert_no_error(error);
}

PressReport test_newsroom_run(TestNewsroom *newsroom, bool full)
{
    if (!full) {
        test_newsroom_index(newsroom);
    }
    PressRun how = {.full = full, .plain = true};
    PressReport report = {0};
    g_autoptr(GError) error = NULL;
    press_run(newsroom->press, &how, &report, &error);
    g_assert_no_error(error);
    return report;
}

void test_newsroom_relate(TestNewsroom *newsroom)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RelatedWork) work = related_work_new(test_newsroom_store(newsroom));
    related_work_all(work, NULL, NULL, &error);
    g_assert_no_error(error);
}

static void check_back(Store *store, const RelatedIndex *index, int64_t story)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) stored = related_back(store, index->id, story, &error);
    g_assert_no_error(error);
    g_autoptr(GArray) anew = related_back_anew(store, index->id, story, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(stored->len, ==, anew->len);
    for (guint i = 0; i < stored->len; i++) {
        const RelatedStory *a = &g_array_index(stored, RelatedStory, i);
        const RelatedStory *b = &g_array_index(anew, RelatedStory, i);
        g_assert_cmpint(a->story, ==, b->story);
        g_assert_cmpint(a->published, ==, b->published);
        g_assert_cmpint(a->score, ==, b->score);
    }
}

unsigned test_newsroom_check_related(TestNewsroom *newsroom)
{
    Store *store = test_newsroom_store(newsroom);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) indexes = related_indexes(store, &error);
    unsigned looked = 0;
    bool waiting = true;
    g_assert_no_error(error);
    related_waiting(store, &waiting, &error);
    g_assert_no_error(error);
    g_assert_false(waiting);
    for (guint i = 0; i < indexes->len; i++) {
        const RelatedIndex *index = &g_array_index(indexes, RelatedIndex, i);
        StoryPlace first = {INT64_MIN, 0};
        g_autoptr(GArray) places = story_words_walk(store, index->language, first, 1000, &error);
        g_assert_no_error(error);
        g_assert_cmpint(index->state, ==, INDEX_LIVE);
        for (guint k = 0; k < places->len; k++, looked++) {
            check_back(store, index, g_array_index(places, StoryPlace, k).story);
        }
    }
    return looked;
}

bool test_newsroom_index(TestNewsroom *newsroom)
{
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(SearchWork) work = search_work_new(test_newsroom_store(newsroom), NULL);
    search_work_all(work, &changed, &error);
    g_assert_no_error(error);
    return changed;
}

static const char *const books[] = {"press_page",    "press_reader", "press_object",
                                    "press_dir",     "press_node",   "press_stale_node",
                                    "press_globals", "press_dirty",  "press_failure",
                                    "press_dropped", "press_change", "press_state"};

void test_newsroom_forget(TestNewsroom *newsroom)
{
    bool sqlite = g_str_has_prefix(newsroom->url, "sqlite:");
    sqlite3 *own = NULL;
    if (sqlite) {
        g_assert_cmpint(sqlite3_open(newsroom->url + strlen("sqlite:"), &own), ==, SQLITE_OK);
        sqlite3_busy_timeout(own, 5000);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(books); i++) {
        g_autofree char *sql = g_strdup_printf("DELETE FROM %s", books[i]);
        if (sqlite) {
            g_assert_cmpint(sqlite3_exec(own, sql, NULL, NULL, NULL), ==, SQLITE_OK);
        } else {
            postgres_double_admin(newsroom->url, sql);
        }
    }
    sqlite3_close(own);
}

bool test_newsroom_check(const char *folder, char *message, size_t length)
{
    g_autofree char *directory = g_build_filename(folder, "edition", NULL);
    g_autofree char *file = g_build_filename(folder, "keys", "publish.pub", NULL);
    g_autofree char *key = NULL;
    g_autofree VerifyReport *report = g_new0(VerifyReport, 1);
    if (!g_file_get_contents(file, &key, NULL, NULL)) {
        g_snprintf(message, length, "the key %s cannot be read", file);
        return false;
    }
    VerifyRequest request = {.directory = directory, .key = key, .unpack = coded_same};
    bool good = edition_verify(&request, report);
    g_snprintf(message, length, "%s", report->message);
    return good;
}

void test_newsroom_verify(TestNewsroom *newsroom)
{
    char message[1000];
    if (!test_newsroom_check(newsroom->folder, message, sizeof message)) {
        g_error("the current edition is not whole: %s", message);
    }
}

GHashTable *test_newsroom_pages(TestNewsroom *newsroom)
{
    GHashTable *pages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(StoreRows) rows = press_page_hashes(test_newsroom_store(newsroom), &error);
    while (rows != NULL && store_rows_next(rows, &error) == STORE_ROW) {
        size_t size = 0;
        Hash hash = {0};
        const void *bytes = store_bytes(rows, 2, &size);
        memcpy(hash.bytes, bytes, MIN(size, sizeof hash.bytes));
        char hex[HASH_HEX];
        hash_hex(&hash, hex);
        g_hash_table_insert(pages, store_text_copy(rows, 0),
                            g_strdup_printf("%s %s", hex, store_text(rows, 1)));
    }
    g_assert_no_error(error);
    return pages;
}

GPtrArray *test_newsroom_failures(TestNewsroom *newsroom)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(StoreRows) rows = press_failures(test_newsroom_store(newsroom), &error);
    while (rows != NULL && store_rows_next(rows, &error) == STORE_ROW) {
        g_ptr_array_add(lines, g_strdup_printf("%s: %s", store_text(rows, 0), store_text(rows, 1)));
    }
    g_assert_no_error(error);
    return lines;
}

static void print_missing(GHashTable *from, GHashTable *in, const char *where)
{
    GHashTableIter each;
    gpointer name, value;
    g_hash_table_iter_init(&each, from);
    while (g_hash_table_iter_next(&each, &name, &value)) {
        const char *other = g_hash_table_lookup(in, name);
        if (other == NULL) {
            g_test_message("only %s: %s %s", where, (const char *)name, (const char *)value);
        }
    }
}

void test_newsroom_compare(GHashTable *before, GHashTable *after)
{
    GHashTableIter each;
    gpointer name, value;
    print_missing(before, after, "before");
    print_missing(after, before, "after");
    g_hash_table_iter_init(&each, before);
    while (g_hash_table_iter_next(&each, &name, &value)) {
        const char *other = g_hash_table_lookup(after, name);
        if (other != NULL && strcmp(other, value) != 0) {
            g_test_message("differs: %s\n    before %s\n    after  %s", (const char *)name,
                           (const char *)value, other);
        }
    }
}

static void append_chunk(GByteArray *png, const char *type, const void *bytes, uint32_t length)
{
    uint32_t size = g_htonl(length);
    g_byte_array_append(png, (const uint8_t *)&size, 4);
    guint from = png->len;
    g_byte_array_append(png, (const uint8_t *)type, 4);
    if (length > 0) {
        g_byte_array_append(png, bytes, length);
    }
    uint32_t sum = g_htonl((uint32_t)crc32(0, png->data + from, length + 4));
    g_byte_array_append(png, (const uint8_t *)&sum, 4);
}

GBytes *test_picture(unsigned number)
{
    GByteArray *png = g_byte_array_new();
    uint8_t header[13] = {0, 0, 2, (uint8_t)number, 0, 0, 1, 0, 8, 2, 0, 0, 0};
    g_byte_array_append(png, (const uint8_t *)"\x89PNG\r\n\x1a\n", 8);
    append_chunk(png, "IHDR", header, sizeof header);
    append_chunk(png, "IEND", NULL, 0);
    return g_byte_array_free_to_bytes(png);
}
