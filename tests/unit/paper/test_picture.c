/* Which of a picture's forms a page offers, by the place it stands in. */
#include "paper/picture.h"

#include "base/file.h"
#include "desk/variant.h"
#include "paper/fixture.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    int64_t id;
    PaperPictureUse use;
    GString *said; /* "src WxH" and a line a source */
    bool known;
} Asked;

/* Hash-named addresses are long: only what the test put into the file is kept of them. */
static void say(GString *out, const char *prefix, const char *text)
{
    g_string_append(out, prefix);
    for (const char *at = text; *at != '\0'; at++) {
        const char *object = g_str_has_prefix(at, "../o/") ? at : NULL;
        if (object != NULL) {
            at = object + strlen("../o/ab/") + 64;
        }
        g_string_append_c(out, *at);
    }
}

static bool look(PaperPage *page, void *data, GError **error)
{
    Asked *asked = data;
    g_auto(PaperPicture) picture = {0};
    g_autoptr(Media) media = NULL;
    if (!paper_picture(page, asked->id, asked->use, "../", &picture, &media, error)) {
        return false;
    }
    asked->known = media != NULL;
    for (unsigned i = 0; i < picture.count; i++) {
        const PaperPictureSource *source = &picture.sources[i];
        g_string_append_printf(asked->said, "%s%s%s ", source->type,
                               source->media == NULL ? "" : " ",
                               source->media == NULL ? "" : source->media);
        say(asked->said, "", source->srcset);
        g_string_append(asked->said, source->sized ? " sized\n" : "\n");
    }
    if (picture.src != NULL) {
        say(asked->said, "", picture.src);
        g_string_append_printf(asked->said, " %dx%d %d\n", (int)picture.width, (int)picture.height,
                               (int)picture.size);
    }
    return true;
}

static PressRecord *check(Fixture *fixture, int64_t id, PaperPictureUse use, const char *expected)
{
    g_autoptr(GString) said = g_string_new(NULL);
    Asked asked = {.id = id, .use = use, .said = said};
    PressRecord *record = fixture_on_page(fixture, "en", "a/b.html", look, &asked);
    g_assert_cmpstr(record->failure, ==, NULL);
    g_assert_cmpstr(said->str, ==, expected);
    return record;
}

static void expect(Fixture *fixture, int64_t id, PaperPictureUse use, const char *expected)
{
    press_record_free(check(fixture, id, use, expected));
}

/* Variants of a picture; their bytes are their names. */
static void put_variants(Fixture *fixture, int64_t id)
{
    static const VariantMade rows[] = {
        {"wide", "avif", 480, 320, NULL},   {"wide", "avif", 800, 533, NULL},
        {"wide", "avif", 1280, 853, NULL},  {"wide", "avif", 1920, 1280, NULL},
        {"wide", "webp", 480, 320, NULL},   {"wide", "webp", 800, 533, NULL},
        {"wide", "webp", 1280, 853, NULL},  {"wide", "jpg", 480, 320, NULL},
        {"wide", "jpg", 800, 533, NULL},    {"wide", "jpg", 1280, 853, NULL},
        {"square", "avif", 256, 256, NULL}, {"square", "jpg", 256, 256, NULL},
    };

    g_autoptr(GError) error = NULL;
    VariantMade made[G_N_ELEMENTS(rows)];
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text =
            g_strdup_printf("%s %s %d", rows[i].shape, rows[i].format, (int)rows[i].width);
        made[i] = rows[i];
        made[i].bytes = g_bytes_new(text, strlen(text));
    }
    variant_put(test_newsroom_store(fixture->newsroom), test_newsroom_media(fixture->newsroom), id,
                made, G_N_ELEMENTS(rows), &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_bytes_unref(made[i].bytes);
    }
}

