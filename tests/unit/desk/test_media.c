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
    g_autoptr(GPtrArray) list = media_list_after(store, 0, 10, NULL);
    g_assert_cmpuint(list->len, ==, 1);
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
    g_test_add_func("/desk/media/in-body", test_in_body);
    return g_test_run();
}
