/* A rendering process by what it says over its socket, and by how it ends. */
#include "press/render_child.h"

#include "base/error.h"
#include "doubles/instrumented.h"
#include "doubles/stores.h"
#include "fixture.h"
#include "press/wire.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MANY 450u /* more than two snapshots */

static bool render(PressPage *page, const char *key, GError **error)
{
    g_autofree char *path = g_strdup_printf("a/%s.html", key);
    if (strcmp(key, "disk") == 0) {
        return fail(error, KOLOKOL_ERROR_IO, "no room");
    }
    if (strcmp(key, "bad") == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a story without an end");
    }
    g_autofree char *text = g_strdup_printf("%s as of %d\n", key, (int)press_page_as_of(page));
    return press_page_set(page, path, text, strlen(text), 0, error);
}

static const PressKind kind = {.name = "page", .wave = 1, .render = render};
static const PressKind *const kinds[] = {&kind, NULL};
static const PressGlobal globals[] = {{NULL, NULL}};
static const PressRecipes recipes = {.kinds = kinds, .globals = globals};

/* The store of the child; told of the fork before. */
static const char *store_url;
static bool forked_called;

static Store *open_store(void *data, GError **error)
{
    if (!forked_called) {
        fail(error, KOLOKOL_ERROR_INVALID, "was not told that it is a process of its own");
        return NULL;
    }
    return store_open(data == NULL ? store_url : data, error);
}

static void forked(void *data)
{
    forked_called = true;
}

typedef struct {
    Fixture fixture;
    char *objects;
    int socket;
    pid_t pid;
    GByteArray *got;
    PressRecord *record; /* the last one */
    char *said;          /* the last frame that is no record */
} Stage;

static void stage_begin(Stage *stage, const char *url, void *open_data, bool confined)
{
    static const char *const readable[] = {"/usr/share", NULL};
    int pair[2];
    *stage = (Stage){.got = g_byte_array_new()};
    fixture_begin(&stage->fixture);
    stage->objects = g_build_filename(stage->fixture.edition, "objects", NULL);
    store_url = url;
    PressPoolOptions options = {.recipes = &recipes,
                                .objects = stage->fixture.objects,
                                .open = open_store,
                                .forked = forked,
                                .open_data = open_data,
                                .readable = confined ? readable : NULL,
                                .writable = stage->objects};
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
    stage->pid = fork();
    if (stage->pid == 0) {
        close(pair[0]);
        render_child_main(&options, pair[1]);
    }
    close(pair[1]);
    stage->socket = pair[0];
}

static void order(Stage *stage, int64_t as_of, bool gzip, const char *names, size_t length)
{
    WireOrder head = {.as_of = as_of, .gzip = gzip, .length = (uint32_t)length};
    g_assert_true(wire_send(stage->socket, &head, sizeof head, names, length));
}

static bool next_kind(Stage *stage, WireKind *got)
{
    WireHead head;
    const uint8_t *frame = NULL;
    uint8_t part[65536];
    while (wire_next(stage->got->data, stage->got->len, &head, &frame) == 0) {
        ssize_t length = read(stage->socket, part, sizeof part);
        if (length <= 0) {
            return false;
        }
        g_byte_array_append(stage->got, part, (guint)length);
    }
    *got = (WireKind)head.kind;
    if (*got == WIRE_RECORD) {
        const uint8_t *cursor = frame;
        g_clear_pointer(&stage->record, press_record_free);
        stage->record = press_record_read_bytes(&cursor, frame + head.length);
        g_assert_nonnull(stage->record);
    } else {
        g_free(stage->said);
        stage->said = g_strndup((const char *)frame, head.length);
    }
    g_byte_array_remove_range(stage->got, 0, (guint)(sizeof head + head.length));
    return true;
}

/* Frames until the order is done or the process gone: how many records came. */
static unsigned records(Stage *stage)
{
    unsigned count = 0;
    WireKind got = WIRE_RECORD;
    while (next_kind(stage, &got) && got != WIRE_DONE) {
        count += got == WIRE_RECORD;
    }
    g_assert_cmpint(got, ==, WIRE_DONE);
    return count;
}

/* How the process ended, its socket being closed. */
static int stage_end(Stage *stage)
{
    int status = 0;
    close(stage->socket);
    g_assert_cmpint(waitpid(stage->pid, &status, 0), ==, stage->pid);
    g_assert_true(WIFEXITED(status));
    g_byte_array_unref(stage->got);
    press_record_free(stage->record);
    g_free(stage->said);
    g_free(stage->objects);
    fixture_end(&stage->fixture);
    return WEXITSTATUS(status);
}

