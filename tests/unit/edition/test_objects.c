#include "edition/objects.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *place_of(const char *directory, const Hash *hash, const char *ending)
{
    char hex[HASH_HEX];
    hash_hex(hash, hex);
    return g_strdup_printf("%s/objects/%.2s/%s%s", directory, hex, hex, ending);
}

static void test_round(void)
{
    char *folder = folder_new();
    g_autoptr(ObjectStore) store = object_store_open(folder, NULL);
    Hash hash, again;
    bool written = false;
    g_assert_true(object_store_put(store, "abc", 3, &hash, &written, NULL));
    g_assert_true(written);
    g_assert_true(object_store_put(store, "abc", 3, &again, &written, NULL));
    g_assert_false(written);
    g_assert_true(hash_equal(&hash, &again));
    g_assert_true(object_store_put_coded(store, &hash, OBJECT_GZIP, "zip", 3, NULL));
    g_assert_true(object_store_has(store, &hash, OBJECT_PLAIN));
    g_assert_true(object_store_has(store, &hash, OBJECT_GZIP));
    g_assert_false(object_store_has(store, &hash, OBJECT_BROTLI));
    g_autoptr(GBytes) bytes = object_store_read(store, &hash, 3, NULL);
    g_assert_cmpmem(g_bytes_get_data(bytes, NULL), 3, "abc", 3);
    g_autoptr(GError) error = NULL;
    g_assert_null(object_store_read(store, &hash, 2, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    FILE_AUTO file = object_store_open_object(store, &hash, OBJECT_GZIP, NULL);
    g_assert_cmpint(file, >=, 0);
    g_clear_error(&error);
    g_assert_cmpint(object_store_open_object(store, &hash, OBJECT_BROTLI, &error), <, 0);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_true(object_store_remove(store, &hash, NULL));
    g_assert_false(object_store_has(store, &hash, OBJECT_GZIP));
    g_assert_true(object_store_remove(store, &hash, NULL));
    folder_free(folder);
}

/* What a kill leaves: a file that is too short. The next put of these bytes replaces it. */
static void test_short(void)
{
    char *folder = folder_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(ObjectStore) store = object_store_open(folder, &error);
    Hash hash = hash_of("abc", 3), made;
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    g_autofree char *path = g_strdup_printf("%s/objects/%.2s/%s", folder, hex, hex);
    bool written = false;
    g_assert_true(object_store_begin(store, &error));
    g_assert_true(g_file_set_contents(path, "ab", 2, &error));
    g_assert_true(object_store_put(store, "abc", 3, &made, &written, &error));
    g_assert_true(written);
    g_autoptr(GBytes) bytes = object_store_read(store, &hash, 3, &error);
    g_assert_cmpmem("abc", 3, g_bytes_get_data(bytes, NULL), (int)g_bytes_get_size(bytes));
    g_assert_true(object_store_put(store, "abc", 3, &made, &written, &error));
    g_assert_false(written);
    folder_free(folder);
}

static void test_limit(void)
{
    char *folder = folder_new();
    g_autoptr(ObjectStore) store = object_store_open(folder, NULL);
    g_autofree char *large = g_malloc0(LIMIT_OBJECT + 1u);
    g_autoptr(GError) error = NULL;
    Hash hash;
    bool written;
    g_assert_false(object_store_put(store, large, LIMIT_OBJECT + 1u, &hash, &written, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    folder_free(folder);
}

static bool count(const Hash *hash, void *data, GError **error)
{
    ++*(unsigned *)data;
    return true;
}

/* Several processes put the same objects at once: each is there, whole, once. */
static void test_processes(void)
{
    char *folder = folder_new();
    g_autoptr(ObjectStore) store = object_store_open(folder, NULL);
    pid_t children[3];
    for (size_t k = 0; k < G_N_ELEMENTS(children); k++) {
        children[k] = fork();
        if (children[k] == 0) {
            bool fine = true;
            for (unsigned i = 0; i < 300; i++) {
                char text[32];
                Hash hash;
                bool written;
                g_snprintf(text, sizeof text, "object %u", i);
                fine = fine && object_store_put(store, text, strlen(text), &hash, &written, NULL);
            }
            g_clear_pointer(&store, object_store_free);
            _exit(fine ? 0 : 1);
        }
    }
    for (size_t k = 0; k < G_N_ELEMENTS(children); k++) {
        int status = 1;
        g_assert_cmpint(waitpid(children[k], &status, 0), ==, children[k]);
        g_assert_cmpint(status, ==, 0);
    }
    unsigned found = 0;
    g_assert_true(object_store_each(store, count, &found, NULL));
    g_assert_cmpuint(found, ==, 300);
    folder_free(folder);
}

static void put_under_fault(const char *folder, uint64_t nth, bool persistent, bool *reached)
{
    g_autoptr(ObjectStore) store = object_store_open(folder, NULL);
    g_autoptr(GError) error = NULL;
    Hash hash = hash_of("abc", 3), made;
    bool written;
    fault_plan(FAULT_FILE, nth, persistent);
    bool done = object_store_begin(store, &error) &&
                object_store_put(store, "abc", 3, &made, &written, &error) &&
                object_store_sync(store, &error);
    *reached = fault_end() >= nth;
    g_assert_true(done == (error == NULL));
    g_autoptr(GBytes) bytes = object_store_read(store, &hash, 3, NULL);
    g_assert_true(bytes != NULL || !done);
    g_assert_true(bytes == NULL || memcmp(g_bytes_get_data(bytes, NULL), "abc", 3) == 0);
    g_assert_true(object_store_begin(store, NULL));
    g_assert_true(object_store_put(store, "abc", 3, &made, &written, NULL));
    g_assert_true(object_store_sync(store, NULL));
    g_assert_true(object_store_remove(store, &hash, NULL));
}

/* Each call fails once and then all after it: the object is there whole or not at all. Every other
 * time the store is in doubt before, as after a start of the machine. */
static void test_faults(void)
{
    char *folder = folder_new();
    g_autofree char *boot = g_build_filename(folder, "boot", NULL);
    for (int round = 0; round < 4; round++) {
        bool reached = true;
        /* In doubt, most of some 270 calls open one folder after another: not each of them. */
        for (uint64_t n = 1; reached; n += n > 10 && n < 240 && round >= 2 ? 23 : 1) {
            if (round >= 2) {
                g_unlink(boot);
            }
            put_under_fault(folder, n, round % 2 == 1, &reached);
        }
    }
    folder_free(folder);
}

/* A file with the right name and the wrong bytes, as a power cut can leave it. */
static void test_torn(void)
{
    char *folder = folder_new();
    Hash hash;
    bool written;
    {
        g_autoptr(ObjectStore) store = object_store_open(folder, NULL);
        g_assert_true(object_store_in_doubt(store)); /* a new one: nothing is known of it */
        g_assert_true(object_store_begin(store, NULL));
        g_assert_true(object_store_sync(store, NULL));
        g_assert_true(object_store_put(store, "abc", 3, &hash, &written, NULL));
    }
    g_autofree char *place = place_of(folder, &hash, "");
    g_autofree char *boot = g_build_filename(folder, "boot", NULL);
    g_assert_true(g_file_set_contents(place, "\0\0\0", 3, NULL));
    g_autoptr(ObjectStore) same_boot = object_store_open(folder, NULL);
    g_assert_false(object_store_in_doubt(same_boot)); /* a plain kill: the kernel has the bytes */
    g_assert_true(g_file_set_contents(boot, "another boot\n", -1, NULL));
    g_autoptr(ObjectStore) store = object_store_open(folder, NULL);
    g_assert_true(object_store_in_doubt(store));
    g_assert_true(object_store_put(store, "abc", 3, &hash, &written, NULL));
    g_assert_true(written);
    g_assert_true(object_store_put(store, "abc", 3, &hash, &written, NULL));
    g_assert_false(written);
    folder_free(folder);
}

/* The ceiling for a full press (DESIGN 7) as a report, not a test: machines differ. */
static void test_speed(void)
{
    char *folder = folder_new();
    g_autoptr(ObjectStore) store = object_store_open(folder, NULL);
    char page[8192];
    memset(page, 'x', sizeof page);
    g_assert_true(object_store_begin(store, NULL));
    int64_t begun = clock_monotonic();
    for (unsigned i = 0; i < 14000; i++) {
        Hash hash;
        bool written;
        memcpy(page, &i, sizeof i);
        g_assert_true(object_store_put(store, page, sizeof page, &hash, &written, NULL));
    }
    int64_t put = clock_monotonic();
    g_assert_true(object_store_sync(store, NULL));
    g_test_message("14,000 objects of 8 KB put in %.2f s, synced in %.2f s",
                   (double)(put - begun) / CLOCK_SECOND,
                   (double)(clock_monotonic() - put) / CLOCK_SECOND);
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/objects/round", test_round);
    g_test_add_func("/objects/short", test_short);
    g_test_add_func("/objects/limit", test_limit);
    g_test_add_func("/objects/processes", test_processes);
    g_test_add_func("/objects/faults", test_faults);
    g_test_add_func("/objects/torn", test_torn);
    g_test_add_func("/objects/speed", test_speed);
    return g_test_run();
}
