/* A picture is cut, cut again, and whole: rows, files and pixels; the child cuts the demo's. */
#include "desk/media_crop.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/media_change.h"
#include "desk/media_upload.h"
#include "desk/variant.h"
#include "fixture.h"

#include <string.h>
#include <sys/stat.h>

typedef struct {
    char *folder, *whole; /* the file as it was given */
    int directory;
    int64_t id;
} Room;

static GBytes *demo(const char *name)
{
    g_autofree char *path = g_build_filename(SOURCE_ROOT, "site/demo/pictures", name, NULL);
    return file_read(path, LIMIT_OBJECT, NULL);
}

static char *file_of(Store *store, int64_t id)
{
    g_autoptr(Media) media = media_read(store, id, NULL);
    return media_file(media);
}

static bool there(const Room *room, const char *file)
{
    struct stat found;
    return fstatat(room->directory, file, &found, 0) == 0;
}

static void room_open(Room *room, Store *store)
{
    g_autoptr(GBytes) bytes = demo("ferry.png");
    room->folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    room->directory = directory_open(room->folder, false, NULL);
    assert_ok(
        media_upload(store, room->directory, bytes, NULL, fixture_now(), &room->id, NULL, error));
    room->whole = file_of(store, room->id);
}

static void room_close(Room *room)
{
    file_close(&room->directory);
    stores_remove_tree(room->folder);
    g_free(room->folder);
    g_free(room->whole);
}

static void cut(Store *store, const Room *room, const char *text)
{
    MediaPart part = {0};
    assert_ok(media_part_parse(text, &part, error));
    assert_ok(media_crop_order(store, room->id, &part, fixture_now(), error));
    assert_ok(media_crop_run(store, room->directory, room->id, fixture_now(), error));
}

static void assert_size(Store *store, const Room *room, int64_t width, int64_t height)
{
    g_autoptr(Media) media = media_read(store, room->id, NULL);
    g_autofree char *file = media_file(media);
    g_autoptr(GBytes) bytes = file_read_at(room->directory, file, LIMIT_OBJECT, NULL);
    g_autoptr(ImageForm) form = image_take(bytes, NULL); /* it is a picture of that size */
    g_assert_cmpint(media->width, ==, width);
    g_assert_cmpint(media->height, ==, height);
    g_assert_cmpint(form->width, ==, width);
    g_assert_cmpint(form->height, ==, height);
    g_assert_cmpint(media->focal_x, ==, -1);
}

static void test_cut(Store *store, const char *url)
{
    Room room = {0};
    room_open(&room, store); /* 1200 x 800 */
    assert_ok(media_describe(
        store, room.id, &(MediaWords){.caption = "A", .focal = &(MediaFocal){100, 100}}, error));
    g_free(fixture_touches(store));
    cut(store, &room, "25,0,50,100");
    assert_text(fixture_touches(store), "media:1");
    assert_size(store, &room, 600, 800);
    g_autofree char *first = file_of(store, room.id);
    g_assert_true(there(&room, room.whole)); /* kept */
    cut(store, &room, "0,50,50.5,50");       /* of what is seen now */
    assert_size(store, &room, 303, 400);
    g_assert_false(there(&room, first));
    g_assert_true(there(&room, room.whole));
    g_autofree char *second = file_of(store, room.id);
    g_auto(MediaCrop) crop = {0};
    assert_ok(media_crop_read(store, room.id, &crop, error));
    g_assert_true(crop.cut && !crop.waiting);
    g_assert_cmpint(crop.area.x, ==, 300);
    g_assert_cmpint(crop.area.y, ==, 400);
    /* The same file again is the same picture, cut or not. */
    g_autoptr(GBytes) bytes = demo("ferry.png");
    int64_t again = 0;
    assert_ok(media_upload(store, room.directory, bytes, NULL, fixture_now(), &again, NULL, error));
    g_assert_cmpint(again, ==, room.id);
    assert_ok(media_crop_order(store, room.id, NULL, fixture_now(), error));
    assert_ok(media_crop_run(store, room.directory, room.id, fixture_now(), error));
    assert_size(store, &room, 1200, 800);
    assert_text(file_of(store, room.id), room.whole);
    g_assert_false(there(&room, second));
    assert_fails(media_crop_order(store, room.id, NULL, fixture_now(), error),
                 KOLOKOL_ERROR_CONFLICT, "is whole");
    g_autoptr(Media) media = media_read(store, room.id, NULL);
    g_assert_cmpstr(media->caption, ==, "A");
    room_close(&room);
}

static void test_refused(Store *store, const char *url)
{
    static const char *const bad[] = {"",           "1,2,3",       "0,0,100,100,1", "0,0,0,10",
                                      "-1,0,50,50", "60,0,50,100", "0,0,nan,10",    "a,b,c,d",
                                      "0,0,1e9,10", "0,0,101,1"};
    Room room = {0};
    MediaPart part = {0, 0, 10, 500};
    room_open(&room, store);
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        MediaPart out = {0};
        assert_fails(media_part_parse(bad[i], &out, error), KOLOKOL_ERROR_INVALID, "no part");
    }
    assert_fails(media_crop_order(store, room.id, &part, fixture_now(), error),
                 KOLOKOL_ERROR_INVALID, "at least 16");
    assert_fails(media_crop_order(store, 9, &part, fixture_now(), error), KOLOKOL_ERROR_NOT_FOUND,
                 "no picture 9");
    part.width = 500;
    assert_ok(media_crop_order(store, room.id, &part, fixture_now(), error));
    assert_fails(media_crop_order(store, room.id, &part, fixture_now(), error),
                 KOLOKOL_ERROR_CONFLICT, "being cut already");
    assert_ok(media_crop_run(store, room.directory, room.id, fixture_now(), error));
    assert_ok(media_crop_run(store, room.directory, room.id, fixture_now(), error)); /* nothing */
    assert_ok(media_crop_run(store, room.directory, 9, fixture_now(), error));
    assert_size(store, &room, 600, 400);
    room_close(&room);
}

/* Other bytes and the end take the whole one with them. */
static void test_end(Store *store, const char *url)
{
    Room room = {0};
    g_autoptr(GBytes) other = demo("lighthouse.png");
    room_open(&room, store);
    cut(store, &room, "0,0,50,50");
    assert_ok(media_replace(store, room.directory, room.id, other, fixture_now(), error));
    g_assert_false(there(&room, room.whole));
    assert_fails(media_crop_order(store, room.id, NULL, fixture_now(), error),
                 KOLOKOL_ERROR_CONFLICT, "is whole");
    g_autofree char *whole = file_of(store, room.id);
    cut(store, &room, "0,0,50,50");
    bool used = false;
    assert_ok(media_file_used(store, whole, &used, error));
    g_assert_true(used);
    assert_ok(media_remove(store, room.directory, room.id, error));
    g_assert_false(there(&room, whole));
    assert_ok(media_file_used(store, whole, &used, error));
    g_assert_false(used);
    room_close(&room);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    static JobKind kinds[8];
    memcpy(&kinds[0], &media_jobs[0], sizeof kinds[0]);
    memcpy(&kinds[1], &media_crop_jobs[0], sizeof kinds[1]);
    jobs_register(kinds);
    stores_test_add("/desk/media-crop/cut", test_cut);
    stores_test_add("/desk/media-crop/refused", test_refused);
    stores_test_add("/desk/media-crop/end", test_end);
    return g_test_run();
}
