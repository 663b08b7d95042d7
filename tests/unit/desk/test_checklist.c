/* What is missing is listed; what must not go out does not. */
#include "desk/checklist.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/comment.h"
#include "desk/media.h"
#include "desk/story_edit.h"
#include "desk/story_embargo.h"
#include "desk/story_state.h"
#include "fixture.h"
#include "press/setting.h"

#include <string.h>

static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0,   0, 0,
                              13,   'I', 'H', 'D', 'R',  0,    0,    2,    128, 0, 0,
                              1,    224, 8,   2,   0,    0,    0,    0,    0,   0, 0};

/* "conflict! photo-alt no-section": what blocks has a mark. */
static char *listed(Store *store, int64_t id)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) list = checklist_of_story(store, id, fixture_now(), &error);
    g_assert_no_error(error);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < list->len; i++) {
        const Check *check = &g_array_index(list, Check, i);
        g_string_append_printf(all, "%s%s%s", i > 0 ? " " : "", check_name(check->kind),
                               check->blocks ? "!" : "");
    }
    return g_string_free(all, FALSE);
}

static void test_list(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t media = 0;
    assert_ok(
        media_add(store, directory, png, sizeof png, NULL, fixture_now(), &media, NULL, error));
    int64_t bare = fixture_try(store, 0, NULL, "title", "A", "photo", "1", NULL);
    assert_text(listed(store, bare),
                "photo-alt! photo-credit! no-text no-standfirst no-section no-byline");
    int64_t whole = fixture_try(store, 0, NULL, "title", "B", "photo", "1", "alt", "Boats",
                                "credit", "Anna", "lead", "L", "section", "City", "authors", "Anna",
                                "body", "![Boats](media:1 \"C | Anna\")\n\n[link](media:1)", NULL);
    assert_text(listed(store, whole), "");
    assert_ok(comment_add(store, whole, 7, "Vera", "", "Why?", 1, NULL, error));
    assert_ok(story_save(store, fixture_site(), whole, "B", "L",
                         "![](media:1 \"C\")\n\n⟪⟪⟪ Vera\n\nx\n", STORY_MARKDOWN, "", fixture_now(),
                         NULL, error));
    assert_text(listed(store, whole), "conflict! picture-alt! picture-credit! comments");
    assert_ok(story_set_embargo(store, fixture_site(), whole, fixture_now() + CLOCK_HOUR,
                                fixture_now(), error));
    assert_text(listed(store, whole), "conflict! embargo! picture-alt! picture-credit! comments");
    stores_remove_tree(folder);
}

static void test_refused(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    const char *marked = "a\n\n⟪⟪⟪ Vera\n\nb\n\n⟪⟫ Ilya\n\nc\n\n⟫⟫⟫\n";
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "body", marked, NULL);
    assert_fails(story_publish(store, site, id, now, error), KOLOKOL_ERROR_INVALID, "line 3");
    assert_fails(story_schedule(store, site, id, now + 1, now, error), KOLOKOL_ERROR_INVALID,
                 "line 3");
    int64_t out = fixture_put(store, "title", "A", "body", "a", NULL);
    assert_fails(
        story_save(store, site, out, "A", "", marked, STORY_MARKDOWN, "", now, NULL, error),
        KOLOKOL_ERROR_INVALID, "take the marks out");
}

/* Pictures in the text: each is named with what it lacks; what was out with less stays, and what is
 * new in it is asked for. */
