/* The real child over real pictures: the demo's, and the shared ones if they are there. */
#include "image/image.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "doubles/stores.h"
#include "shared.h"
#include "unpack.h"

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

static void test_sandbox(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *line = image_sandbox(&error);
    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(line, "sandbox: "));
}

static GBytes *read_shared(const char *path)
{
    GBytes *bytes = file_read(path, LIMIT_OBJECT, NULL);
    g_assert_nonnull(bytes);
    return bytes;
}

/* What exiftool may find: of the file itself, its format's frame, the profile, and one orientation.
 */
static bool innocent(const char *line)
{
    static const char *const groups[] = {
        "[ExifTool]", "[System]",    "[File]",  "[JFIF]",  "[ICC",        "[PNG]",  "[GIF]",
        "[RIFF]",     "[Composite]", "[Adobe]", "[APP14]", "[QuickTime]", "[Meta]", "[PNG-"};
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        if (g_str_has_prefix(line, groups[i])) {
            return strstr(line, "Comment") == NULL && strstr(line, "Warning") == NULL;
        }
    }
    return *line == '\0' ||
           (g_str_has_prefix(line, "[IFD0]") && strstr(line, " Orientation ") != NULL);
}

static void assert_clean(const char *path, const char *name)
{
    char *arguments[] = {(char *)(uintptr_t) "exiftool", (char *)(uintptr_t) "-a",
                         (char *)(uintptr_t) "-G1",      (char *)(uintptr_t) "-s",
                         (char *)(uintptr_t)path,        NULL};
    g_autofree char *out = NULL;
    g_assert_true(g_spawn_sync(NULL, arguments, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
                               NULL, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (!innocent(*line)) {
            g_error("%s: exiftool still finds %s", name, *line);
        }
    }
}

typedef struct {
    unsigned taken, refused, compared;
    char *out; /* a file for stripped pictures */
} Count;

/* Decoded by the same child, so that only the container differs. The forms are clean as well. */
static void assert_same_pixels(GBytes *given, GBytes *stripped, const char *name, const char *out)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) before = image_variants(given, 500, 500, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) after = image_variants(stripped, 500, 500, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(before->len, ==, after->len);
    for (guint i = 0; i < before->len; i++) {
        const ImageForm *one = before->pdata[i], *other = after->pdata[i];
        size_t length = 0;
        const char *bytes = g_bytes_get_data(one->bytes, &length);
        g_assert_true(g_file_set_contents(out, bytes, (gssize)length, NULL));
        assert_clean(out, name);
        if (!g_bytes_equal(one->bytes, other->bytes)) {
            g_error("%s: %s %s differs", name, one->shape, one->format);
        }
    }
}

static void visit_photo(const char *path, void *data)
{
    Count *count = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) given = read_shared(path);
    g_autoptr(ImageForm) form = image_take(given, &error);
    if (form == NULL) {
        static const char *const others[] = {".tiff", ".TIF", ".tif", ".svg", ".jp2"};
        bool other = false;
        for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
            other |= g_str_has_suffix(path, others[i]);
        }
        g_assert_true(other);
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        count->refused++;
        return;
    }
    count->taken++;
    size_t length = 0;
    const char *bytes = g_bytes_get_data(form->bytes, &length);
    g_assert_true(g_file_set_contents(count->out, bytes, (gssize)length, NULL));
    assert_clean(count->out, path);
    g_autoptr(GBytes) stripped = image_strip(given, NULL);
    if (stripped != NULL && count->taken % 12 == 0) {
        assert_same_pixels(given, stripped, path, count->out);
        count->compared++;
    }
}

static void test_shared_photos(void)
{
    g_autofree char *archive = shared_path("data/images-photos/photos.tar.zst");
    g_autofree char *tool = g_find_program_in_path("exiftool");
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    if (folder == NULL) {
        return;
    }
    g_assert_nonnull(tool); /* tools/install_packages test */
    Count count = {.out = g_build_filename(folder, "out.bin", NULL)};
    g_autofree char *photos = g_build_filename(folder, "sharp", NULL);
    shared_walk(photos, visit_photo, &count);
    g_free(photos);
    photos = g_build_filename(folder, "exif-samples", NULL);
    shared_walk(photos, visit_photo, &count);
    g_free(photos);
    photos = g_build_filename(folder, "orientation", NULL);
    shared_walk(photos, visit_photo, &count);
    g_test_message("%u taken, %u refused, %u compared", count.taken, count.refused, count.compared);
    g_assert_cmpuint(count.taken, >=, 60);
    g_assert_cmpuint(count.compared, >=, 4);
    g_free(count.out);
    shared_remove(folder);
}

/* Never a crash of anything but the child; PngSuite says by the name which ones are corrupt. */
static void visit_malformed(const char *path, void *data)
{
    Count *count = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) given = read_shared(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autoptr(ImageForm) form = image_take(given, &error);
    g_assert_true((form == NULL) == (error != NULL));
    g_assert_true(error == NULL || g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID) ||
                  g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT));
    if (strstr(path, "/pngsuite/") != NULL && g_str_has_suffix(name, ".png")) {
        g_assert_true((name[0] == 'x') == (form == NULL));
    }
    g_assert_false(form != NULL && g_str_has_prefix(name, "65536"));
    *(form == NULL ? &count->refused : &count->taken) += 1;
}

static void test_shared_malformed(void)
{
    g_autofree char *archive = shared_path("data/images-malformed/files.tar.zst");
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    if (folder == NULL) {
        return;
    }
    Count count = {0};
    shared_walk(folder, visit_malformed, &count);
    g_test_message("%u taken, %u refused", count.taken, count.refused);
    g_assert_cmpuint(count.taken, >=, 75);
    g_assert_cmpuint(count.refused, >=, 50);
    shared_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    g_test_add_func("/image/image/take", test_take);
    g_test_add_func("/image/image/variants", test_variants);
    g_test_add_func("/image/image/sandbox", test_sandbox);
    g_test_add_func("/image/image/shared_photos", test_shared_photos);
    g_test_add_func("/image/image/shared_malformed", test_shared_malformed);
    return g_test_run();
}
