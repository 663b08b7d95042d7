/* Pictures that somebody gives: looked into by the real child, kept once, their variants a job. */
#include "desk/media_upload.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/variant.h"
#include "fixture.h"

#include <string.h>

typedef struct {
    char *folder;
    int directory;
} Place;

static void place_open(Place *place)
{
    place->folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    place->directory = directory_open(place->folder, false, NULL);
    media_jobs_directory(place->folder);
}

static void place_close(Place *place)
{
    file_close(&place->directory);
    stores_remove_tree(place->folder);
    g_free(place->folder);
    media_jobs_directory(NULL);
}

/* One pixel: the forms of a large picture take seconds to make (test_image.c has them). */
static const char pixel[] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
                            "hgGAWjR9awAAAABJRU5ErkJggg==";

static int64_t upload(Store *store, const Place *place, bool *created)
{
    gsize length = 0;
    guchar *bytes = g_base64_decode(pixel, &length);
    g_autoptr(GBytes) given = g_bytes_new_take(bytes, length);
    MediaWords words = {.caption = "A", .alt = "a"};
    int64_t id = 0;
    assert_ok(
        media_upload(store, place->directory, given, &words, fixture_now(), &id, created, error));
    return id;
}

/* Is the lane's next job due? */
static bool job_waits(Store *store)
{
    int64_t due = 0;
    assert_ok(jobs_next_due(store, "slow", &due, error));
    return due != INT64_MAX;
}

static bool run_job(Store *store)
{
    bool ran = false;
    assert_ok(jobs_run_one(store, "slow", NULL, &ran, error));
    return ran;
}

static guint variants_of(Store *store, int64_t id)
{
    g_autoptr(GArray) variants = variant_list(store, id, NULL);
    return variants->len;
}

static void test_upload(Store *store, const char *url)
{
    Place place;
    bool created = false;
    place_open(&place);
    int64_t id = upload(store, &place, &created);
    g_assert_true(created);
    g_autoptr(Media) media = media_read(store, id, NULL);
    g_assert_cmpstr(media->extension, ==, "png");
    g_assert_cmpint(media->width, ==, 1);
    g_assert_cmpint(media->height, ==, 1);
    g_free(fixture_touches(store));
    g_assert_true(run_job(store));
    guint made = variants_of(store, id);
    g_assert_cmpuint(made, >=, 3);
    g_autofree char *input = g_strdup_printf("media:%d", (int)id);
    assert_text(fixture_touches(store), input); /* pages that show it are pressed again */
    g_assert_false(job_waits(store));

    g_assert_cmpint(upload(store, &place, &created), ==, id);
    g_assert_false(created);
    g_assert_false(job_waits(store)); /* it has its variants */
    place_close(&place);
}

/* Of another point that must stay in sight, the squares are cut anew. */
static void test_focal(Store *store, const char *url)
{
    Place place;
    MediaFocal focal = {300, 700};
    MediaWords words = {.alt = "b"}, moved = {.focal = &focal};
    place_open(&place);
    int64_t id = upload(store, &place, NULL), now = fixture_now();
    g_assert_true(run_job(store));
    assert_ok(media_describe_upload(store, id, &words, now, error));
    g_assert_false(job_waits(store));
    assert_ok(media_describe_upload(store, id, &moved, now, error));
    g_assert_true(job_waits(store));
    g_assert_true(run_job(store));
    assert_ok(media_describe_upload(store, id, &moved, now, error)); /* where it was */
    g_assert_false(job_waits(store));
    assert_fails(media_describe_upload(store, 99, &words, now, error), KOLOKOL_ERROR_NOT_FOUND,
                 "99");
    place_close(&place);
}

static void test_refused(Store *store, const char *url)
{
    static const char *const given[] = {"", "GIF89a", "<svg xmlns='http://www.w3.org/2000/svg'/>",
                                        "\x89PNG\r\n\x1a\n and then nothing"};
    MediaQuery query = {.most = 10};
    Place place;
    place_open(&place);
    for (size_t i = 0; i < G_N_ELEMENTS(given); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new_static(given[i], strlen(given[i]));
        MediaWords words = {0};
        int64_t id = 0;
        assert_fails(
            media_upload(store, place.directory, bytes, &words, fixture_now(), &id, NULL, error),
            KOLOKOL_ERROR_INVALID, "");
    }
    g_autoptr(GPtrArray) all = media_find(store, &query, NULL);
    g_assert_cmpuint(all->len, ==, 0);
    g_assert_false(job_waits(store));
    place_close(&place);
}

/* A picture whose file is lost says which it is, and keeps the variants that it has. */
static void test_lost(Store *store, const char *url)
{
    Place place, other;
    place_open(&place);
    int64_t id = upload(store, &place, NULL);
    assert_ok(media_make_variants(store, place.directory, id, error));
    guint made = variants_of(store, id);
    place_open(&other);
    g_autofree char *words = g_strdup_printf("picture %d: ", (int)id);
    assert_fails(media_make_variants(store, other.directory, id, error), KOLOKOL_ERROR_NOT_FOUND,
                 words);
    g_assert_cmpuint(variants_of(store, id), ==, made);
    assert_fails(media_make_variants(store, place.directory, 99, error), KOLOKOL_ERROR_NOT_FOUND,
                 "99");
    place_close(&other);
    place_close(&place);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    jobs_register(media_jobs);
    stores_test_add("/media-upload/upload", test_upload);
    stores_test_add("/media-upload/focal", test_focal);
    stores_test_add("/media-upload/refused", test_refused);
    stores_test_add("/media-upload/lost", test_lost);
    return g_test_run();
}
