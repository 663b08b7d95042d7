#include "edition/verify_private.h"

#include "base/file.h"
#include "fixture.h"

#include <string.h>

static uint64_t extra(const char *shell, const char *dir)
{
    char *folder = folder_new();
    FILE_AUTO directory = directory_open(folder, false, NULL);
    VerifyReport report = {0};
    VerifyNames names = {0};
    Verify verify = {.report = &report, .top = directory, .objects = -1};
    g_assert_true(fixture_run(folder, shell));
    g_assert_true(verify_names_add(&names, "b.html"));
    g_assert_true(verify_names_add(&names, "a.html"));
    g_assert_true(verify_names_add(&names, ".well-known"));
    verify_extra(&verify, dir, &names);
    verify_names_free(&names);
    folder_free(folder);
    return report.extra;
}

static void test_directory(void)
{
    g_assert_cmpuint(extra("touch a.html b.html a.html.gz b.html.br", ""), ==, 0);
    g_assert_cmpuint(extra("touch EDITION EDITION.sig KEY.pub FRESH; mkdir o .git .well-known", ""),
                     ==, 0);
    g_assert_cmpuint(extra("touch c.html a.html.zip a.html.gz.gz; mkdir c", ""), ==, 4);
    g_assert_cmpuint(extra("mkdir c; touch c/a.html c/MANIFEST", "c"), ==, 0);
    g_assert_cmpuint(extra("mkdir c; touch c/.hidden c/EDITION c/d.html", "c"), ==, 3);
    g_assert_cmpuint(extra("true", "absent"), ==, 0);
}

static void test_objects(void)
{
    char *folder = folder_new();
    FILE_AUTO directory = directory_open(folder, false, NULL);
    VerifyReport report = {0};
    Verify verify = {.report = &report, .top = directory, .objects = -1};
    g_assert_true(fixture_run(folder, "mkdir -p o/ab o/more && touch o/ab/x.webp o/ab/x.webp.gz"));
    verify_extra_objects(&verify);
    g_assert_cmpuint(report.extra, ==, 3);
    g_assert_true(g_str_has_prefix(report.first_extra, "o/"));
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verify_extra/directory", test_directory);
    g_test_add_func("/verify_extra/objects", test_objects);
    return g_test_run();
}
