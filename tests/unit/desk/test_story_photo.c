/* A photo without words does not go out, unless the newsroom allows it. */
#include "desk/story_photo.h"

#include "base/error.h"
#include "desk/import.h"
#include "desk/media.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "fixture.h"
#include "press/setting.h"

#include <string.h>

static void test_required(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    g_assert_cmpint(fixture_picture(store, folder, NULL), ==, 1);
    int64_t now = fixture_now();
    assert_fails(fixture_try(store, STORY_PUT_PUBLISH, error, "title", "A", "photo", "1", NULL),
                 KOLOKOL_ERROR_INVALID, "picture 1 has no alt text");
    assert_fails(fixture_try(store, STORY_PUT_PUBLISH, error, "title", "A", "photo", "1", "alt",
                             "Boats", NULL),
                 KOLOKOL_ERROR_INVALID, "picture 1 has no credit");
    int64_t draft = fixture_try(store, 0, NULL, "title", "A", "photo", "1", NULL);
    g_assert_cmpint(draft, !=, 0);
    assert_fails(story_publish(store, fixture_site(), draft, now, error), KOLOKOL_ERROR_INVALID,
                 "kolokol media set");
    MediaWords words = {.photographer = "Anna Li", .alt = "Boats"};
    assert_ok(media_describe(store, 1, &words, error));
    assert_ok(story_publish(store, fixture_site(), draft, now, error));
    stores_remove_tree(folder);
}

/* What is out stays out, and can be edited. */
static void test_optional(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    g_assert_cmpint(fixture_picture(store, folder, NULL), ==, 1);
    bool changed = false;
    assert_ok(setting_set(store, "picture-words", "optional", &changed, error));
    int64_t id = fixture_put(store, "title", "A", "photo", "1", NULL);
    assert_ok(setting_set(store, "picture-words", "required", &changed, error));
    assert_ok(story_save(store, fixture_site(), id, "B", "", "text", STORY_MARKDOWN, "",
                         fixture_now(), NULL, error));
    assert_fails(setting_set(store, "picture-words", "sometimes", &changed, error),
                 KOLOKOL_ERROR_INVALID, "neither required nor optional");
    stores_remove_tree(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/story-photo/required", test_required);
    stores_test_add("/story-photo/optional", test_optional);
    return g_test_run();
}