static void test_orders(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, url, NULL, false);
    order(&stage, 5, true, "page:one\0page:bad\0poem:x\0page:two",
          sizeof "page:one\0page:bad\0poem:x\0page:two");
    g_assert_cmpuint(records(&stage), ==, 4);
    g_assert_cmpstr(stage.record->name, ==, "page:two"); /* in the order of the names */
    Hash expected = hash_of("two as of 5\n", 12);
    g_assert_true(hash_equal(&stage.record->hash, &expected));
    g_assert_true(object_store_has(stage.fixture.objects, &expected, OBJECT_GZIP));
    order(&stage, 6, false, "page:bad", sizeof "page:bad"); /* another moment, the same process */
    g_assert_cmpuint(records(&stage), ==, 1);
    g_assert_cmpstr(stage.record->failure, ==, "a story without an end");
    order(&stage, 7, false, "", 0);
    g_assert_cmpuint(records(&stage), ==, 0);
    g_assert_null(stage.said[0] == '\0' ? NULL : stage.said);
    g_assert_cmpint(stage_end(&stage), ==, 0);
}

static void test_many(Store *store, const char *url)
{
    Stage stage;
    g_autoptr(GByteArray) names = g_byte_array_new();
    stage_begin(&stage, url, NULL, false);
    for (unsigned i = 0; i < MANY; i++) {
        char name[20];
        int length = g_snprintf(name, sizeof name, "page:%u", i);
        g_byte_array_append(names, (const guint8 *)name, (guint)length + 1);
    }
    order(&stage, 5, false, (const char *)names->data, names->len);
    g_assert_cmpuint(records(&stage), ==, MANY);
    g_assert_cmpstr(stage.record->name, ==, "page:449");
    g_assert_cmpint(stage_end(&stage), ==, 0);
}

/* What stops a run is said once, and ends the process. */
static void test_fails(Store *store, const char *url)
{
    Stage stage;
    WireKind got = WIRE_RECORD;
    stage_begin(&stage, url, NULL, false);
    order(&stage, 5, false, "page:one\0page:disk\0page:two",
          sizeof "page:one\0page:disk\0page:two");
    g_assert_true(next_kind(&stage, &got));
    g_assert_cmpint(got, ==, WIRE_RECORD);
    g_assert_true(next_kind(&stage, &got));
    g_assert_cmpint(got, ==, WIRE_FAILED);
    g_assert_nonnull(strstr(stage.said, "page:disk"));
    g_assert_nonnull(strstr(stage.said, "no room"));
    g_assert_false(next_kind(&stage, &got));
    g_assert_cmpint(stage_end(&stage), ==, 1);
}

static void test_no_store(Store *store, const char *url)
{
    Stage stage;
    WireKind got = WIRE_RECORD;
    stage_begin(&stage, url, (void *)(uintptr_t) "sqlite:/nowhere/at/all.db", false);
    order(&stage, 5, false, "page:one", sizeof "page:one");
    g_assert_true(next_kind(&stage, &got));
    g_assert_cmpint(got, ==, WIRE_FAILED);
    g_assert_nonnull(strstr(stage.said, "/nowhere/at/all.db"));
    g_assert_cmpint(stage_end(&stage), ==, 1);
}

/* It says how it is confined once, before its first page. */
static void test_confined(Store *store, const char *url)
{
    Stage stage;
    WireKind got = WIRE_RECORD;
    if (instrumented()) {
        g_test_skip("sanitizers and valgrind make calls of their own");
        return;
    }
    stage_begin(&stage, url, NULL, true);
    order(&stage, 5, false, "page:one", sizeof "page:one");
    g_assert_true(next_kind(&stage, &got));
    g_assert_cmpint(got, ==, WIRE_SANDBOX);
    g_assert_true(g_str_has_prefix(stage.said, "sandbox: "));
    g_assert_cmpuint(records(&stage), ==, 1);
    g_assert_cmpstr(stage.record->failure, ==, NULL);
    order(&stage, 5, false, "page:two", sizeof "page:two");
    g_assert_true(next_kind(&stage, &got));
    g_assert_cmpint(got, ==, WIRE_RECORD);
    g_assert_cmpuint(records(&stage), ==, 0);
    g_assert_cmpint(stage_end(&stage), ==, 0);
}

/* Its parent's end is its own, orders or not; and what is no order is refused. */
static void test_ends(Store *store, const char *url)
{
    Stage stage;
    stage_begin(&stage, url, NULL, false);
    g_assert_cmpint(stage_end(&stage), ==, 0);
    stage_begin(&stage, url, NULL, false);
    WireOrder head = {.as_of = 1, .length = WIRE_MAX + 1};
    g_assert_true(wire_send(stage.socket, &head, sizeof head, "", 0));
    WireKind got = WIRE_RECORD;
    g_assert_false(next_kind(&stage, &got));
    g_assert_cmpint(stage_end(&stage), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/render-child/orders", test_orders);
    stores_test_add("/render-child/many", test_many);
    stores_test_add("/render-child/fails", test_fails);
    stores_test_add("/render-child/no-store", test_no_store);
    stores_test_add("/render-child/confined", test_confined);
    stores_test_add("/render-child/ends", test_ends);
    return g_test_run();
}
