/* The real child over the demo's pictures. Others that it must bear: test_image_photos.c and
 * test_image_malformed.c, programs of their own so that they run side by side.
 * Covers: src/image/child.c, src/image/picture.c. */
#include "image/image.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"

#include <string.h>

static GBytes *demo(const char *name)
{
    g_autofree char *path = g_build_filename(SOURCE_ROOT, "site/demo/pictures", name, NULL);
    GBytes *bytes = file_read(path, LIMIT_OBJECT, NULL);
    g_assert_nonnull(bytes);
    return bytes;
}

static void test_take(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) given = demo("ferry.png");
    g_autoptr(ImageForm) form = image_take(given, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(form->shape, ==, "original");
    g_assert_cmpstr(form->format, ==, "png");
    g_assert_cmpint(form->width, ==, 1200);
    g_assert_cmpint(form->height, ==, 800);
    g_autoptr(GBytes) stripped = image_strip(given, &error);
    g_assert_true(g_bytes_equal(stripped, form->bytes));
}

static void test_variants(void)
{
    static const struct {
        const char *shape;
        int64_t width, height;
    } rows[] = {{"square", 256, 256}, {"wide", 800, 533}, {"wide", 480, 320}, {"wide", 1200, 800}};

    static const char *const formats[] = {"jpg", "webp", "avif"};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) given = demo("ferry.png");
    g_autoptr(GPtrArray) forms = image_variants(given, 1000, 0, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(forms->len, ==, 12);
    for (guint i = 0; i < forms->len; i++) {
        const ImageForm *form = forms->pdata[i];
        g_assert_cmpstr(form->shape, ==, rows[i / 3].shape);
        g_assert_cmpstr(form->format, ==, formats[i % 3]);
        g_assert_cmpint(form->width, ==, rows[i / 3].width);
        g_assert_cmpint(form->height, ==, rows[i / 3].height);
        g_autoptr(ImageForm) again = image_take(form->bytes, &error); /* it is a picture */
        g_assert_no_error(error);
        g_assert_cmpint(again->width, ==, form->width);
    }
}

/* A part by pixels; one that lies outside is refused. */
static void test_crop(void)
{
    static const ImageArea outside[] = {
        {0, 0, 1201, 10}, {1200, 0, 1, 1}, {0, 790, 10, 11}, {0, 0, 0, 5}};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) given = demo("ferry.png");
    g_autoptr(ImageForm) form = image_crop(given, &(ImageArea){100, 50, 300, 200}, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(form->format, ==, "jpg");
    g_assert_cmpint(form->width, ==, 300);
    g_assert_cmpint(form->height, ==, 200);
    g_autoptr(ImageForm) again = image_take(form->bytes, &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(again->bytes, form->bytes)); /* there is nothing to strip */
    for (unsigned i = 0; i < G_N_ELEMENTS(outside); i++) {
        g_autoptr(GError) wrong = NULL;
        g_assert_null(image_crop(given, &outside[i], &wrong));
        g_assert_error(wrong, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
}

static void test_sandbox(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *line = image_sandbox(&error);
    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(line, "sandbox: "));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    g_test_add_func("/image/image/take", test_take);
    g_test_add_func("/image/image/variants", test_variants);
    g_test_add_func("/image/image/crop", test_crop);
    g_test_add_func("/image/image/sandbox", test_sandbox);
    return g_test_run();
}
