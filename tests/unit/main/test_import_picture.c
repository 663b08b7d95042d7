/* Pictures beside a story: what is taken, and that nothing outside its directory is. */
#include "main/import_picture.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/media_upload.h"
#include "doubles/stores.h"
#include "image/image.h"
#include "theme/embedded.h"

#include <string.h>

static char *folder;

static void put_picture(const char *name, const char *embedded)
{
    const EmbeddedFile *file = embedded_read(embedded);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_mkdir_with_parents(parent, 0755);
    g_assert_true(g_file_set_contents(path, file->bytes, (gssize)file->length, NULL));
}

static bool take(Store *store, StoryInput *input, bool dry, GError **error)
{
    g_autofree char *beside = g_build_filename(folder, "in", NULL);
    g_autofree char *media = g_build_filename(folder, "media", NULL);
    FILE_AUTO directory = directory_open(media, true, NULL);
    ImportPictures where = {
        .store = store, .beside = beside, .media = directory, .dry = dry, .now = 1};
    return import_pictures(&where, input, error);
}

static void test_photo(Store *store, const char *url)
{
    g_autoptr(StoryInput) input = story_input_new();
    put_picture("in/a.png", "demo/pictures/ferry.png");
    put_picture("in/sub/b.png", "demo/pictures/snow.png");
    input->photo = g_strdup("a.png");
    input->body = g_strdup("![x](sub/b.png \"C\") [link](a.png) ![no](c.png) ![y](http://h/a.png)");
    g_assert_true(take(store, input, true, NULL));
    g_assert_null(input->photo);
    input->photo = g_strdup("a.png");
    g_assert_true(take(store, input, false, NULL));
    g_assert_cmpstr(input->photo, ==, "1");
    g_assert_cmpstr(input->body, ==,
                    "![x](media:2 \"C\") [link](media:1) ![no](c.png) ![y](http://h/a.png)");
    g_assert_true(take(store, input, false, NULL)); /* a number stays */
    g_assert_cmpstr(input->photo, ==, "1");
}

static void refuse(Store *store, const char *photo, KolokolError code)
{
    g_autoptr(StoryInput) input = story_input_new();
    g_autoptr(GError) error = NULL;
    input->photo = g_strdup(photo);
    g_assert_false(take(store, input, false, &error));
    g_assert_error(error, KOLOKOL_ERROR, (int)code);
    g_assert_true(g_str_has_prefix(error->message, "photo: "));
}

static void test_refused(Store *store, const char *url)
{
    g_autofree char *text = g_build_filename(folder, "in/text.png", NULL);
    put_picture("outside.png", "demo/pictures/ferry.png");
    g_assert_true(g_file_set_contents(text, "no picture", -1, NULL));
    refuse(store, "missing.png", KOLOKOL_ERROR_NOT_FOUND);
    refuse(store, "../outside.png", KOLOKOL_ERROR_INVALID);
    refuse(store, "sub/../../outside.png", KOLOKOL_ERROR_INVALID);
    refuse(store, "/etc/passwd", KOLOKOL_ERROR_INVALID);
    refuse(store, "", KOLOKOL_ERROR_INVALID);
    refuse(store, "text.png", KOLOKOL_ERROR_INVALID);
    g_autoptr(StoryInput) input = story_input_new();
    input->body = g_strdup("![x](../outside.png)");
    g_assert_true(take(store, input, false, NULL));
    g_assert_cmpstr(input->body, ==, "![x](../outside.png)");
}

static bool name(int64_t id, char **path, void *data, GError **error)
{
    if (id < 3) {
        *path = g_strdup_printf("media/%d.jpg", (int)id);
    }
    return true;
}

static void test_outward(void)
{
    g_autofree char *body = import_pictures_outward(
        "![a](media:1 \"C\")![b](media:3)[![c](media:2)](https://x) ](media:x", name, NULL, NULL);
    g_assert_cmpstr(body, ==,
                    "![a](media/1.jpg \"C\")![b](media:3)[![c](media/2.jpg)](https://x) ](media:x");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("kolokol-pictures-XXXXXX", NULL);
    jobs_register(media_jobs);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    stores_test_add("/import-picture/photo", test_photo);
    stores_test_add("/import-picture/refused", test_refused);
    g_test_add_func("/import-picture/outward", test_outward);
    int status = g_test_run();
    stores_remove_tree(folder);
    g_free(folder);
    return status;
}
