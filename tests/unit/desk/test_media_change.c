/* Other bytes for a picture, and its end; the child looks into the demo's pictures. */
#include "desk/media_change.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/media_upload.h"
#include "desk/story_edit.h"
#include "desk/variant.h"
#include "desk/working.h"
#include "fixture.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#define FIRST "lighthouse.png"

static GBytes *demo(const char *name)
{
    g_autofree char *path = g_build_filename(SOURCE_ROOT, "site/demo/pictures", name, NULL);
    GBytes *bytes = file_read(path, LIMIT_OBJECT, NULL);
    g_assert_nonnull(bytes);
    return bytes;
}

static int64_t upload(Store *store, int directory, const char *name)
{
    g_autoptr(GBytes) bytes = demo(name);
    int64_t id = 0;
    assert_ok(media_upload(store, directory, bytes, &(MediaWords){.caption = "A", .alt = "a"},
                           fixture_now(), &id, NULL, error));
    return id;
}

static bool there(int directory, const char *file)
{
    struct stat found;
    return fstatat(directory, file, &found, 0) == 0;
}

static char *file_of(Store *store, int64_t id)
{
    g_autoptr(Media) media = media_read(store, id, NULL);
    return media_file(media);
}

static void put_variant(Store *store, int directory, int64_t id, const char *bytes)
{
    g_autoptr(GBytes) given = g_bytes_new(bytes, strlen(bytes));
    VariantMade made = {VARIANT_WIDE, "jpg", 480, 320, given};
    assert_ok(variant_put(store, directory, id, &made, 1, error));
}

static char *variant_of(Store *store, int64_t id)
{
    g_autoptr(GArray) variants = variant_list(store, id, NULL);
    g_assert_cmpuint(variants->len, ==, 1);
    return variant_file(&g_array_index(variants, Variant, 0));
}

