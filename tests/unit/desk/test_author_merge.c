/* Two authors become one: stories, pages, names, in one go and in steps, and back. */
#include "desk/author_merge.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/author.h"
#include "desk/redirect.h"
#include "desk/story.h"
#include "desk/story_count.h"
#include "desk/withhold.h"
#include "fixture.h"

#include <string.h>

static bool merge(Store *store, const char *slug, const char *target, GError **error)
{
    return name_merge(store, &author_merging, fixture_site(), "en", slug, target, fixture_now(),
                      error);
}

static char *bylines_of(Store *store, int64_t id)
{
    g_autoptr(Story) story = story_read(store, id, NULL);
    return g_strjoinv(" ", story->authors);
}

/* Where the page of an author leads, "" if nowhere. */
static char *leads(Store *store, const char *path)
{
    g_autoptr(Redirect) redirect = redirect_by_path(store, path, fixture_now(), NULL);
    return g_strdup(redirect == NULL ? "" : redirect->target);
}

static void test_few(Store *store, const char *url)
{
    g_autofree char *slug = NULL;
    int64_t stories = 0;
    fixture_put(store, "title", "A", "path", "a.html", "authors", "Sea", "authors", "Ships", NULL);
    fixture_put(store, "title", "B", "path", "b.html", "authors", "Ships", NULL);
    fixture_put(store, "title", "C", "status", "draft", "authors", "Ships", "authors", "Ice", NULL);
    fixture_put(store, "title", "D", "path", "d.html", "authors", "Ships of state", NULL);
    g_free(fixture_touches(store));
    assert_ok(merge(store, "ships", "sea", error));
    assert_text(bylines_of(store, 1), "sea");
    assert_text(bylines_of(store, 2), "sea");
    assert_text(bylines_of(store, 3), "sea ice");
    assert_text(bylines_of(store, 4), "ships-of-state");
    g_autofree char *touches = fixture_touches(store);
    g_assert_nonnull(strstr(touches, "list:author/en/sea"));
    g_assert_nonnull(strstr(touches, "list:author/en/ships"));
    g_assert_nonnull(strstr(touches, "path:author/ships/index.html"));
    g_assert_nonnull(strstr(touches, "story:1 story:2"));
    g_assert_null(strstr(touches, "story:4"));
    g_assert_nonnull(strstr(touches, "author:en/ships"));
    assert_fails(author_read(store, "en", "ships", error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "ships");
    assert_text(leads(store, "author/ships/index.html"), "author/sea/index.html");
    assert_ok(story_count_list(store, "list:author/en/sea", fixture_now(), &stories, error));
    g_assert_cmpint(stories, ==, 2);
    assert_ok(story_count_list(store, "list:author/en/ships", fixture_now(), &stories, error));
    g_assert_cmpint(stories, ==, 0);
    assert_ok(author_ensure(store, "en", "Ships", &slug, NULL, error)); /* by name and by slug */
    g_assert_cmpstr(slug, ==, "sea");
    int64_t id = fixture_put(store, "title", "E", "authors", "ships", "authors", "Sea", NULL);
    assert_text(bylines_of(store, id), "sea");
}

static void test_chain(Store *store, const char *url)
{
    fixture_put(store, "title", "A", "authors", "Boats", NULL);
    fixture_put(store, "title", "B", "authors", "Ships", NULL);
    fixture_put(store, "title", "C", "authors", "Sea", NULL);
    assert_ok(merge(store, "boats", "ships", error));
    assert_ok(merge(store, "ships", "sea", error));
    assert_text(bylines_of(store, 1), "sea");
    assert_text(leads(store, "author/boats/index.html"), "author/sea/index.html");
    assert_text(leads(store, "author/ships/index.html"), "author/sea/index.html");
    g_autoptr(GPtrArray) list = name_merge_list(store, &author_merging, "en", "sea", 10, NULL);
    g_assert_cmpuint(list->len, ==, 2);
    g_assert_cmpstr(((NameMerged *)list->pdata[0])->name, ==, "Boats");
    g_assert_false(((NameMerged *)list->pdata[0])->open);
}

static void test_refused(Store *store, const char *url)
{
    fixture_put(store, "title", "A", "authors", "Sea", "authors", "Ships", NULL);
    g_free(fixture_touches(store));
    assert_fails(merge(store, "sea", "sea", error), KOLOKOL_ERROR_INVALID, "itself");
    assert_fails(merge(store, "none", "sea", error), KOLOKOL_ERROR_NOT_FOUND, "none");
    assert_fails(merge(store, "sea", "none", error), KOLOKOL_ERROR_NOT_FOUND, "none");
    assert_text(fixture_touches(store), "");
    assert_text(bylines_of(store, 1), "sea ships");
    assert_fails(name_merge_release(store, &author_merging, fixture_site(), "en", "sea",
                                    fixture_now(), error),
                 KOLOKOL_ERROR_NOT_FOUND, "was merged");
}

/* Who wrote with the one and reported as the other, or reported as both, is named once. */
static void test_reporting(Store *store, const char *url)
{
    fixture_put(store, "title", "A", "authors", "Vera Lind", "authors", "reporting: V. Lind", NULL);
    fixture_put(store, "title", "B", "authors", "reporting: V. Lind", "authors",
                "reporting: Vera Lind", "authors", "withheld", NULL);
    assert_ok(merge(store, "v-lind", "vera-lind", error));
    g_autoptr(Story) first = story_read(store, 1, NULL);
    g_assert_cmpstr(first->authors[0], ==, "vera-lind");
    g_assert_null(first->authors[1]);
    g_assert_null(first->reporting[0]);
    g_autoptr(Story) second = story_read(store, 2, NULL);
    g_assert_null(second->authors[0]);
    g_assert_cmpstr(second->reporting[0], ==, "vera-lind");
    g_assert_null(second->reporting[1]);
    g_assert_true(second->withheld);
}

/* More than a step's: the first in the order, the rest by the job. */
static void test_many(Store *store, const char *url)
{
    bool ran = true;
    unsigned jobs = 0;
    for (unsigned i = 0; i < 2 * NAME_MERGE_STEP + 3; i++) {
        g_autofree char *title = g_strdup_printf("S%u", i);
        fixture_put(store, "title", title, "authors", "Ships", NULL);
    }
    fixture_put(store, "title", "Last", "authors", "Sea", NULL);
    assert_ok(merge(store, "ships", "sea", error));
    assert_text(bylines_of(store, 1), "sea");
    assert_text(bylines_of(store, NAME_MERGE_STEP + 1), "ships");
    assert_text(leads(store, "author/ships/index.html"), "");
    int64_t id = fixture_put(store, "title", "New", "authors", "Ships", NULL);
    assert_text(bylines_of(store, id), "sea"); /* already */
    assert_fails(name_merge_release(store, &author_merging, fixture_site(), "en", "ships",
                                    fixture_now(), error),
                 KOLOKOL_ERROR_CONFLICT, "still being changed");
    assert_fails(merge(store, "sea", "ships", error), KOLOKOL_ERROR_INVALID, "itself being merged");
    while (ran) {
        assert_ok(jobs_run_one(store, "slow", NULL, &ran, error));
        jobs += ran ? 1 : 0;
    }
    g_assert_cmpuint(jobs, ==, 1);
    assert_text(bylines_of(store, 2 * NAME_MERGE_STEP + 3), "sea");
    assert_text(leads(store, "author/ships/index.html"), "author/sea/index.html");
    assert_fails(author_read(store, "en", "ships", error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "ships");
    bool more = true;
    assert_ok(name_merge_step(store, &author_merging, fixture_site(), "en", "ships", fixture_now(),
                              &more, error));
    g_assert_false(more);
}

static void test_release(Store *store, const char *url)
{
    g_autofree char *slug = NULL;
    bool created = false;
    fixture_put(store, "title", "A", "authors", "Ships", NULL);
    fixture_put(store, "title", "B", "authors", "Sea", NULL);
    assert_ok(merge(store, "ships", "sea", error));
    assert_ok(name_merge_release(store, &author_merging, fixture_site(), "en", "ships",
                                 fixture_now(), error));
    assert_text(leads(store, "author/ships/index.html"), "");
    assert_ok(author_ensure(store, "en", "Ships", &slug, &created, error));
    g_assert_cmpstr(slug, ==, "ships");
    g_assert_true(created);
    assert_text(bylines_of(store, 1), "sea");
    assert_ok(merge(store, "sea", "ships", error)); /* the other way round */
    assert_text(bylines_of(store, 1), "ships");
    assert_text(leads(store, "author/sea/index.html"), "author/ships/index.html");
}

/* A name that must not be told is not kept here either, whichever of the two it was. */
static void test_withheld(Store *store, const char *url)
{
    static const char *const both[][2] = {{"anna-petrova", "court"}, {"court-2", "anna-petrova"}};
    for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
        const char *const names[] = {"Anna Petrova", NULL};
        Withhold how = {names, "", "", ""};
        bool more = true;
        g_autofree char *path = g_strdup_printf("author/%s/index.html", both[i][0]);
        fixture_put(store, "title", "A", "authors", "Anna Petrova", NULL);
        fixture_put(store, "title", "B", "authors", "Court", "authors", "Court 2", NULL);
        assert_ok(merge(store, both[i][0], both[i][1], error));
        assert_ok(withhold_name(store, fixture_site(), &how, fixture_now(), error));
        while (more) {
            assert_ok(withhold_step(store, fixture_site(), fixture_now(), &more, NULL, error));
        }
        g_autoptr(GPtrArray) list =
            name_merge_list(store, &author_merging, "en", both[i][1], 10, NULL);
        g_assert_cmpuint(list->len, ==, 0);
        assert_text(leads(store, path), "");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    jobs_register(author_jobs);
    stores_test_add("/desk/author-merge/few", test_few);
    stores_test_add("/desk/author-merge/chain", test_chain);
    stores_test_add("/desk/author-merge/refused", test_refused);
    stores_test_add("/desk/author-merge/reporting", test_reporting);
    stores_test_add("/desk/author-merge/many", test_many);
    stores_test_add("/desk/author-merge/release", test_release);
    stores_test_add("/desk/author-merge/withheld", test_withheld);
    return g_test_run();
}
