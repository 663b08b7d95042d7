/* The child process: what its ends mean to the caller. Programs that misbehave stand in for a child
 * that a hostile picture has taken over. */
#include "image/run.h"

#include "base/error.h"
#include "base/fault.h"
#include "doubles/stores.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

/* Runs a script in the child's place. */
static GBytes *run(const char *script, int64_t patience, GError **error)
{
    static const char *const arguments[] = {"take", NULL};
    g_autofree char *path = g_build_filename(folder, "child", NULL);
    g_autofree char *text = g_strconcat("#!/bin/sh\n", script, "\n", NULL);
    g_autoptr(GBytes) given = g_bytes_new_static("picture", 7);
    g_assert_true(
        g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0755, NULL));
    image_child(path, patience);
    GBytes *out = image_run(arguments, given, error);
    image_child(NULL, IMAGE_PATIENCE);
    return out;
}

static void refuse(const char *script, int64_t patience, KolokolError code, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(run(script, patience, &error));
    g_assert_error(error, KOLOKOL_ERROR, (int)code);
    g_assert_nonnull(strstr(error->message, words));
    g_assert_null(strchr(error->message, '\n'));
}

static void test_good(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) out =
        run("echo \"$1 $(cat) $(/usr/bin/env | /usr/bin/grep -c SECRET_OF_PARENT)\"",
            IMAGE_PATIENCE, &error);
    g_assert_no_error(error);
    g_assert_cmpmem(g_bytes_get_data(out, NULL), (int)g_bytes_get_size(out), "take picture 0\n",
                    15);
}

static void test_bad(void)
{
    const KolokolError invalid = KOLOKOL_ERROR_INVALID;
    refuse("echo 'invalid: this is broken' >&2; exit 1", IMAGE_PATIENCE, invalid, "this is broken");
    refuse("echo 'limit: too much' >&2; exit 1", IMAGE_PATIENCE, KOLOKOL_ERROR_LIMIT, "too much");
    refuse("echo 'io: no memory' >&2; exit 1", IMAGE_PATIENCE, KOLOKOL_ERROR_IO, "no memory");
    refuse("printf 'a\\nb\\377' >&2; exit 7", IMAGE_PATIENCE, invalid, "failed: a b");
    refuse("kill -SEGV $$", IMAGE_PATIENCE, invalid, "signal 11");
    refuse("kill -KILL $$", IMAGE_PATIENCE, invalid, "signal 9");
    refuse("exec /usr/bin/sleep 60", 300000, invalid, "was stopped");
    refuse("exec /usr/bin/cat /dev/zero", IMAGE_PATIENCE, KOLOKOL_ERROR_LIMIT, "becomes more than");
}

static void test_no_sense(void)
{
    static const char *const scripts[] = {"true", "echo hello", "echo 'wide jpg 0 1 1'; echo x",
                                          "echo 'wide jpg 1 1 99999999999'",
                                          "echo 'wide jpg 8 8 5'; printf abc"};
    g_autofree char *path = g_build_filename(folder, "child", NULL);
    g_autoptr(GBytes) given = g_bytes_new_static("picture", 7);
    for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_strconcat("#!/bin/sh\n", scripts[i], "\n", NULL);
        g_assert_true(
            g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0755, NULL));
        image_child(path, IMAGE_PATIENCE);
        g_assert_null(image_take(given, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    image_child(NULL, IMAGE_PATIENCE);
}

static void test_cannot_start(void)
{
    static const char *const arguments[] = {"take", NULL};
    g_autoptr(GError) error = NULL, full = NULL;
    g_autoptr(GBytes) given = g_bytes_new_static("picture", 7);
    image_child("/nowhere/kolokol-image", IMAGE_PATIENCE);
    g_assert_null(image_run(arguments, given, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    image_child(NULL, IMAGE_PATIENCE);
    fault_plan(FAULT_FILE, 1, false);
    g_assert_null(image_run(arguments, given, &full));
    fault_end();
    g_assert_error(full, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("SECRET_OF_PARENT", "1", TRUE);
    folder = g_dir_make_tmp("kolokol-image-XXXXXX", NULL);
    g_test_add_func("/image/run/good", test_good);
    g_test_add_func("/image/run/bad", test_bad);
    g_test_add_func("/image/run/no-sense", test_no_sense);
    g_test_add_func("/image/run/cannot-start", test_cannot_start);
    int status = g_test_run();
    stores_remove_tree(folder);
    g_free(folder);
    return status;
}
