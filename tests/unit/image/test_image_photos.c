/*
 * The real child over photos as cameras and programs write them (shared material): exiftool finds
 * nothing private in what comes out, and stripping changes no pixel. An ordinary run takes one
 * photo in ONE_IN and compares the pixels of COMPARED; KOLOKOL_FULL=1 takes all and compares more.
 * exiftool, which takes long to start, is started once.
 */
#include "image/image.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "sampled.h"
#include "shared.h"
#include "unpack.h"

#include <string.h>

#define ONE_IN   4u
#define COMPARED 2u

typedef struct {
    unsigned taken, refused, compared, files;
    char *out;        /* the folder of what came out */
    GPtrArray *names; /* what each file there was made of, by its number */
} Count;

static void keep(Count *count, const char *name, GBytes *bytes)
{
    size_t length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autofree char *file = g_strdup_printf("%s/%u.bin", count->out, count->files++);
    g_assert_true(g_file_set_contents(file, data, (gssize)length, NULL));
    g_ptr_array_add(count->names, g_strdup(name));
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
    return *line == '\0' || *line == ' ' || /* blank, or how many files it saw */
           (g_str_has_prefix(line, "[IFD0]") && strstr(line, " Orientation ") != NULL);
}

/* exiftool heads each file's lines with "======== FOLDER/NUMBER.bin". */
static void assert_clean(const Count *count)
{
    g_autofree char *all = g_strdup_printf("exec exiftool -a -G1 -s -ext '*' -r %s", count->out);
    char shell[] = "sh", option[] = "-c";
    char *arguments[] = {shell, option, all, NULL};
    g_autofree char *out = NULL;
    unsigned seen = 0;
    const char *name = "";
    g_assert_true(g_spawn_sync(NULL, arguments, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
                               NULL, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (g_str_has_prefix(*line, "======== ")) {
            guint64 number = g_ascii_strtoull(strrchr(*line, '/') + 1, NULL, 10);
            name = count->names->pdata[number];
            seen++;
        } else if (!innocent(*line)) {
            g_error("%s: exiftool still finds %s", name, *line);
        }
    }
    g_assert_cmpuint(seen, ==, count->files);
}

/* Decoded by the same child, so that only the container differs. The forms must be clean as well.
 */
static void assert_same_pixels(Count *count, GBytes *given, GBytes *stripped, const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) before = image_variants(given, 500, 500, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) after = image_variants(stripped, 500, 500, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(before->len, ==, after->len);
    for (guint i = 0; i < before->len; i++) {
        const ImageForm *one = before->pdata[i], *other = after->pdata[i];
        keep(count, name, one->bytes);
        if (!g_bytes_equal(one->bytes, other->bytes)) {
            g_error("%s: %s %s differs", name, one->shape, one->format);
        }
    }
}

static void check_refused(const char *path, const GError *error)
{
    static const char *const others[] = {".tiff", ".TIF", ".tif", ".svg", ".jp2"};
    bool other = false;
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        other |= g_str_has_suffix(path, others[i]);
    }
    g_assert_true(other);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
}

static void visit(const char *path, void *data)
{
    Count *count = data;
    g_autoptr(GError) error = NULL;
    if (!sampled(path, ONE_IN)) {
        return;
    }
    g_autoptr(GBytes) given = file_read(path, LIMIT_OBJECT, NULL);
    g_assert_nonnull(given);
    g_autoptr(ImageForm) form = image_take(given, &error);
    if (form == NULL) {
        check_refused(path, error);
        count->refused++;
        return;
    }
    count->taken++;
    keep(count, path, form->bytes);
    g_autoptr(GBytes) stripped = image_strip(given, NULL);
    bool compare = sampled_all() ? count->taken % 12 == 0
                                 : count->compared < COMPARED && g_bytes_get_size(given) < 300000;
    if (stripped != NULL && compare) {
        assert_same_pixels(count, given, stripped, path);
        count->compared++;
    }
}

static void test_shared_photos(void)
{
    static const char *const folders[] = {"sharp", "exif-samples", "orientation"};
    g_autofree char *archive = shared_path("data/images-photos/photos.tar.zst");
    g_autofree char *tool = g_find_program_in_path("exiftool");
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    if (folder == NULL) {
        return;
    }
    g_assert_nonnull(tool); /* tools/install_packages test */
    Count count = {.out = g_build_filename(folder, "out", NULL),
                   .names = g_ptr_array_new_with_free_func(g_free)};
    g_assert_cmpint(g_mkdir(count.out, 0700), ==, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *photos = g_build_filename(folder, folders[i], NULL);
        shared_walk(photos, visit, &count);
    }
    assert_clean(&count);
    g_test_message("%u taken, %u refused, %u compared", count.taken, count.refused, count.compared);
    g_assert_cmpuint(count.taken, >=, sampled_all() ? 60 : 10);
    g_assert_cmpuint(count.compared, >=, sampled_all() ? 4 : COMPARED);
    g_ptr_array_unref(count.names);
    g_free(count.out);
    shared_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    g_test_add_func("/image/photos/shared", test_shared_photos);
    return g_test_run();
}