static void test_original(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    int64_t id = fixture_picture(&fixture, 1);
    static const PaperPictureUse uses[] = {PAPER_PICTURE_SQUARE, PAPER_PICTURE_CARD,
                                           PAPER_PICTURE_LEAD, PAPER_PICTURE_FIGURE,
                                           PAPER_PICTURE_PLAIN};
    for (size_t i = 0; i < G_N_ELEMENTS(uses); i++) {
        g_autoptr(PressRecord) record = check(&fixture, id, uses[i], ".png 513x256 45\n");
        g_assert_true(fixture_reads(record, "media:1"));
        g_assert_cmpuint(record->objects->len, ==, 1);
        g_assert_cmpint(g_array_index(record->objects, PressObject, 0).size, ==, 45);
    }
}

static void test_variants(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    int64_t id = fixture_picture(&fixture, 1);
    put_variants(&fixture, id);
    expect(&fixture, id, PAPER_PICTURE_SQUARE, "image/avif .avif\n.jpg 256x256 14\n");
    expect(&fixture, id, PAPER_PICTURE_CARD,
           "image/avif (min-width: 50em) .avif\nimage/avif .avif\n.jpg 256x256 14\n");
    g_autoptr(PressRecord) lead = check(&fixture, id, PAPER_PICTURE_LEAD,
                                        "image/avif .avif 480w, .avif 800w, .avif 1280w sized\n"
                                        "image/webp .webp\n.jpg 800x533 12\n");
    g_assert_cmpuint(lead->objects->len, ==, 5);
    g_autoptr(PressRecord) figure =
        check(&fixture, id, PAPER_PICTURE_FIGURE,
              "image/avif .avif 480w, .avif 800w sized\n.jpg 800x533 12\n");
    g_assert_cmpuint(figure->objects->len, ==, 3);
    expect(&fixture, id, PAPER_PICTURE_PLAIN, ".jpg 1280x853 13\n");
}

/* A variant's file that was lost is passed over; without any the original stands in. */
static void test_lost(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    int64_t id = fixture_picture(&fixture, 1);
    put_variants(&fixture, id);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) variants = variant_list(test_newsroom_store(fixture.newsroom), id, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < variants->len; i++) {
        const Variant *variant = &g_array_index(variants, Variant, i);
        if (strcmp(variant->format, "jpg") == 0) {
            g_autofree char *file = variant_file(variant);
            g_autofree char *path =
                g_build_filename(test_newsroom_folder(fixture.newsroom), "media", file, NULL);
            g_assert_cmpint(g_unlink(path), ==, 0);
        }
    }
    expect(&fixture, id, PAPER_PICTURE_SQUARE, ".png 513x256 45\n");
    expect(&fixture, id, PAPER_PICTURE_LEAD, ".png 513x256 45\n");
}

static void test_unknown(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autoptr(PressRecord) record = check(&fixture, 5, PAPER_PICTURE_LEAD, "");
    g_assert_true(fixture_reads(record, "media:5"));
}

typedef struct {
    int64_t id;
    const char *alt, *caption, *credit;
} Words;

static bool fill(PaperPage *page, void *data, GError **error)
{
    const Words *words = data;
    const char *const expected[][2] = {{"alt", words->alt == NULL ? "Boats" : words->alt},
                                       {"caption", "Own caption"},
                                       {"credit", "Anna Li / TASR"}};
    if (!paper_fill_photo(page, page->values, "photo", words->id, words->alt, words->caption,
                          words->credit, PAPER_PICTURE_LEAD, error)) {
        return false;
    }
    const Value *photo = value_get(page->values, "photo");
    if (words->id != 1) {
        g_assert_null(photo);
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_assert_cmpstr(value_string(value_get(photo, expected[i][0]), NULL), ==, expected[i][1]);
    }
    return true;
}

/* What the story says goes before what the picture says, and "" is nothing said. */
static void test_words(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_picture(&fixture, 1);
    Words rows[] = {{1, NULL, "Own caption", ""}, {1, "Ice", "Own caption", NULL}, {9, "", "", ""}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", "a.html", fill, &rows[i]);
        g_assert_cmpstr(record->failure, ==, NULL);
    }
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/picture/original", test_original);
    g_test_add_func("/picture/variants", test_variants);
    g_test_add_func("/picture/lost", test_lost);
    g_test_add_func("/picture/unknown", test_unknown);
    g_test_add_func("/picture/words", test_words);
    return g_test_run();
}
