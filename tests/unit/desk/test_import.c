/* Stories in: the rules of import.h, on both engines. */
#include "desk/import.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/author.h"
#include "desk/redirect.h"
#include "desk/revision.h"
#include "desk/section.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <string.h>

static void test_put(Store *store, const char *url)
{
    g_autoptr(StoryInput) input =
        fixture_input("id", "a-1", "title", "  Rivers\nrise ", "date", "2026-11-22T23:30:00",
                      "section", "World News", "topics", "Rivers", "topics", "Riga", "authors",
                      "Anna Li", "authors", "reporting: Ivan Petrov", "authors", "withheld", "lead",
                      "A lead", "agency", "AP", "body", "Text ![x](media:9)", NULL);
    g_auto(StoryPut) put = {0};
    assert_ok(
        story_put(store, fixture_site(), input, STORY_PUT_PUBLISH, fixture_now(), &put, error));
    g_assert_true(put.created && !put.changed);
    g_assert_cmpuint(put.notes->len, ==, 6);
    g_assert_cmpstr(put.notes->pdata[0], ==, "section \"World News\" created");
    g_assert_nonnull(strstr(put.notes->pdata[5], "\"media:9\""));
    g_autoptr(Story) story = story_read(store, put.id, NULL);
    g_assert_cmpstr(story->headline, ==, "Rivers rise");
    g_assert_cmpstr(story->path, ==, "2026/11/22/rivers-rise.html");
    g_assert_cmpint(story->published, ==, fixture_moment("2026-11-22T21:30:00Z"));
    g_assert_cmpint(story->day, ==, 20261122);
    g_assert_cmpint(story->state, ==, STORY_PUBLISHED);
    g_assert_cmpint(story->group, ==, story->id);
    g_assert_cmpstr(story->section, ==, "world-news");
    g_assert_cmpstr(story->topics[1], ==, "riga");
    g_assert_cmpstr(story->authors[0], ==, "anna-li");
    g_assert_cmpstr(story->reporting[0], ==, "ivan-petrov");
    g_assert_true(story->withheld);
    g_assert_cmpint(story->revision, ==, 1);
    g_assert_cmpint(story->updated, ==, 0);
    g_autofree char *body = NULL;
    StoryFormat format = STORY_HTML;
    assert_ok(story_text(store, put.id, &body, &format, error));
    g_assert_cmpstr(body, ==, "Text ![x](media:9)");
    g_assert_cmpint(format, ==, STORY_MARKDOWN);
    g_autoptr(Author) author = author_read(store, "en", "anna-li", NULL);
    g_assert_cmpstr(author->name, ==, "Anna Li");
}

static void again(Store *store, const StoryInput *input, unsigned flags, bool changed)
{
    g_auto(StoryPut) put = {0};
    assert_ok(
        story_put(store, fixture_site(), input, flags, fixture_now() + CLOCK_HOUR, &put, error));
    g_assert_false(put.created);
    g_assert_true(put.changed == changed);
}

static void test_again(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "id", "x", "title", "A", "section", "News", "date",
                             "2026-11-20", "body", "one", NULL);
    g_autofree char *first = fixture_touches(store);
    g_assert_nonnull(strstr(first, "list:all/en"));
    g_autoptr(StoryInput) same = fixture_input("id", "x", "title", "A", "section", "News", "date",
                                               "2026-11-20", "body", "one", NULL);
    again(store, same, STORY_PUT_PUBLISH, false);
    assert_text(fixture_touches(store), "");
    g_autoptr(StoryInput) other = fixture_input("id", "x", "title", "A", "section", "News", "date",
                                                "2026-11-20", "body", "two", NULL);
    again(store, other, STORY_PUT_PUBLISH, true);
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpint(story->revision, ==, 2);
    g_assert_cmpint(story->updated, ==, fixture_now() + CLOCK_HOUR);
    g_autofree char *input =
        g_strdup_printf("sitemap:en/2026-11 story:%d text:all/en text:section/en/news", (int)id);
    assert_text(fixture_touches(store), input);
    again(store, other, STORY_PUT_PUBLISH, false);
    again(store, other, 0, false); /* another flag, the same story */
    assert_text(fixture_touches(store), "");
    g_autoptr(GPtrArray) revisions = revision_list(store, id, 10, NULL);
    g_assert_cmpuint(revisions->len, ==, 2);
    g_autoptr(Revision) old = revision_read(store, id, 1, NULL);
    g_assert_cmpstr(old->body, ==, "one");
}

