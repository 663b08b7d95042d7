/* Containers rebuilt: what stays, what goes, and what is refused.
 * Covers: src/image/strip_gif.c, src/image/strip_jpeg.c, src/image/strip_png.c,
 * src/image/strip_webp.c. */
#include "image/strip.h"

#include "base/error.h"
#include "samples.h"

static bool holds(const GByteArray *in, const char *text)
{
    return memmem(in->data, in->len, text, strlen(text)) != NULL;
}

/* Stripped, without the secret, and unchanged by stripping again. */
static GByteArray *strip(GByteArray *in, unsigned orientation)
{
    unsigned turned = 0, again = 0;
    g_autoptr(GError) error = NULL;
    g_assert_true(holds(in, SECRET));
    g_autoptr(GByteArray) given = in;
    GByteArray *out = image_strip_container(given->data, given->len, &turned, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(turned, ==, orientation);
    g_assert_false(holds(out, SECRET));
    g_autoptr(GByteArray) twice = image_strip_container(out->data, out->len, &again, &error);
    g_assert_no_error(error);
    g_assert_cmpmem(twice->data, twice->len, out->data, out->len);
    return out;
}

static void test_jpeg(void)
{
    g_autoptr(GByteArray) out = strip(sample_jpeg(), 6);
    static const char *const kept[] = {"JFIF",         "Exif",    "colours",          "Adobe",
                                       "quantisation", "huffman", "more\xFF\xD0last", "second"};
    for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
        g_assert_true(holds(out, kept[i]));
    }
    g_assert_false(holds(out, "abc")); /* the thumbnail */
    g_assert_false(holds(out, "MPF"));
    g_assert_cmpmem(out->data + out->len - 2, 2, "\xFF\xD9", 2);
}

static void test_png(void)
{
    g_autoptr(GByteArray) out = strip(sample_png(), 6);
    g_assert_true(holds(out, "iCCPicc"));
    g_assert_true(holds(out, "colours"));
    g_assert_true(holds(out, "gAMA"));
    g_assert_true(holds(out, "eXIfMM"));
    g_assert_true(holds(out, "IDATpixels"));
    g_assert_false(holds(out, "prIv"));
    g_assert_false(holds(out, "tIME"));
}

static void test_webp(void)
{
    g_autoptr(GByteArray) out = strip(sample_webp(), 6);
    g_assert_true(holds(out, "colours"));
    g_assert_true(holds(out, "pixels"));
    g_assert_true(holds(out, "EXIF"));
    g_assert_cmpuint(out->data[20], ==, 0x28); /* profile and EXIF; no XMP */
    g_assert_cmpuint(out->data[4] + 256u * out->data[5], ==, out->len - 8);
}

static void test_gif(void)
{
    g_autoptr(GByteArray) out = strip(sample_gif(), 1);
    g_assert_true(holds(out, "NETSCAPE2.0"));
    g_assert_true(holds(out, "abcdef"));
    g_assert_true(holds(out, "xyz"));
    g_assert_cmpuint(out->data[out->len - 1], ==, ';');
}

/* Each beginning of each is refused, and none is read beyond its end (the sanitizer watches). */
static void test_cut(void)
{
    GByteArray *(*const samples[])(void) = {sample_jpeg, sample_png, sample_webp, sample_gif};
    for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(GByteArray) whole = samples[i]();
        for (guint length = 0; length + strlen(SECRET) + 2 < whole->len; length++) {
            g_autofree guint8 *part = g_memdup2(whole->data, length);
            g_autoptr(GError) error = NULL;
            unsigned turned = 0;
            g_assert_null(image_strip_container(part, length, &turned, &error));
            g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
            g_assert_cmpuint(turned, ==, 0);
        }
    }
}

static void refuse(const void *bytes, size_t length, const char *words)
{
    g_autoptr(GError) error = NULL;
    unsigned turned = 0;
    g_assert_null(image_strip_container(bytes, length, &turned, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, words));
}

static void test_refused(void)
{
    g_autoptr(GByteArray) png = sample_png();
    refuse("<svg xmlns='…'/>", 17, "no picture of a known kind");
    refuse("%PDF-1.4", 8, "no picture of a known kind");
    refuse("\0\0\0\34ftypheic", 12, "HEIC");
    refuse("\xFF\xD8\xFF\xD9", 4, "no picture in it");
    png->data[20] ^= 1; /* in IHDR */
    refuse(png->data, png->len, "damaged");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/image/strip/jpeg", test_jpeg);
    g_test_add_func("/image/strip/png", test_png);
    g_test_add_func("/image/strip/webp", test_webp);
    g_test_add_func("/image/strip/gif", test_gif);
    g_test_add_func("/image/strip/cut", test_cut);
    g_test_add_func("/image/strip/refused", test_refused);
    return g_test_run();
}