static void test_pictures(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), media = 0;
    bool changed = false;
    assert_ok(media_add(store, directory, png, sizeof png, NULL, now, &media, NULL, error));
    static const char bare[] = "![](media:1)\n\n![Boats](media:7 \"C | Anna\")\n";
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "body", bare, NULL);
    assert_text(listed(store, id), "picture-alt! picture-credit! picture-missing! no-standfirst "
                                   "no-section no-byline");
    assert_fails(story_publish(store, site, id, now, error), KOLOKOL_ERROR_INVALID,
                 "body: picture 1 has no alt text; write it as");
    assert_fails(story_schedule(store, site, id, now + 1, now, error), KOLOKOL_ERROR_INVALID,
                 "picture 1");
    assert_ok(setting_set(store, "picture-words", "optional", &changed, error));
    assert_ok(story_publish(store, site, id, now, error));
    assert_ok(setting_set(store, "picture-words", "required", &changed, error));
    g_autofree char *more = g_strconcat("New. ", bare, NULL);
    assert_ok(story_save(store, site, id, "A", "", more, STORY_MARKDOWN, "Vera", now, NULL, error));
    g_autofree char *worse = g_strconcat(bare, "\n![](media:8)\n", NULL);
    assert_fails(
        story_save(store, site, id, "A", "", worse, STORY_MARKDOWN, "Vera", now, NULL, error),
        KOLOKOL_ERROR_INVALID, "body: picture 8 is not in the library; take it");
    int64_t whole = fixture_try(store, 0, NULL, "title", "B", "body",
                                "![Boats](media:1 \"| Anna\") [a](media:9)\n\n"
                                "    ![x](media:9)\n\n`![x](media:9)`\n",
                                NULL);
    assert_ok(story_publish(store, site, whole, now, error));
    int64_t linked = fixture_try(store, 0, NULL, "title", "C", "body",
                                 "![see [here](https://a.example/)](media:9)", NULL);
    assert_fails(story_publish(store, site, linked, now, error), KOLOKOL_ERROR_INVALID,
                 "picture 9 is not in the library");
    stores_remove_tree(folder);
}

/* In HTML the words are an alt and the caption of the figure; raw HTML in Markdown is asked too. */
static void test_html(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), media = 0;
    assert_ok(media_add(store, directory, png, sizeof png, NULL, now, &media, NULL, error));
    int64_t bare =
        fixture_try(store, 0, NULL, "title", "A", "html", "<p>a <img src=media:1></p>", NULL);
    assert_fails(story_publish(store, site, bare, now, error), KOLOKOL_ERROR_INVALID,
                 "body: picture 1 has no alt text; give its img an alt");
    static const char whole[] = "<figure><img src=media:1 alt=Boats><figcaption>Boats. Anna"
                                "</figcaption></figure>";
    assert_ok(story_save(store, site, bare, "A", "", whole, STORY_HTML, "Vera", now, NULL, error));
    assert_ok(story_publish(store, site, bare, now, error));
    assert_fails(story_save(store, site, bare, "A", "", "<img src=media:1 alt=a>", STORY_HTML,
                            "Vera", now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "body: picture 1 has no credit; give its img");
    int64_t raw = fixture_try(store, 0, NULL, "title", "B", "body",
                              "a <img src=media:1> b\n\n`<img src=media:9>`\n", NULL);
    assert_fails(story_publish(store, site, raw, now, error), KOLOKOL_ERROR_INVALID,
                 "body: picture 1 has no alt text; write it as");
    stores_remove_tree(folder);
}

/* An import goes out as it is, and how much it lacks is known. */
static void test_lacking(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t now = fixture_now(), media = 0;
    bool changed = false;
    guint lacking = 7;
    assert_ok(media_add(store, directory, png, sizeof png, NULL, now, &media, NULL, error));
    CheckedText text = {.body = "![](media:1) ![a](media:9)", .format = STORY_MARKDOWN};
    assert_ok(checklist_lacking(store, &text, &lacking, error));
    g_assert_cmpuint(lacking, ==, 1);
    fixture_put(store, "title", "A", "body", text.body, NULL);
    assert_ok(setting_set(store, "picture-words", "optional", &changed, error));
    assert_ok(checklist_lacking(store, &text, &lacking, error));
    g_assert_cmpuint(lacking, ==, 0);
    stores_remove_tree(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/checklist/list", test_list);
    stores_test_add("/desk/checklist/refused", test_refused);
    stores_test_add("/desk/checklist/pictures", test_pictures);
    stores_test_add("/desk/checklist/html", test_html);
    stores_test_add("/desk/checklist/lacking", test_lacking);
    return g_test_run();
}
