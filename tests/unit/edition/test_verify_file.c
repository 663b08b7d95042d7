#include "edition/verify_private.h"

#include "base/file.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void test_read(void)
{
    char *folder = folder_new();
    FILE_AUTO directory = directory_open(folder, false, NULL);
    VerifyReport report = {0};
    Verify verify = {.report = &report};
    VerifyBytes bytes = {0};
    g_assert_true(file_create(directory, "a", "abc", 3, 0644, NULL));
    g_assert_cmpint(mkfifoat(directory, "pipe", 0644), ==, 0);
    g_assert_cmpint(mkdirat(directory, "folder", 0755), ==, 0);
    g_assert_true(fixture_run(folder, "ln -s a link"));
    g_assert_cmpint(verify_read(&verify, directory, "none", "none", 3, &bytes), ==, 0);
    g_assert_cmpint(verify_read(&verify, directory, "a", "a", 3, &bytes), ==, 1);
    g_assert_cmpuint(bytes.length, ==, 3);
    g_assert_cmpmem(bytes.bytes, 3, "abc", 3);
    verify_forget(&bytes);
    g_assert_cmpstr(report.message, ==, "");
    static const char *const bad[] = {"pipe", "folder", "link"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_cmpint(verify_read(&verify, directory, bad[i], bad[i], 3, &bytes), ==, -1);
        g_assert_cmpstr(report.wrong, ==, bad[i]);
    }
    g_assert_cmpint(verify_read(&verify, directory, "a", "a", 2, &bytes), ==, -1);
    g_assert_nonnull(strstr(report.message, "at most 2 bytes"));
    g_assert_null(bytes.bytes);
    folder_free(folder);
}

static void test_seen(void)
{
    VerifySeen seen = {0};
    for (unsigned i = 0; i < 5000; i++) {
        unsigned char key[VERIFY_HASH];
        crypto_generichash(key, sizeof key, (const unsigned char *)&i, sizeof i, NULL, 0);
        g_assert_false(verify_seen(&seen, key));
        g_assert_true(verify_saw(&seen, key));
        g_assert_true(verify_seen(&seen, key));
    }
    for (unsigned i = 0; i < 5000; i++) {
        unsigned char key[VERIFY_HASH];
        crypto_generichash(key, sizeof key, (const unsigned char *)&i, sizeof i, NULL, 0);
        g_assert_true(verify_seen(&seen, key));
    }
    free(seen.keys);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verify_file/read", test_read);
    g_test_add_func("/verify_file/seen", test_seen);
    return g_test_run();
}
