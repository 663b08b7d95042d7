#include "desk/story_export.h"

#include "base/error.h"
#include "desk/story_state.h"
#include "desk/takedown.h"
#include "fixture.h"

#include <string.h>

/* What is exported and brought in again changes nothing that is seen. */
static void test_there_and_back(Store *store, const char *url)
{
    fixture_put(store, "id", "o", "title", "Original", "language", "ru", NULL);
    int64_t id = fixture_put(store, "id", "x", "title", "A", "date", "2026-11-20T10:00:00Z",
                             "section", "World News", "topics", "Rivers & dams", "authors",
                             "Anna Li", "authors", "reporting: Ivan", "authors", "withheld",
                             "agency", "AP", "lead", "Lead", "credit", "C", "translation_of", "o",
                             "aliases", "old.html", "html", "<p>x</p>", NULL);
    g_free(fixture_touches(store));
    g_autoptr(StoryInput) out = story_export(store, id, NULL);
    g_assert_cmpstr(out->section, ==, "World News");
    g_assert_cmpstr(out->translation_of, ==, "o");
    g_assert_cmpstr(out->status, ==, "published");
    g_assert_cmpstr(out->html, ==, "<p>x</p>");
    g_assert_cmpstr(out->aliases->pdata[0], ==, "old.html");
    g_auto(StoryPut) put = {0};
    assert_ok(story_put(store, fixture_site(), out, STORY_PUT_PUBLISH, fixture_now(), &put, error));
    g_assert_false(put.created || put.changed);
    g_assert_cmpint(put.id, ==, id);
    assert_text(fixture_touches(store), "");
    assert_ok(
        story_takedown(store, fixture_site(), id, &(Takedown){"", "", NULL}, fixture_now(), error));
    g_autoptr(StoryInput) gone = story_export(store, id, NULL);
    g_assert_cmpstr(gone->status, ==, "taken down");
    assert_fails(story_export(store, 99, error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "no story 99");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/export/there-and-back", test_there_and_back);
    return g_test_run();
}
