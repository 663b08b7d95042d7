/* Pictures of a text that are not there, on both engines. */
#include "desk/story_pictures.h"

#include "fixture.h"

static char *missing(Store *store, const char *text, StoryFormat format)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    assert_ok(story_pictures_missing(store, text, format, all, error));
    g_ptr_array_add(all, NULL);
    return g_strjoinv(" ", (char **)all->pdata);
}

static void test_missing(Store *store, const char *url)
{
    static const struct {
        const char *text;
        StoryFormat format;
        const char *missing;
    } rows[] = {
        {"no picture", STORY_MARKDOWN, ""},
        {"[a link](a.jpg)", STORY_MARKDOWN, ""},
        {"`![code](a.jpg)`", STORY_MARKDOWN, ""},
        {"![x](a.jpg)", STORY_MARKDOWN, "a.jpg"},
        {"in ![x](a.jpg) a line ![y](a.jpg)", STORY_MARKDOWN, "a.jpg"},
        {"![x](media:1)", STORY_MARKDOWN, ""},
        {"![x](media:2)\n\n![y](/old/b.png)", STORY_MARKDOWN, "media:2 /old/b.png"},
        {"![x](media:two)", STORY_MARKDOWN, "media:two"},
        {"![x](https://a.example/b.png)", STORY_MARKDOWN, ""},
        {"![1](1.x) ![2](2.x) ![3](3.x) ![4](4.x) ![5](5.x) ![6](6.x)", STORY_MARKDOWN,
         "1.x 2.x 3.x 4.x 5.x"},
        {"<p><img src=\"media:1\"><IMG SRC=\"b.png\"></p>", STORY_HTML, "b.png"},
    };

    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    g_assert_cmpint(fixture_picture(store, folder, NULL), ==, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *found = missing(store, rows[i].text, rows[i].format);
        g_test_message("%s", rows[i].text);
        g_assert_cmpstr(found, ==, rows[i].missing);
    }
    stores_remove_tree(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/story_pictures/missing", test_missing);
    return g_test_run();
}
