/* Uploads of the office, from the file to the picture: the child looks into the demo's pictures.
 * Covers: src/desk/incoming_sweep.c. */
#include "desk/incoming.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/media_change.h"
#include "desk/media_upload.h"
#include "fixture.h"
#include "staff/audit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

/* The newsroom's media/, and what is in it. */
typedef struct {
    char *path, *incoming;
    int directory;
} Folder;

static void folder_clear(Folder *folder)
{
    file_close(&folder->directory);
    stores_remove_tree(folder->path);
    g_free(folder->path);
    g_free(folder->incoming);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Folder, folder_clear)

static Folder folder_make(void)
{
    Folder folder = {.path = g_dir_make_tmp("desk-XXXXXX", NULL)};
    folder.incoming = g_build_filename(folder.path, "incoming", NULL);
    folder.directory = directory_open(folder.path, false, NULL);
    media_jobs_directory(folder.path);
    return folder;
}

/* How many files wait in it. */
static unsigned waiting_files(const Folder *folder)
{
    g_autoptr(GDir) open = g_dir_open(folder->incoming, 0, NULL);
    unsigned count = 0;
    while (open != NULL && g_dir_read_name(open) != NULL) {
        count++;
    }
    return count;
}

static GBytes *demo(const char *name)
{
    g_autofree char *path = g_build_filename(SOURCE_ROOT, "site/demo/pictures", name, NULL);
    GBytes *bytes = file_read(path, LIMIT_OBJECT, NULL);
    g_assert_nonnull(bytes);
    return bytes;
}

static int64_t give(Store *store, const Folder *folder, GBytes *bytes, int64_t target)
{
    IncomingFile given = {.name = "fog.png",
                          .bytes = g_bytes_get_data(bytes, NULL),
                          .length = g_bytes_get_size(bytes),
                          .person = 7,
                          .target = target,
                          .words = true};
    int64_t id = 0;
    assert_ok(incoming_give(store, folder->directory, &given, fixture_now(), &id, error));
    return id;
}

static void ended_as(Store *store, int64_t id, const char *state, int64_t media, const char *reason)
{
    g_autoptr(Incoming) incoming = incoming_read(store, id, NULL);
    g_assert_cmpstr(incoming->state, ==, state);
    g_assert_cmpint(incoming->media, ==, media);
    g_assert_nonnull(strstr(incoming->reason, reason));
}

static void run_job(Store *store)
{
    bool ran = false;
    assert_ok(jobs_run_one(store, "slow", NULL, &ran, error));
    g_assert_true(ran);
}

