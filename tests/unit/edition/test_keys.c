#include "edition/keys.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>
#include <sys/stat.h>

static void test_init(void)
{
    char *folder = folder_new();
    g_autofree char *keys = g_build_filename(folder, "keys", NULL);
    g_autofree char *secret_path = g_build_filename(keys, "publish.key", NULL);
    g_autoptr(GError) error = NULL;
    SecretKey secret;
    PublicKey publish, fresh;
    g_assert_false(keys_read_publish(keys, &secret, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "keys init"));
    g_clear_error(&error);
    g_assert_true(keys_init(keys, NULL));
    struct stat info;
    g_assert_cmpint(stat(keys, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0700);
    g_assert_cmpint(stat(secret_path, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0600);
    g_assert_true(keys_read_publish(keys, &secret, NULL));
    g_assert_true(keys_read_public(keys, "publish", &publish, NULL));
    g_assert_true(keys_read_public(keys, "fresh", &fresh, NULL));
    PublicKey own = secret_key_public(&secret);
    g_assert_cmpmem(&own, sizeof own, &publish, sizeof publish);
    g_assert_cmpint(memcmp(publish.bytes, fresh.bytes, sizeof fresh.bytes), !=, 0);
    g_assert_false(keys_init(keys, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_assert_true(fixture_run(keys, "minisign -R -f -s publish.key -p again.pub </dev/null && "
                                    "test \"$(tail -1 again.pub)\" = \"$(tail -1 publish.pub)\""));
    secret_key_clear(&secret);
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keys/init", test_init);
    return g_test_run();
}
