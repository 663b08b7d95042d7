/*
 * The real child over pictures that are broken on purpose (shared material): never a crash of
 * anything but the child. An ordinary run takes one in ONE_IN; KOLOKOL_FULL=1 all.
 */
#include "image/image.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "sampled.h"
#include "shared.h"
#include "unpack.h"

#include <string.h>

#define ONE_IN 4u

typedef struct {
    unsigned taken, refused;
} Count;

/* PngSuite says by the name which ones are corrupt. */
static void visit(const char *path, void *data)
{
    Count *count = data;
    g_autoptr(GError) error = NULL;
    if (!sampled(path, ONE_IN)) {
        return;
    }
    g_autoptr(GBytes) given = file_read(path, LIMIT_OBJECT, NULL);
    g_assert_nonnull(given);
    g_autofree char *name = g_path_get_basename(path);
    g_autoptr(ImageForm) form = image_take(given, &error);
    g_assert_true((form == NULL) == (error != NULL));
    g_assert_true(error == NULL || g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID) ||
                  g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT));
    g_assert_true(error == NULL || strstr(error->message, "WARNING") == NULL);
    g_assert_false(error != NULL && g_str_has_suffix(error->message, ": "));
    if (strstr(path, "/pngsuite/") != NULL && g_str_has_suffix(name, ".png")) {
        g_assert_true((name[0] == 'x') == (form == NULL));
    }
    g_assert_false(form != NULL && g_str_has_prefix(name, "65536"));
    *(form == NULL ? &count->refused : &count->taken) += 1;
}

static void test_shared_malformed(void)
{
    g_autofree char *archive = shared_path("data/images-malformed/files.tar.zst");
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    if (folder == NULL) {
        return;
    }
    Count count = {0};
    shared_walk(folder, visit, &count);
    g_test_message("%u taken, %u refused", count.taken, count.refused);
    g_assert_cmpuint(count.taken, >=, sampled_all() ? 75 : 10);
    g_assert_cmpuint(count.refused, >=, sampled_all() ? 50 : 10);
    shared_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *child =
        g_build_filename(g_getenv("KOLOKOL_BUILD"), "src/main/kolokol-image", NULL);
    image_child(child, IMAGE_PATIENCE);
    g_test_add_func("/image/malformed/shared", test_shared_malformed);
    return g_test_run();
}
