/* What a picture says of itself, written into one by exiftool. */
#include "image/image.h"

#include "base/file.h"
#include "base/limits.h"

#include <glib/gstdio.h>
#include <string.h>

/* A JPEG without a word. */
static GBytes *bare(void)
{
    g_autofree char *path = g_build_filename(SOURCE_ROOT, "site/demo/pictures/ferry.png", NULL);
    g_autoptr(GBytes) png = file_read(path, LIMIT_OBJECT, NULL);
    g_autoptr(GPtrArray) forms = image_variants(png, -1, -1, NULL);
    for (guint i = 0; i < forms->len; i++) {
        const ImageForm *form = forms->pdata[i];
        if (strcmp(form->format, "jpg") == 0) {
            return g_bytes_ref(form->bytes);
        }
    }
    g_assert_not_reached();
}

/* What image_words() says once exiftool has written these tags. */
static void write_and_read(const char *const *tags, ImageWords *words)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("words-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "a.jpg", NULL);
    g_autoptr(GBytes) picture = bare();
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    static const char *const first[] = {"exiftool", "-q", "-overwrite_original",
                                        "-codedcharacterset="};
    for (size_t i = 0; i < G_N_ELEMENTS(first); i++) {
        g_ptr_array_add(line, (gpointer)(uintptr_t)first[i]);
    }
    for (; *tags != NULL; tags++) {
        g_ptr_array_add(line, (gpointer)(uintptr_t)*tags);
    }
    g_ptr_array_add(line, path);
    g_ptr_array_add(line, NULL);
    g_assert_true(g_file_set_contents(path, g_bytes_get_data(picture, NULL),
                                      (gssize)g_bytes_get_size(picture), NULL));
    int status = 0;
    g_spawn_sync(NULL, (char **)line->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                 &status, &error);
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
    g_autoptr(GBytes) given = file_read(path, LIMIT_OBJECT, &error);
    g_assert_true(image_words(given, words, &error));
    g_assert_no_error(error);
    g_unlink(path);
    g_rmdir(folder);
}

static void test_xmp(void)
{
    static const char *const tags[] = {
        "-XMP-dc:Description=Fog \u2014 \u0442\u0443\u043c\u0430\u043d",
        "-XMP-dc:Creator=Ann Lee",
        "-XMP-dc:Creator=Bob",
        "-XMP-photoshop:Credit=AFP",
        "-XMP-photoshop:Source=Agence",
        "-XMP-dc:Rights=\u00a9 AFP",
        "-XMP-photoshop:DateCreated=2026:11:03 10:00:00",
        "-XMP-iptcCore:AltTextAccessibility=A tram in fog",
        "-IPTC:Caption-Abstract=Older",
        "-GPSLatitude=55",
        "-GPSLatitudeRef=N",
        "-SerialNumber=12345",
        NULL};
    g_auto(ImageWords) words = {0};
    write_and_read(tags, &words);
    g_assert_cmpstr(words.caption, ==, "Fog \u2014 \u0442\u0443\u043c\u0430\u043d");
    g_assert_cmpstr(words.alt, ==, "A tram in fog");
    g_assert_cmpstr(words.creator, ==, "Ann Lee, Bob");
    g_assert_cmpstr(words.credit, ==, "AFP");
    g_assert_cmpstr(words.source, ==, "Agence");
    g_assert_cmpstr(words.rights, ==, "\u00a9 AFP");
    g_assert_cmpstr(words.taken, ==, "2026-11-03");
}

static void test_iptc(void)
{
    static const char *const tags[] = {"-IPTC:Caption-Abstract=A caf\u00e9 on the quay",
                                       "-IPTC:By-line=Ann",
                                       "-IPTC:By-line=Bob",
                                       "-IPTC:Credit=REUTERS",
                                       "-IPTC:CopyrightNotice=(c) R",
                                       "-IPTC:DateCreated=2026:11:02",
                                       NULL};
    g_auto(ImageWords) words = {0};
    write_and_read(tags, &words); /* exiftool writes Latin 1, since no coding is named */
    g_assert_cmpstr(words.caption, ==, "A caf\u00e9 on the quay");
    g_assert_cmpstr(words.creator, ==, "Ann, Bob");
    g_assert_cmpstr(words.credit, ==, "REUTERS");
    g_assert_cmpstr(words.rights, ==, "(c) R");
    g_assert_cmpstr(words.taken, ==, "2026-11-02");
    g_assert_cmpstr(words.alt, ==, "");
}

static void test_exif(void)
{
    static const char *const tags[] = {"-EXIF:ImageDescription=OLYMPUS DIGITAL CAMERA",
                                       "-EXIF:Artist=Eve\nSmith", "-EXIF:Copyright=Eve 2026",
                                       "-EXIF:DateTimeOriginal=2026:11:01 01:02:03", NULL};
    g_auto(ImageWords) words = {0};
    write_and_read(tags, &words);
    g_assert_cmpstr(words.caption, ==, ""); /* of the machine, not of the picture */
    g_assert_cmpstr(words.creator, ==, "Eve Smith");
    g_assert_cmpstr(words.rights, ==, "Eve 2026");
    g_assert_cmpstr(words.taken, ==, "2026-11-01");
}

static void test_nothing(void)
{
    static const char *const tags[] = {"-XMP-photoshop:DateCreated=2026", "-EXIF:Artist=  ", NULL};
    g_auto(ImageWords) words = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) text = g_bytes_new_static("no picture", 10);
    write_and_read(tags, &words);
    g_assert_cmpstr(words.taken, ==, "");
    g_assert_cmpstr(words.creator, ==, "");
    g_assert_false(image_words(text, &words, &error));
    g_assert_nonnull(strstr(error->message, "no picture of a known kind"));
}

static void test_long(void)
{
    g_autofree char *many = g_strnfill(5000, 'x');
    g_autofree char *tag = g_strconcat("-XMP-dc:Description=", many, NULL);
    const char *const tags[] = {tag, NULL};
    g_auto(ImageWords) words = {0};
    write_and_read(tags, &words);
    g_assert_cmpuint(strlen(words.caption), ==, IMAGE_WORD);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    g_test_add_func("/image/words/xmp", test_xmp);
    g_test_add_func("/image/words/iptc", test_iptc);
    g_test_add_func("/image/words/exif", test_exif);
    g_test_add_func("/image/words/nothing", test_nothing);
    g_test_add_func("/image/words/long", test_long);
    return g_test_run();
}
