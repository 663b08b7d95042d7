#include "desk/story_edit.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/limits.h"
#include "desk/redirect.h"
#include "desk/revision.h"
#include "desk/story_card.h"
#include "fixture.h"

#include <string.h>

static void test_save(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t number = 0;
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "body", "one", NULL);
    assert_ok(
        story_save(store, site, id, "A", "", "one", STORY_MARKDOWN, "anna", now, &number, error));
    g_assert_cmpint(number, ==, 1);
    assert_ok(
        story_save(store, site, id, "A", "", "two", STORY_MARKDOWN, "anna", now, &number, error));
    g_assert_cmpint(number, ==, 2);
    assert_ok(
        story_save(store, site, id, "B", "", "two", STORY_MARKDOWN, "anna", now, &number, error));
    assert_ok(story_save(store, site, id, "B", "", "two", STORY_HTML, "anna", now, &number, error));
    g_assert_cmpint(number, ==, 4);
    g_autoptr(Revision) revision = revision_read(store, id, 3, NULL);
    g_assert_cmpstr(revision->title, ==, "B");
    g_assert_cmpstr(revision->editor, ==, "anna");
    g_assert_cmpstr(revision->body, ==, "two");
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpint(story->updated, ==, 0); /* nobody has seen it */
    assert_fails(story_save(store, site, id, " ", "", "", STORY_HTML, "", now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "title");
    g_autofree char *longest = g_strnfill(LIMIT_BODY + 1, 'a');
    assert_fails(story_save(store, site, id, "A", "", longest, STORY_HTML, "", now, NULL, error),
                 KOLOKOL_ERROR_LIMIT, "body");
    longest[LIMIT_TITLE + 1] = '\0';
    assert_fails(story_save(store, site, id, longest, "", "", STORY_HTML, "", now, NULL, error),
                 KOLOKOL_ERROR_LIMIT, "title");
    assert_fails(story_save(store, site, id, "A", "", "\xff", STORY_HTML, "", now, NULL, error),
                 KOLOKOL_ERROR_INVALID, "UTF-8");
}

static void test_rename(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "date", "2026-11-20", NULL);
    fixture_put(store, "title", "B", "path", "b.html", NULL);
    g_free(fixture_touches(store));
    assert_ok(story_rename(store, site, id, "new.html", now, error));
    g_autofree char *touches = fixture_touches(store);
    g_assert_nonnull(strstr(touches, "path:2026/11/20/a.html"));
    g_assert_nonnull(strstr(touches, "status:2026-11 story:1"));
    assert_ok(story_rename(store, site, id, "newer.html", now, error));
    g_autoptr(Redirect) first = redirect_by_path(store, "2026/11/20/a.html", now, NULL);
    g_assert_cmpstr(first->target, ==, "newer.html"); /* no chain */
    g_autofree char *again = fixture_touches(store);
    g_assert_nonnull(strstr(again, "path:2026/11/20/a.html path:new.html"));
    assert_ok(story_rename(store, site, id, "2026/11/20/a.html", now,
                           error)); /* back: the redirect goes */
    assert_fails(redirect_by_path(store, "2026/11/20/a.html", now, error) != NULL,
                 KOLOKOL_ERROR_NOT_FOUND, "nothing");
    g_autoptr(GPtrArray) month = redirect_list_month(store, "2026-11", now, NULL);
    g_assert_cmpuint(month->len, ==, 2);
    assert_fails(story_rename(store, site, id, "b.html", now, error), KOLOKOL_ERROR_CONFLICT,
                 "held by story 2 \"B\"");
    assert_fails(story_rename(store, site, 2, "new.html", now, error), KOLOKOL_ERROR_CONFLICT,
                 "an old address of story 1");
    assert_fails(story_rename(store, site, id, "../b.html", now, error), KOLOKOL_ERROR_INVALID,
                 "..");
}

static void test_rename_draft(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "path", "a.html", NULL);
    assert_ok(story_rename(store, site, id, "b.html", now, error));
    assert_fails(redirect_by_path(store, "a.html", now, error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "nothing");
    fixture_put(store, "title", "B", "path", "a.html", NULL); /* free again */
}

static void test_slug(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "date", "2026-11-20", NULL);
    int64_t given = fixture_put(store, "title", "B", "path", "b.html", NULL);
    assert_ok(story_set_slug(store, site, id, "c", now, error));
    assert_ok(story_set_slug(store, site, given, "d", now, error));
    g_autoptr(Story) moved = story_read(store, id, NULL);
    g_autoptr(Story) kept = story_read(store, given, NULL);
    g_assert_cmpstr(moved->path, ==, "2026/11/20/c.html");
    g_assert_cmpstr(kept->path, ==, "b.html");
    g_assert_cmpstr(kept->slug, ==, "d");
    assert_fails(story_set_slug(store, site, id, "C!", now, error), KOLOKOL_ERROR_INVALID,
                 "no address part");
}