/* What an import does not bring back, and what it does. */
static void test_states(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "id", "x", "title", "A", NULL);
    assert_ok(story_withdraw(store, fixture_site(), id, fixture_now(), error));
    g_autoptr(StoryInput) changed =
        fixture_input("id", "x", "title", "B", "status", "published", NULL);
    again(store, changed, STORY_PUT_PUBLISH, true);
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpint(story->state, ==, STORY_WITHDRAWN);
    int64_t draft = fixture_try(store, 0, NULL, "title", "D", "status", "published", NULL);
    g_autoptr(Story) ready = story_read(store, draft, NULL);
    g_assert_cmpint(ready->state, ==, STORY_READY);
    g_assert_null(ready->path);
    int64_t later = fixture_put(store, "title", "L", "date", "2026-12-01T10:00:00Z", NULL);
    g_autoptr(Story) scheduled = story_read(store, later, NULL);
    g_assert_cmpint(scheduled->state, ==, STORY_SCHEDULED);
    g_assert_cmpstr(scheduled->path, ==, "2026/12/01/l.html");
    g_autoptr(StoryInput) promoted = fixture_input("id", "y", "title", "Y", NULL);
    g_auto(StoryPut) put = {0};
    assert_ok(story_put(store, fixture_site(), promoted, 0, fixture_now(), &put, error));
    again(store, promoted, STORY_PUT_PUBLISH, true);
    g_autoptr(Story) out = story_read(store, put.id, NULL);
    g_assert_cmpint(out->state, ==, STORY_PUBLISHED);
    g_autoptr(StoryInput) gone =
        fixture_input("id", "y", "title", "Y", "status", "withdrawn", NULL);
    again(store, gone, STORY_PUT_PUBLISH, true);
    g_autoptr(Redirect) tombstone = redirect_by_path(store, out->path, fixture_now(), NULL);
    g_assert_cmpint(tombstone->status, ==, 410);
}

#define REFUSED(code, words, ...)                                                                  \
    do {                                                                                           \
        g_autoptr(GError) why = NULL;                                                              \
        g_assert_cmpint(fixture_try(store, STORY_PUT_PUBLISH, &why, __VA_ARGS__, NULL), ==, 0);    \
        g_assert_error(why, KOLOKOL_ERROR, code);                                                  \
        if (strstr(why->message, words) == NULL) {                                                 \
            g_error("\"%s\" is not in \"%s\"", words, why->message);                               \
        }                                                                                          \
    } while (0)

