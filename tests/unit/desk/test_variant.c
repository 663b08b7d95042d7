/* Variants of pictures: rows, files, and what is refused. */
#include "desk/variant.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/media.h"
#include "fixture.h"

#include <string.h>

static const uint8_t gif[] = {'G', 'I', 'F', '8', '9', 'a', 2, 0, 1, 0, 0, 0, 0};

static VariantMade made(const char *shape, const char *format, int64_t width, const char *bytes)
{
    return (VariantMade){shape, format, width, width / 2, g_bytes_new(bytes, strlen(bytes))};
}

static void test_put(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t id = 0;
    assert_ok(media_add(store, directory, gif, sizeof gif, NULL, fixture_now(), &id, NULL, error));
    g_free(fixture_touches(store));
    VariantMade first[] = {
        made(VARIANT_WIDE, "jpg", 800, "j8"), made(VARIANT_WIDE, "avif", 1280, "a12"),
        made(VARIANT_WIDE, "avif", 480, "a4"), made(VARIANT_SQUARE, "webp", 256, "sq")};
    assert_ok(variant_put(store, directory, id, first, G_N_ELEMENTS(first), error));
    assert_text(fixture_touches(store), "media:1");
    g_autoptr(GArray) list = variant_list(store, id, NULL);
    g_assert_cmpuint(list->len, ==, 4);
    const Variant *square = &g_array_index(list, Variant, 0);
    const Variant *small = &g_array_index(list, Variant, 1);
    g_assert_cmpstr(square->shape, ==, VARIANT_SQUARE);
    g_assert_cmpint(small->width, ==, 480);
    g_assert_cmpint(small->height, ==, 240);
    g_assert_cmpint(small->size, ==, 2);
    g_autofree char *file = variant_file(small);
    g_autofree char *object = variant_object(small);
    g_assert_cmpstr(object + 2, ==, file);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));

    /* again: only the new ones stand */
    assert_ok(variant_put(store, directory, id, first, 1, error));
    g_autoptr(GArray) fewer = variant_list(store, id, NULL);
    g_assert_cmpuint(fewer->len, ==, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(first); i++) {
        g_bytes_unref(first[i].bytes);
    }
    stores_remove_tree(folder);
}

static void test_refused(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    VariantMade one = made(VARIANT_WIDE, "jpg", 8, "x");
    VariantMade many[VARIANT_MOST + 1] = {0};
    assert_fails(variant_put(store, directory, 5, &one, 1, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no picture 5");
    assert_fails(variant_put(store, directory, 5, many, VARIANT_MOST + 1, error),
                 KOLOKOL_ERROR_LIMIT, "at most 32");
    one.format = "svg";
    assert_fails(variant_put(store, directory, 5, &one, 1, error), KOLOKOL_ERROR_INVALID, "svg");
    one.format = "jpg";
    one.shape = "../x";
    assert_fails(variant_put(store, directory, 5, &one, 1, error), KOLOKOL_ERROR_INVALID,
                 "no form");
    g_bytes_unref(one.bytes);
    stores_remove_tree(folder);
}

static void test_focal(Store *store, const char *url)
{
    MediaFocal focal = {7, 7};
    assert_ok(media_focal_parse("40,55", &focal, error));
    g_assert_cmpint(focal.x, ==, 400);
    g_assert_cmpint(focal.y, ==, 550);
    static const char *const bad[] = {"", "40", "40,101", "-1,5", "40,5,6", "a,b", "0.5,0.5"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        assert_fails(media_focal_parse(bad[i], &focal, error), KOLOKOL_ERROR_INVALID, "per cent");
    }
    g_assert_cmpint(focal.x, ==, 400);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/variant/put", test_put);
    stores_test_add("/desk/variant/refused", test_refused);
    stores_test_add("/desk/variant/focal", test_focal);
    return g_test_run();
}