static void test_take(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    g_autoptr(GBytes) bytes = demo("ferry.png");
    int64_t first = give(store, &folder, bytes, 0);
    g_autoptr(Incoming) incoming = incoming_read(store, first, NULL);
    g_autofree char *file = g_build_filename(folder.incoming, incoming->file, NULL);
    struct stat info;
    g_assert_cmpint(stat(file, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0600);
    ended_as(store, first, "waiting", 0, "");
    run_job(store);
    ended_as(store, first, "done", 1, "");
    g_assert_cmpuint(waiting_files(&folder), ==, 0);
    int64_t again = give(store, &folder, bytes, 0);
    assert_ok(incoming_take(store, folder.directory, again, false, fixture_now(), error));
    ended_as(store, again, "done", 1, "");
    g_autoptr(GPtrArray) list = incoming_list(store, 9, NULL);
    g_assert_cmpuint(list->len, ==, 2);
    g_assert_cmpint(((Incoming *)list->pdata[0])->id, ==, again);
}

static void test_refuse(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    g_autoptr(GBytes) broken = g_bytes_new_static("<svg/>", 6);
    int64_t id = give(store, &folder, broken, 0);
    run_job(store);
    ended_as(store, id, "refused", 0, "no picture of a known kind");
    g_assert_cmpuint(waiting_files(&folder), ==, 0); /* it may hold a place */
    IncomingFile empty = {.name = "a.jpg", .bytes = "", .length = 0};
    IncomingFile large = {.name = "b.jpg", .bytes = "", .length = LIMIT_OBJECT + 1};
    assert_fails(incoming_give(store, folder.directory, &empty, 1, &id, error),
                 KOLOKOL_ERROR_INVALID, "a.jpg is empty");
    assert_fails(incoming_give(store, folder.directory, &large, 1, &id, error), KOLOKOL_ERROR_LIMIT,
                 "b.jpg has 33554433 bytes");
    g_assert_cmpuint(waiting_files(&folder), ==, 0);
}

/* In the transaction that takes it. */
static bool never(Store *store, void *data, GError **error)
{
    g_assert_true(store_in_transaction(store));
    ++*(unsigned *)data;
    return fail(error, KOLOKOL_ERROR_CONFLICT, "it is another now");
}

static void test_may(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    unsigned asked = 0;
    IncomingFile given = {
        .name = "a.jpg", .bytes = "a", .length = 1, .target = 1, .may = never, .data = &asked};
    int64_t id = 0;
    assert_fails(incoming_give(store, folder.directory, &given, 1, &id, error),
                 KOLOKOL_ERROR_CONFLICT, "another now");
    g_assert_cmpuint(asked, ==, 1);
    g_assert_cmpuint(waiting_files(&folder), ==, 0);
    g_autoptr(GPtrArray) list = incoming_list(store, 9, NULL);
    g_assert_cmpuint(list->len, ==, 0);
}

static void test_most(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    IncomingFile given = {.name = "a.jpg", .bytes = "a", .length = 1};
    int64_t id = 0;
    for (unsigned i = 0; i < INCOMING_MOST; i++) {
        assert_ok(incoming_give(store, folder.directory, &given, 1, &id, error));
    }
    assert_fails(incoming_give(store, folder.directory, &given, 1, &id, error), KOLOKOL_ERROR_LIMIT,
                 "200 pictures are waiting");
    g_assert_cmpuint(waiting_files(&folder), ==, INCOMING_MOST);
}

static bool count_line(const AuditRow *row, void *data, GError **error)
{
    unsigned *count = data;
    if (strcmp(row->action, "picture.replace") == 0) {
        g_assert_cmpint(row->person, ==, 7);
        g_assert_cmpstr(row->subject, ==, "picture 1");
        (*count)++;
    }
    return true;
}

static void test_replace(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    g_autoptr(GBytes) bytes = demo("ferry.png");
    g_autoptr(GBytes) other = demo("bridge.png");
    int64_t media = 0, now = fixture_now();
    unsigned lines = 0;
    assert_ok(media_upload(store, folder.directory, bytes, &(MediaWords){.alt = "a"}, now, &media,
                           NULL, error));
    int64_t id = give(store, &folder, other, media);
    /* killed after the replacement, before the row said so */
    assert_ok(media_replace(store, folder.directory, media, other, now, error));
    assert_ok(incoming_take(store, folder.directory, id, false, now, error));
    assert_ok(incoming_take(store, folder.directory, id, false, now, error));
    ended_as(store, id, "done", media, "");
    assert_ok(audit_list(store, 0, 100, count_line, &lines, error));
    g_assert_cmpuint(lines, ==, 1);
    id = give(store, &folder, bytes, 99);
    assert_ok(incoming_take(store, folder.directory, id, false, now, error));
    ended_as(store, id, "refused", 0, "no picture 99");
    g_assert_cmpuint(waiting_files(&folder), ==, 0);
}

/* A kill between the end of the row and the file's: the job comes again. */
static void test_killed(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    g_autoptr(GBytes) bytes = demo("ferry.png");
    int64_t id = give(store, &folder, bytes, 0), now = fixture_now();
    g_autoptr(Incoming) incoming = incoming_read(store, id, NULL);
    g_autofree char *file = g_build_filename(folder.incoming, incoming->file, NULL);
    assert_ok(incoming_take(store, folder.directory, id, false, now, error));
    g_assert_true(g_file_set_contents(file, "again", -1, NULL));
    assert_ok(incoming_take(store, folder.directory, id, false, now, error));
    g_assert_cmpuint(waiting_files(&folder), ==, 0);
    /* and the file is gone, though its row waits */
    id = give(store, &folder, bytes, 0);
    g_autoptr(Incoming) lost = incoming_read(store, id, NULL);
    g_autofree char *gone = g_build_filename(folder.incoming, lost->file, NULL);
    g_assert_cmpint(g_unlink(gone), ==, 0);
    assert_ok(incoming_take(store, folder.directory, id, false, now, error));
    ended_as(store, id, "refused", 0, "cannot open");
}

static void leave(const Folder *folder, const char *name, int64_t age)
{
    g_autofree char *path = g_build_filename(folder->incoming, name, NULL);
    time_t then = (time_t)((fixture_now() - age) / CLOCK_SECOND);
    g_assert_true(g_file_set_contents(path, "x", -1, NULL));
    g_assert_cmpint(utime(path, &(struct utimbuf){then, then}), ==, 0);
}

static void test_sweep(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    g_autoptr(GBytes) bytes = demo("ferry.png");
    int64_t now = fixture_now();
    assert_ok(incoming_sweep(store, folder.directory, now, error)); /* there is none yet */
    int64_t id = give(store, &folder, bytes, 0);
    g_autoptr(Incoming) incoming = incoming_read(store, id, NULL);
    leave(&folder, incoming->file, 2 * CLOCK_HOUR); /* old, but waited for */
    leave(&folder, "0123456789abcdef0123456789abcdef", 2 * CLOCK_HOUR);
    leave(&folder, "fedcba9876543210fedcba9876543210", 0);
    assert_ok(incoming_sweep(store, folder.directory, now, error));
    g_assert_cmpuint(waiting_files(&folder), ==, 2);
    ended_as(store, id, "waiting", 0, "");
    assert_ok(incoming_sweep(store, folder.directory, now + 25 * CLOCK_HOUR, error));
    g_assert_cmpuint(waiting_files(&folder), ==, 0);
    ended_as(store, id, "refused", 0, "is the worker running");
    assert_ok(incoming_sweep(store, folder.directory, now + 60 * CLOCK_HOUR, error));
    g_autoptr(GPtrArray) list = incoming_list(store, 9, NULL);
    g_assert_cmpuint(list->len, ==, 0);
}

/* Each call fails once: there is a row with its file, or neither. */
static void test_faults(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    IncomingFile given = {.name = "a.jpg", .bytes = "a", .length = 1};
    unsigned rows = 0;
    for (uint64_t nth = 1; nth < 60; nth++) {
        g_autoptr(GError) error = NULL;
        int64_t id = 0;
        fault_plan(FAULT_FILE | FAULT_SQL, nth, false);
        bool good = incoming_give(store, folder.directory, &given, 1, &id, &error);
        fault_end();
        rows += good ? 1 : 0;
        g_autoptr(GPtrArray) list = incoming_list(store, 100, NULL);
        g_assert_cmpuint(list->len, ==, rows);
        g_assert_cmpuint(waiting_files(&folder), ==, rows);
    }
    g_assert_cmpuint(rows, >, 20);
    g_assert_cmpuint(rows, <, 59);
}

/* Each call of taking one in fails once, as after a kill: the next run ends it, with one picture
 * and no file left. Each is a picture decoded twice: without KOLOKOL_FULL=1, every fourth. */
static void test_take_faults(Store *store, const char *url)
{
    g_auto(Folder) folder = folder_make();
    g_autoptr(GBytes) bytes = demo("ferry.png");
    const uint64_t step = g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0 ? 1 : 4;
    uint64_t nth = g_str_has_prefix(url, "sqlite:") ? 1 : 3, calls = 0;
    do {
        g_autoptr(GError) reason = NULL;
        int64_t id = give(store, &folder, bytes, 0), now = fixture_now();
        fault_plan(FAULT_FILE | FAULT_SQL, nth, false);
        bool good = incoming_take(store, folder.directory, id, false, now, &reason);
        calls = fault_end();
        g_assert_true(good == (reason == NULL));
        assert_ok(incoming_take(store, folder.directory, id, false, now, error));
        g_autoptr(Incoming) incoming = incoming_read(store, id, NULL);
        g_assert_cmpstr(incoming->state, ==, "done");
        g_assert_cmpuint(waiting_files(&folder), ==, 0);
        g_autoptr(GPtrArray) all = media_find(store, &(MediaQuery){.most = 9}, NULL);
        g_assert_cmpuint(all->len, ==, 1);
        assert_ok(media_remove(store, folder.directory, incoming->media, error));
        nth += step;
    } while (calls + step >= nth);
    g_assert_cmpuint(nth, >, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    const JobKind kinds[] = {incoming_jobs[0], media_jobs[0], {.kind = NULL}};
    image_child(child, IMAGE_PATIENCE);
    jobs_register(kinds);
    stores_test_add("/desk/incoming/take", test_take);
    stores_test_add("/desk/incoming/refuse", test_refuse);
    stores_test_add("/desk/incoming/may", test_may);
    stores_test_add("/desk/incoming/most", test_most);
    stores_test_add("/desk/incoming/replace", test_replace);
    stores_test_add("/desk/incoming/killed", test_killed);
    stores_test_add("/desk/incoming/sweep", test_sweep);
    stores_test_add("/desk/incoming/faults", test_faults);
    stores_test_add("/desk/incoming/take-faults", test_take_faults);
    int status = g_test_run();
    media_jobs_directory(NULL);
    return status;
}
