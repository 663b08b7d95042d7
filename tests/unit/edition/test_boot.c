#include "edition/boot.h"

#include "base/fault.h"
#include "base/file.h"
#include "edition/objects.h"
#include "fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *place_of(const Fixture *fixture, const char *text, const char *ending)
{
    char hex[HASH_HEX];
    Hash hash = hash_of(text, strlen(text));
    hash_hex(&hash, hex);
    return g_strdup_printf("%s/objects/%.2s/%s%s", fixture->directory, hex, hex, ending);
}

static void tear(const Fixture *fixture, const char *text, const char *ending)
{
    g_autofree char *place = place_of(fixture, text, ending);
    g_assert_true(g_file_set_contents(place, "torn", -1, NULL));
}

static bool exists(const Fixture *fixture, const char *text, const char *ending)
{
    g_autofree char *place = place_of(fixture, text, ending);
    return g_file_test(place, G_FILE_TEST_EXISTS);
}

static bool mend(const Fixture *fixture)
{
    g_autofree char *path = g_build_filename(fixture->directory, "objects", NULL);
    FILE_AUTO objects = directory_open(path, false, NULL);
    return boot_mend(fixture->descriptor, objects, NULL);
}

static void test_mark(void)
{
    char *folder = folder_new();
    FILE_AUTO directory = directory_open(folder, false, NULL);
    g_assert_false(boot_is_same(directory));
    g_assert_true(boot_mark(directory, NULL));
    g_assert_true(boot_is_same(directory));
    boot_unmark(directory);
    g_assert_false(boot_is_same(directory));
    folder_free(folder);
}

static void test_mend(void)
{
    Fixture *fixture = fixture_new();
    static const char one[] = "<p>one</p>", two[] = "<p>two</p>", three[] = "<p>three</p>";
    fixture_page(fixture, "one.html", one);
    fixture_page(fixture, "two.html", two);
    fixture_page(fixture, "three.html", three);
    tear(fixture, one, "");
    tear(fixture, two, ".gz");
    g_autofree char *left = place_of(fixture, three, ".0123.tmp");
    g_assert_true(g_file_set_contents(left, "x", -1, NULL));
    struct timespec old[] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    g_assert_cmpint(utimensat(AT_FDCWD, left, old, 0), ==, 0);
    g_assert_true(mend(fixture));
    g_assert_false(exists(fixture, one, ""));
    g_assert_true(exists(fixture, two, ""));
    g_assert_false(exists(fixture, two, ".gz"));
    g_assert_true(exists(fixture, three, ""));
    g_assert_true(exists(fixture, three, ".gz"));
    g_assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
    fixture_free(fixture);
}

/* A mend that fails leaves the store in doubt and takes no right object away. */
static void test_faults(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "one.html", "<p>one</p>");
    for (uint64_t n = 1; n < 2000; n++) {
        tear(fixture, "<p>two</p>", "");
        fault_plan(FAULT_FILE, n, false);
        mend(fixture);
        bool reached = fault_end() >= n;
        if (!reached) {
            break;
        }
    }
    fixture_page(fixture, "one.html", "<p>one</p>");
    g_assert_true(mend(fixture));
    g_assert_true(exists(fixture, "<p>one</p>", ""));
    g_assert_false(exists(fixture, "<p>two</p>", ""));
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/boot/mark", test_mark);
    g_test_add_func("/boot/mend", test_mend);
    g_test_add_func("/boot/faults", test_faults);
    return g_test_run();
}