static void test_replace(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    g_autoptr(GBytes) other = demo("ferry.png");
    g_autoptr(GBytes) broken = g_bytes_new_static("no picture", 10);
    int64_t now = fixture_now(), id = upload(store, directory, FIRST);
    g_autofree char *old = file_of(store, id);
    put_variant(store, directory, id, "a form");
    g_autofree char *form = variant_of(store, id);
    assert_fails(media_replace(store, directory, id, broken, now, error), KOLOKOL_ERROR_INVALID,
                 "no picture of a known kind");
    assert_fails(media_replace(store, directory, 9, other, now, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no picture 9");
    g_assert_true(there(directory, old) && there(directory, form));
    g_free(fixture_touches(store));
    assert_ok(media_replace(store, directory, id, other, now, error));
    assert_text(fixture_touches(store), "media:1");
    g_autoptr(Media) media = media_read(store, id, NULL);
    g_autofree char *file = media_file(media);
    g_assert_cmpstr(media->caption, ==, "A");
    g_assert_cmpint(media->width, ==, 1200);
    g_assert_true(there(directory, file));
    g_assert_false(there(directory, old) || there(directory, form));
    assert_ok(media_replace(store, directory, id, other, now, error)); /* the same again */
    g_assert_true(there(directory, file));
    int64_t second = upload(store, directory, FIRST);
    assert_fails(media_replace(store, directory, second, other, now, error), KOLOKOL_ERROR_CONFLICT,
                 "as 1");
    g_assert_true(there(directory, file));
    stores_remove_tree(folder);
}

/* In the transaction that removes it. */
static bool never(Store *store, void *data, GError **error)
{
    g_assert_true(store_in_transaction(store));
    return fail(error, KOLOKOL_ERROR_CONFLICT, "it is another now");
}

static void test_remove(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t first = upload(store, directory, FIRST), second = upload(store, directory, "ferry.png");
    g_autofree char *file = file_of(store, first);
    put_variant(store, directory, first, "in common");
    put_variant(store, directory, second, "in common");
    g_autofree char *form = variant_of(store, first);
    int64_t story = fixture_put(store, "title", "B", "body", "![x](media:1)", NULL);
    assert_fails(media_remove(store, directory, first, error), KOLOKOL_ERROR_CONFLICT,
                 "shown by 1 story (");
    assert_ok(story_save(store, fixture_site(), story, "B", "", "none", STORY_MARKDOWN, "",
                         fixture_now(), NULL, error));
    MediaRemover late = {.person = 1, .may = never};
    assert_fails(media_remove_by(store, directory, first, &late, fixture_now(), error),
                 KOLOKOL_ERROR_CONFLICT, "another now");
    g_assert_true(there(directory, file));
    assert_ok(media_remove(store, directory, first, error));
    g_assert_false(there(directory, file));
    g_assert_true(there(directory, form)); /* the other one has it too */
    assert_ok(media_remove(store, directory, second, error));
    g_assert_false(there(directory, form));
    assert_fails(media_remove(store, directory, first, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no picture 1");
    stores_remove_tree(folder);
}

/* What somebody has typed and not saved holds its pictures: in the body, and as the photo. */
static void test_unsaved(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t first = upload(store, directory, FIRST), second = upload(store, directory, "ferry.png");
    int64_t story = fixture_try(store, 0, NULL, "title", "B", "status", "draft", NULL);
    MediaQuery unused = {.unused = true, .most = 9};
    g_autofree char *body = g_strdup_printf("![x](media:%" PRId64 ")", first);
    g_autofree char *photo = g_strdup_printf("photo=%" PRId64 "&was-photo=", second);
    WorkingText text = {.story = story,
                        .person = 7,
                        .base = 1,
                        .name = "Rita",
                        .title = "B",
                        .lead = "",
                        .body = body,
                        .rest = ""};
    int64_t serial = 0;
    assert_ok(working_keep(store, &text, 0, fixture_now(), &serial, error));
    assert_fails(media_remove(store, directory, first, error), KOLOKOL_ERROR_CONFLICT,
                 "has not saved yet");
    g_autoptr(GPtrArray) one = media_find(store, &unused, NULL);
    g_assert_cmpuint(one->len, ==, 1);
    g_assert_cmpint(((const Media *)one->pdata[0])->id, ==, second);
    text.body = "";
    text.rest = photo;
    assert_ok(working_keep(store, &text, serial, fixture_now(), NULL, error));
    assert_fails(media_remove(store, directory, second, error), KOLOKOL_ERROR_CONFLICT,
                 "has not saved yet");
    g_autoptr(GPtrArray) other = media_find(store, &unused, NULL);
    g_assert_cmpuint(other->len, ==, 1);
    g_assert_cmpint(((const Media *)other->pdata[0])->id, ==, first);
    assert_ok(media_remove(store, directory, first, error));
    assert_ok(working_drop(store, story, 7, error));
    assert_ok(media_remove(store, directory, second, error));
    stores_remove_tree(folder);
}

static void test_words(void)
{
    ImageWords said = {.caption = (char *)"Fog",
                       .alt = (char *)"",
                       .creator = (char *)"Ann",
                       .credit = (char *)"Ann",
                       .source = (char *)"Agence",
                       .rights = (char *)"(c)",
                       .taken = (char *)"2026-11-24"};
    MediaWords words = {.caption = "Mine"};
    media_words_of_file(&words, &said);
    g_assert_cmpstr(words.caption, ==, "Mine");
    g_assert_null(words.alt);
    g_assert_cmpstr(words.photographer, ==, "Ann");
    g_assert_cmpstr(words.agency, ==, "Agence");
    g_assert_cmpstr(words.licence, ==, "(c)");
    g_assert_cmpstr(words.taken, ==, "2026-11-24");
    said.source = (char *)"Ann";
    words = (MediaWords){0};
    media_words_of_file(&words, &said);
    g_assert_null(words.agency);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    jobs_register(media_jobs);
    stores_test_add("/desk/media-change/replace", test_replace);
    stores_test_add("/desk/media-change/remove", test_remove);
    stores_test_add("/desk/media-change/unsaved", test_unsaved);
    g_test_add_func("/desk/media-change/words", test_words);
    return g_test_run();
}