static void test_refused(Store *store, const char *url)
{
    fixture_put(store, "id", "x", "title", "Taken", "slug", "taken", "date", "2026-11-20", NULL);
    fixture_put(store, "title", "P", "path", "old/p.html", "aliases", "older/p", NULL);
    g_free(fixture_touches(store)); /* those so far */
    REFUSED(KOLOKOL_ERROR_INVALID, "title is missing", "body", "b");
    REFUSED(KOLOKOL_ERROR_INVALID, "title is missing", "title", " \n ");
    REFUSED(KOLOKOL_ERROR_INVALID, "language \"de\"", "title", "t", "language", "de");
    REFUSED(KOLOKOL_ERROR_INVALID, "kind \"blog\"", "title", "t", "kind", "blog");
    REFUSED(KOLOKOL_ERROR_INVALID, "status \"gone\"", "title", "t", "status", "gone");
    REFUSED(KOLOKOL_ERROR_INVALID, "is not a date", "title", "t", "date", "0000-01-01T00:00:00Z");
    REFUSED(KOLOKOL_ERROR_INVALID, "is not a date", "title", "t", "date", "yesterday");
    REFUSED(KOLOKOL_ERROR_INVALID, "slug \"A b\"", "title", "t", "slug", "A b");
    REFUSED(KOLOKOL_ERROR_INVALID, "uses itself", "title", "t", "path", "index.html");
    REFUSED(KOLOKOL_ERROR_INVALID, "uses itself", "title", "t", "kind", "page", "slug", "index");
    REFUSED(KOLOKOL_ERROR_INVALID, "not both", "title", "t", "body", "b", "html", "h");
    REFUSED(KOLOKOL_ERROR_INVALID, "photo \"river.jpg\" is missing", "title", "t", "photo",
            "river.jpg");
    REFUSED(KOLOKOL_ERROR_NOT_FOUND, "no picture 7", "title", "t", "photo", "7");
    REFUSED(KOLOKOL_ERROR_INVALID, "bring the original in first", "title", "t", "translation_of",
            "nowhere");
    REFUSED(KOLOKOL_ERROR_CONFLICT, "held by story 1 \"Taken\"", "title", "t", "slug", "taken",
            "date", "2026-11-20");
    REFUSED(KOLOKOL_ERROR_CONFLICT, "held by story 1", "title", "t", "path",
            "2026/11/20/taken.html");
    REFUSED(KOLOKOL_ERROR_CONFLICT, "an old address of story 2", "title", "t", "path",
            "older/p/index.html");
    REFUSED(KOLOKOL_ERROR_CONFLICT, "a group has one story a language", "title", "t",
            "translation_of", "x");
    REFUSED(KOLOKOL_ERROR_CONFLICT, "a translation needs an id of its own", "title", "t", "id", "x",
            "language", "ru");
    REFUSED(KOLOKOL_ERROR_INVALID, "topic \"!\"", "title", "t", "section", "New one", "topics",
            "!");
    assert_text(fixture_touches(store), "");
    assert_fails(section_read(store, "en", "new-one", error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "new-one");
}

static void test_same_headline(Store *store, const char *url)
{
    int64_t one = fixture_put(store, "title", "Rain", "date", "2026-11-20", NULL);
    int64_t two = fixture_put(store, "title", "Rain", "date", "2026-11-20", NULL);
    g_autoptr(Story) first = story_read(store, one, NULL);
    g_autoptr(Story) second = story_read(store, two, NULL);
    g_assert_cmpstr(first->path, ==, "2026/11/20/rain.html");
    g_assert_cmpstr(second->path, ==, "2026/11/20/rain-2.html");
}

static void test_aliases(Store *store, const char *url)
{
    fixture_put(store, "title", "Other", "path", "held.html", NULL);
    g_autoptr(StoryInput) input =
        fixture_input("id", "x", "title", "A", "date", "2020-05-01", "aliases", "/2020/x/",
                      "aliases", "?p=12", "aliases", "held.html", NULL);
    g_auto(StoryPut) put = {0};
    assert_ok(
        story_put(store, fixture_site(), input, STORY_PUT_PUBLISH, fixture_now(), &put, error));
    g_assert_cmpuint(put.notes->len, ==, 2);
    g_assert_nonnull(strstr(put.notes->pdata[0], "query"));
    g_assert_nonnull(strstr(put.notes->pdata[1], "held by story 1"));
    g_autoptr(Redirect) redirect =
        redirect_by_path(store, "2020/x/index.html", fixture_now(), NULL);
    g_assert_cmpint(redirect->status, ==, 301);
    g_assert_cmpstr(redirect->target, ==, "2020/05/01/a.html");
    g_autofree char *touches = fixture_touches(store);
    g_assert_nonnull(strstr(touches, "path:2020/x/index.html"));
    g_assert_nonnull(strstr(touches, "status:2020-04")); /* midnight in Riga */
}

/* Where names have no case one would lie over the other; what the story has already is no news. */
static void test_alias_capitals(Store *store, const char *url)
{
    g_autoptr(StoryInput) input = fixture_input(
        "id", "x", "title", "A", "path", "News/A.html", "aliases", "news/a.html", "aliases",
        "Old/A", "aliases", "old/a", "aliases", "Old/A/", "aliases", "News/A.html", NULL);
    g_auto(StoryPut) put = {0};
    assert_ok(
        story_put(store, fixture_site(), input, STORY_PUT_PUBLISH, fixture_now(), &put, error));
    g_assert_cmpuint(put.notes->len, ==, 2);
    g_assert_nonnull(strstr(put.notes->pdata[0], "news/a.html differs from News/A.html"));
    g_assert_nonnull(strstr(put.notes->pdata[1], "old/a/index.html differs from Old/A/index.html"));
    assert_fails(redirect_by_path(store, "old/a/index.html", fixture_now(), error) != NULL,
                 KOLOKOL_ERROR_NOT_FOUND, "old/a");
    assert_fails(redirect_by_path(store, "news/a.html", fixture_now(), error) != NULL,
                 KOLOKOL_ERROR_NOT_FOUND, "news/a");
    g_autoptr(StoryInput) again = fixture_input("id", "x", "title", "B", "path", "News/A.html",
                                                "aliases", "Old/A", "aliases", "News/A.html", NULL);
    g_auto(StoryPut) second = {0};
    assert_ok(
        story_put(store, fixture_site(), again, STORY_PUT_PUBLISH, fixture_now(), &second, error));
    g_assert_true(second.changed);
    g_assert_null(second.notes);
}

static void test_moved(Store *store, const char *url)
{
    fixture_put(store, "id", "x", "title", "A", "date", "2026-11-20", NULL);
    fixture_put(store, "id", "x", "title", "A", "date", "2026-11-20", "slug", "better", NULL);
    g_autoptr(Story) story = story_by_external(store, "x", NULL);
    g_assert_cmpstr(story->path, ==, "2026/11/20/better.html");
    g_autoptr(Redirect) redirect =
        redirect_by_path(store, "2026/11/20/a.html", fixture_now(), NULL);
    g_assert_cmpstr(redirect->target, ==, "2026/11/20/better.html");
    fixture_put(store, "id", "x", "title", "A", "date", "2026-11-21", NULL); /* the path stays */
    g_autoptr(Story) dated = story_by_external(store, "x", NULL);
    g_assert_cmpstr(dated->path, ==, "2026/11/20/better.html");
    g_assert_cmpint(dated->day, ==, 20261121);
}

static void test_translation(Store *store, const char *url)
{
    int64_t original = fixture_put(store, "id", "x", "title", "River", NULL);
    int64_t russian = fixture_put(store, "title", "Река", "language", "ru", "translation_of", "x",
                                  "date", "2026-11-20", NULL);
    g_autoptr(Story) story = story_read(store, russian, NULL);
    g_assert_cmpint(story->group, ==, original);
    g_assert_cmpstr(story->path, ==, "ru/2026/11/20/reka.html");
}

static void test_dry_run(Store *store, const char *url)
{
    g_autoptr(StoryInput) input = fixture_input("title", "A", "section", "New", NULL);
    g_auto(StoryPut) put = {0};
    assert_ok(story_put(store, fixture_site(), input, STORY_PUT_PUBLISH | STORY_PUT_DRY_RUN,
                        fixture_now(), &put, error));
    g_assert_true(put.created);
    g_assert_cmpint(put.id, ==, 0);
    g_assert_cmpstr(put.notes->pdata[0], ==, "section \"New\" created");
    g_autoptr(GArray) ids = story_ids_after(store, 0, 10, NULL);
    g_assert_cmpuint(ids->len, ==, 0);
    assert_text(fixture_touches(store), "");
}

#define ROW 130

static void test_row(Store *store, const char *url)
{
    const StoryInput *inputs[ROW];
    StoryPut puts[ROW] = {0};
    GError *errors[ROW] = {0};
    for (unsigned i = 0; i < ROW; i++) {
        g_autofree char *id = g_strdup_printf("%u", i + 1000);
        g_autofree char *date = g_strdup_printf("2026-%02u-10", i % 11 + 1);
        inputs[i] = i % 50 == 49 ? fixture_input("id", id, "language", "xx", "title", "Bad", NULL)
                                 : fixture_input("id", id, "title", "Story", "section", "News",
                                                 "topics", "All", "date", date, "body", "b", NULL);
    }
    {
        g_autoptr(DeskImport) import =
            desk_import_new(store, fixture_site(), STORY_PUT_PUBLISH, fixture_now());
        assert_ok(desk_import_run(import, inputs, ROW, puts, errors, error));
    }
    for (unsigned i = 0; i < ROW; i++) {
        g_assert_true((i % 50 == 49) == (errors[i] != NULL));
        g_assert_true(puts[i].created == (errors[i] == NULL));
        g_clear_error(&errors[i]);
        story_put_clear(&puts[i]);
    }
    assert_text(fixture_counts(store, "count:years/en", fixture_now()), "2026 128");
    assert_text(fixture_counts(store, "count:topic-years/en/all", fixture_now()), "2026 128");
    g_free(fixture_touches(store)); /* those so far */
    StoreCounts before = store_counts(store);
    g_autoptr(DeskImport) import =
        desk_import_new(store, fixture_site(), STORY_PUT_PUBLISH, fixture_now());
    assert_ok(desk_import_run(import, inputs, ROW, puts, errors, error));
    g_assert_cmpuint(store_counts(store).writes - before.writes, ==, 0);
    for (unsigned i = 0; i < ROW; i++) {
        g_assert_false(puts[i].created || puts[i].changed);
        g_clear_error(&errors[i]);
        story_put_clear(&puts[i]);
        story_input_free((StoryInput *)(uintptr_t)inputs[i]);
    }
    assert_text(fixture_touches(store), "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/import/put", test_put);
    stores_test_add("/desk/import/again", test_again);
    stores_test_add("/desk/import/states", test_states);
    stores_test_add("/desk/import/refused", test_refused);
    stores_test_add("/desk/import/same-headline", test_same_headline);
    stores_test_add("/desk/import/aliases", test_aliases);
    stores_test_add("/desk/import/alias-capitals", test_alias_capitals);
    stores_test_add("/desk/import/moved", test_moved);
    stores_test_add("/desk/import/translation", test_translation);
    stores_test_add("/desk/import/dry-run", test_dry_run);
    stores_test_add("/desk/import/row", test_row);
    return g_test_run();
}