static void test_names(Store *store, const char *url)
{
    static const char *const topics[] = {"Rivers", "rivers", "Maps", NULL};
    static const char *const authors[] = {"reporting: Ivan", "Anna Li", NULL};
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "date", "2026-11-20", "section", "Old", NULL);
    assert_ok(story_set_section(store, site, id, "New", now, error));
    assert_ok(story_set_topics(store, site, id, topics, now, error));
    assert_ok(story_set_authors(store, site, id, authors, "AP", now, error));
    assert_text(fixture_list(store, "list:section/en/old", now, 5), "");
    assert_text(fixture_list(store, "list:section/en/new", now, 5), "A");
    assert_text(fixture_list(store, "list:topic/en/maps", now, 5), "A");
    assert_text(fixture_list(store, "list:author/en/ivan", now, 5), "A");
    assert_text(fixture_counts(store, "count:section-years/en/old", now), "");
    assert_text(fixture_counts(store, "count:section-year/en/new/2026", now), "2026-11 1");
    g_autoptr(StoryCard) card = story_card(store, id, now, NULL);
    g_assert_cmpuint(card->bylines->len, ==, 2);
    const StoryByline *first = card->bylines->pdata[0];
    g_assert_cmpstr(first->name, ==, "Anna Li");
    g_assert_cmpstr(card->section_name, ==, "New");
    g_assert_cmpstr(card->agency, ==, "AP");
    g_free(fixture_touches(store));
    assert_ok(story_set_topics(store, site, id, topics, now, error));
    assert_ok(story_set_section(store, site, id, "New", now, error));
    assert_text(fixture_touches(store), "");
    assert_ok(story_set_section(store, site, id, NULL, now, error));
    assert_text(fixture_list(store, "list:section/en/new", now, 5), "");
}

static void test_date(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "date", "2026-11-20", NULL);
    assert_ok(story_set_date(store, site, id, now + CLOCK_DAY, now, error));
    g_autoptr(Story) later = story_read(store, id, NULL);
    g_assert_cmpint(later->state, ==, STORY_SCHEDULED);
    g_assert_cmpstr(later->path, ==, "2026/11/20/a.html");
    assert_text(fixture_list(store, "list:all/en", now, 5), "");
    assert_ok(story_set_date(store, site, id, now - CLOCK_DAY, now, error));
    g_autoptr(Story) out = story_read(store, id, NULL);
    g_assert_cmpint(out->state, ==, STORY_PUBLISHED);
    assert_text(fixture_list(store, "list:day/en/2026-11-22", now, 5), "A");
    assert_text(fixture_counts(store, "count:month/en/2026-11", now), "2026-11-22 1");
}

static void test_kind(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", NULL);
    assert_ok(story_set_kind(store, site, id, STORY_KIND_OPINION, now, error));
    assert_text(fixture_list(store, "list:opinion/en", now, 5), "A");
    assert_ok(story_set_kind(store, site, id, STORY_KIND_PAGE, now, error));
    assert_text(fixture_list(store, "list:opinion/en", now, 5), "");
    assert_text(fixture_list(store, "list:all/en", now, 5), "");
    assert_text(fixture_list(store, "list:pages/en", now, 5), "A");
}

static void test_translation(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t english = fixture_put(store, "title", "A", NULL);
    int64_t russian = fixture_put(store, "title", "Б", "language", "ru", NULL);
    assert_ok(story_set_translation_of(store, site, russian, english, now, error));
    g_autoptr(GPtrArray) group = story_group(store, english, now, NULL);
    g_assert_cmpuint(group->len, ==, 2);
    g_assert_cmpstr(((StoryCard *)group->pdata[1])->language, ==, "ru");
    assert_ok(
        story_set_translation_of(store, site, english, 0, now, error)); /* the first one leaves */
    g_autoptr(Story) alone = story_read(store, english, NULL);
    g_assert_cmpint(alone->group, !=, english);
    g_autofree char *touches = fixture_touches(store);
    g_assert_nonnull(strstr(touches, "group:1"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/edit/save", test_save);
    stores_test_add("/desk/edit/rename", test_rename);
    stores_test_add("/desk/edit/rename-draft", test_rename_draft);
    stores_test_add("/desk/edit/slug", test_slug);
    stores_test_add("/desk/edit/names", test_names);
    stores_test_add("/desk/edit/date", test_date);
    stores_test_add("/desk/edit/kind", test_kind);
    stores_test_add("/desk/edit/translation", test_translation);
    return g_test_run();
}
