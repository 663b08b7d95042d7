#include "desk/media.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/story_edit.h"
#include "fixture.h"

#include <string.h>

static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0,   0, 0,
                              13,   'I', 'H', 'D', 'R',  0,    0,    2,    128, 0, 0,
                              1,    224, 8,   2,   0,    0,    0,    0,    0,   0, 0};

static void test_add(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t now = fixture_now();
    int64_t id = 0;
    int64_t same = 0;
    bool created = false;
    MediaWords words = {.caption = "A river", .photographer = "Anna Li", .agency = "AP"};
    assert_ok(media_add(store, directory, png, sizeof png, &words, now, &id, &created, error));
    g_assert_true(created);
    assert_ok(media_add(store, directory, png, sizeof png, NULL, now, &same, &created, error));
    g_assert_false(created);
    g_assert_cmpint(same, ==, id);
    g_autoptr(Media) media = media_read(store, id, NULL);
    g_assert_cmpint(media->width, ==, 640);
    g_assert_cmpstr(media->mime, ==, "image/png");
    g_assert_cmpstr(media->alt, ==, "");
    assert_text(media_credit(media), "Anna Li / AP");
    g_autofree char *object = media_object(media);
    g_autofree char *file = media_file(media);
    g_assert_cmpstr(object + 2, ==, file);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autoptr(GBytes) bytes = file_read(path, 1000, NULL);
    g_autoptr(GBytes) given = g_bytes_new_static(png, sizeof png);
    g_assert_true(g_bytes_equal(bytes, given));
    g_free(fixture_touches(store));
    assert_ok(media_describe(store, id, &(MediaWords){.alt = "Water", .licence_until = 5}, error));
    assert_text(fixture_touches(store), "media:1");
    g_autoptr(Media) described = media_read(store, id, NULL);
    g_assert_cmpstr(described->caption, ==, "A river");
    g_assert_cmpstr(described->alt, ==, "Water");
    g_assert_cmpint(described->licence_until, ==, 5);
    assert_fails(media_add(store, directory, "<svg", 4, NULL, now, &id, NULL, error),
                 KOLOKOL_ERROR_INVALID, "no picture");
    assert_fails(media_describe(store, 9, &words, error), KOLOKOL_ERROR_NOT_FOUND, "no picture 9");
    words.alt = "\xff";
    assert_fails(media_describe(store, id, &words, error), KOLOKOL_ERROR_INVALID, "UTF-8");
    stores_remove_tree(folder);
}

static void test_usage(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t id = 0;
    assert_ok(media_add(store, directory, png, sizeof png, NULL, fixture_now(), &id, NULL, error));
    int64_t photo =
        fixture_put(store, "title", "A", "photo", "1", "alt", "a dot", "credit", "us", NULL);
    int64_t body = fixture_put(store, "title", "B", "body", "![x](media:1)", NULL);
    g_autoptr(GArray) usage = media_usage(store, id, NULL);
    g_assert_cmpuint(usage->len, ==, 2);
    g_assert_cmpint(g_array_index(usage, int64_t, 1), ==, body);
    assert_ok(story_save(store, fixture_site(), body, "B", "", "none", STORY_MARKDOWN, "",
                         fixture_now(), NULL, error));
    assert_ok(story_set_photo(store, fixture_site(), photo, 0, "", "", "", fixture_now(), error));
    g_autoptr(GArray) none = media_usage(store, id, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    assert_fails(story_set_photo(store, fixture_site(), photo, 7, "", "", "", fixture_now(), error),
                 KOLOKOL_ERROR_NOT_FOUND, "no picture 7");
    stores_remove_tree(folder);
}

/* The ids that a query finds, "2 1". */
static char *found(Store *store, MediaQuery query)
{
    query.most = query.most == 0 ? 10 : query.most;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) list = media_find(store, &query, &error);
    g_assert_no_error(error);
    g_autoptr(GString) ids = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        const Media *media = list->pdata[i];
        g_string_append_printf(ids, "%s%d", i == 0 ? "" : " ", (int)media->id);
    }
    return g_string_free(g_steal_pointer(&ids), FALSE);
}

/* A picture like the one above, of another height. */
static int64_t add_other(Store *store, int directory, uint8_t height, const MediaWords *words)
{
    uint8_t bytes[sizeof png];
    int64_t id = 0;
    memcpy(bytes, png, sizeof png);
    bytes[23] = height;
    assert_ok(
        media_add(store, directory, bytes, sizeof bytes, words, fixture_now(), &id, NULL, error));
    return id;
}

static void test_find(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    add_other(store, directory, 1,
              &(MediaWords){.caption = "Туман над рекой", .taken = "2026-11-24"});
    add_other(store, directory, 2, &(MediaWords){.agency = "100%_AP", .licence_until = 50});
    add_other(store, directory, 3, &(MediaWords){.source = "Anna", .licence_until = 200});
    assert_text(found(store, (MediaQuery){0}), "3 2 1");
    assert_text(found(store, (MediaQuery){.before = 3, .most = 1}), "2");
    assert_text(found(store, (MediaQuery){.text = " ТУМАН "}), "1");
    assert_text(found(store, (MediaQuery){.text = "0%_a"}), "2");
    assert_text(found(store, (MediaQuery){.text = "0%%a"}), "");
    assert_text(found(store, (MediaQuery){.text = "anna"}), "3");
    assert_text(found(store, (MediaQuery){.expires_before = 100}), "2");
    fixture_put(store, "title", "A", "photo", "3", "alt", "a", "credit", "us", NULL);
    fixture_put(store, "title", "B", "body", "![x](media:1)", NULL);
    assert_text(found(store, (MediaQuery){.unused = true}), "2");
    g_autoptr(Media) media = media_read(store, 1, NULL);
    g_assert_cmpstr(media->taken, ==, "2026-11-24");
    assert_fails(media_describe(store, 1, &(MediaWords){.taken = "24 November"}, error),
                 KOLOKOL_ERROR_INVALID, "no day");
    stores_remove_tree(folder);
}

static void test_in_body(void)
{
    g_autoptr(GArray) ids = media_in_body("media:3 multimedia:4 ![](media:12) media:3 media: "
                                          "media:x media:0 media:99999999999999999999");
    g_assert_cmpuint(ids->len, ==, 2);
    g_assert_cmpint(g_array_index(ids, int64_t, 0), ==, 3);
    g_assert_cmpint(g_array_index(ids, int64_t, 1), ==, 12);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/media/add", test_add);
    stores_test_add("/desk/media/usage", test_usage);
    stores_test_add("/desk/media/find", test_find);
    g_test_add_func("/desk/media/in-body", test_in_body);
    return g_test_run();
}
