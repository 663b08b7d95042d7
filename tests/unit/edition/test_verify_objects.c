#include "edition/verify_private.h"

#include "base/file.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#define A    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" /* of "abc" */
#define NAME "o/ba/" A ".webp"
#define LINE "SHA256 (" NAME ") = " A "\n"
#define HEAD "kolokol-objects 1\n"

/* Is this OBJECTS right, in a tree that has the file "abc"? */
static bool right(const char *text, VerifyReport *report)
{
    char *folder = folder_new();
    FILE_AUTO directory = directory_open(folder, false, NULL);
    VerifyRequest request = {0};
    Verify verify = {.request = &request, .report = report, .top = directory, .objects = -1};
    unsigned char hash[VERIFY_HASH];
    *report = (VerifyReport){0};
    g_assert_true(fixture_run(folder, "mkdir -p o/ba && printf abc > " NAME));
    g_assert_true(file_create(directory, "OBJECTS", text, strlen(text), 0644, NULL));
    crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
    bool fine = verify_objects(&verify, "OBJECTS", hash);
    free(verify.seen.keys);
    folder_free(folder);
    return fine;
}

static void test_all(void)
{
    VerifyReport report;
    g_assert_true(right(HEAD "size: 3 " NAME "\n" LINE, &report));
    g_assert_cmpuint(report.objects, ==, 1);
    g_assert_true(right(HEAD, &report));
    g_assert_false(right(HEAD "size: 4 " NAME "\n" LINE, &report));
    g_assert_cmpstr(report.wrong, ==, NAME);
    static const char *const bad[] = {
        "",
        LINE,
        HEAD LINE,
        HEAD "size: 3 " NAME "\n",
        HEAD "size:  3 " NAME "\n" LINE,
        HEAD "size: x " NAME "\n" LINE,
        HEAD "size: 3 " NAME "\nsize: 3 " NAME "\n" LINE,
        HEAD "size: 3 o/ba/" A ".jpg\n" LINE,
        HEAD "size: 3 ../ba\nSHA256 (../ba) = " A "\n",
        HEAD "s",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(right(bad[i], &report));
        g_assert_cmpstr(report.wrong, ==, "OBJECTS");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verify_objects/all", test_all);
    return g_test_run();
}
