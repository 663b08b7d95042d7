#include "desk/takedown_reach.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/media.h"
#include "desk/story_edit.h"
#include "fixture.h"

#include <inttypes.h>

/* A header alone will do: nothing here decodes. The last byte tells two apart. */
static int64_t add_picture(Store *store, unsigned char number)
{
    unsigned char png[] = {0x89, 'P', 'N', 'G', 13,  10, 26, 10, 0,  0, 0,
                           13,   'I', 'H', 'D', 'R', 0,  0,  3,  32, 0, 0,
                           2,    88,  8,   2,   0,   0,  0,  0,  0,  0, number};
    g_autofree char *folder = g_dir_make_tmp("reach-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t id = 0;
    assert_ok(media_add(store, directory, png, sizeof png, NULL, fixture_now(), &id, NULL, error));
    stores_remove_tree(folder);
    return id;
}

static bool goes(Store *store, int64_t story, int64_t media)
{
    bool it = false;
    assert_ok(takedown_reach_goes(store, story, media, &it, error));
    return it;
}

/* The photo of now, the one before it, one in an earlier text; what another story shows stays. */
static void test_pictures(Store *store, const char *url)
{
    int64_t first = add_picture(store, 1), second = add_picture(store, 2);
    int64_t inner = add_picture(store, 3), other = add_picture(store, 4);
    g_autofree char *photo = g_strdup_printf("%" PRId64, first);
    g_autofree char *body = g_strdup_printf("![](media:%" PRId64 ")", inner);
    int64_t id = fixture_put(store, "title", "One", "path", "one.html", "photo", photo, "credit",
                             "C", "alt", "A", "body", body, NULL);
    g_autofree char *shown = g_strdup_printf("%" PRId64, second);
    fixture_put(store, "title", "Two", "photo", shown, "credit", "C", "alt", "A", NULL);
    const DeskSite *site = fixture_site();
    assert_ok(story_set_photo(store, site, id, second, "", "C", "A", fixture_now(), error));
    assert_ok(story_save(store, site, id, "One", "", "Plain.", STORY_MARKDOWN, "", fixture_now(),
                         NULL, error));
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_auto(TakedownReach) reach = {0};
    assert_ok(takedown_reach_read(store, story, &reach, error));
    g_assert_cmpuint(reach.media->len, ==, 3);
    g_assert_cmpint(g_array_index(reach.media, int64_t, 0), ==, second);
    g_assert_cmpint(g_array_index(reach.media, int64_t, 1), ==, first);
    g_assert_cmpint(g_array_index(reach.media, int64_t, 2), ==, inner);
    g_assert_cmpstr(reach.paths->pdata[0], ==, "one.html");
    g_assert_false(goes(store, id, second));
    g_assert_true(goes(store, id, first));
    g_assert_true(goes(store, id, inner));
    g_assert_true(goes(store, id, other));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/takedown_reach/pictures", test_pictures);
    return g_test_run();
}
