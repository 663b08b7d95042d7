/* Two topics become one: stories, pages, names, in one go and in steps, and back.
 * Covers: src/desk/name_merge.c. */
#include "desk/topic_merge.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/redirect.h"
#include "desk/story.h"
#include "desk/story_count.h"
#include "desk/topic.h"
#include "desk/withhold.h"
#include "fixture.h"

#include <string.h>

static bool merge(Store *store, const char *slug, const char *target, GError **error)
{
    return name_merge(store, &topic_merging, fixture_site(), "en", slug, target, fixture_now(),
                      error);
}

static char *topics_of(Store *store, int64_t id)
{
    g_autoptr(Story) story = story_read(store, id, NULL);
    return g_strjoinv(" ", story->topics);
}

/* Where the page of a topic leads, "" if nowhere. */
static char *leads(Store *store, const char *path)
{
    g_autoptr(Redirect) redirect = redirect_by_path(store, path, fixture_now(), NULL);
    return g_strdup(redirect == NULL ? "" : redirect->target);
}

static void test_few(Store *store, const char *url)
{
    g_autofree char *slug = NULL;
    int64_t stories = 0;
    fixture_put(store, "title", "A", "path", "a.html", "topics", "Sea", "topics", "Ships", NULL);
    fixture_put(store, "title", "B", "path", "b.html", "topics", "Ships", NULL);
    fixture_put(store, "title", "C", "status", "draft", "topics", "Ships", "topics", "Ice", NULL);
    fixture_put(store, "title", "D", "path", "d.html", "topics", "Ships of state", NULL);
    g_free(fixture_touches(store));
    assert_ok(merge(store, "ships", "sea", error));
    assert_text(topics_of(store, 1), "sea");
    assert_text(topics_of(store, 2), "sea");
    assert_text(topics_of(store, 3), "sea ice");
    assert_text(topics_of(store, 4), "ships-of-state");
    g_autofree char *touches = fixture_touches(store);
    g_assert_nonnull(strstr(touches, "list:topic/en/sea"));
    g_assert_nonnull(strstr(touches, "list:topic/en/ships"));
    g_assert_nonnull(strstr(touches, "path:topic/ships/index.html"));
    g_assert_nonnull(strstr(touches, "story:1 story:2"));
    g_assert_null(strstr(touches, "story:4"));
    g_assert_nonnull(strstr(touches, "topic:en/ships"));
    assert_fails(topic_read(store, "en", "ships", error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "ships");
    assert_text(leads(store, "topic/ships/index.html"), "topic/sea/index.html");
    assert_ok(story_count_list(store, "list:topic/en/sea", fixture_now(), &stories, error));
    g_assert_cmpint(stories, ==, 2);
    assert_ok(story_count_list(store, "list:topic/en/ships", fixture_now(), &stories, error));
    g_assert_cmpint(stories, ==, 0);
    assert_ok(topic_ensure(store, "en", "Ships", &slug, NULL, error)); /* by name and by slug */
    g_assert_cmpstr(slug, ==, "sea");
    int64_t id = fixture_put(store, "title", "E", "topics", "ships", "topics", "Sea", NULL);
    assert_text(topics_of(store, id), "sea");
}

/* In whatever state and of whatever kind. */
static void test_states(Store *store, const char *url)
{
    static const char *const states[] = {"draft", "in edit", "ready", "withdrawn", "published"};
    static const char *const kinds[] = {"story", "page", "live", "opinion"};
    unsigned count = 0;
    fixture_put(store, "title", "Sea", "path", "sea.html", "topics", "Sea", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(kinds); j++) {
            g_autofree char *path = g_strdup_printf("%zu-%zu.html", i, j);
            fixture_put(store, "title", "A", "path", path, "topics", "Ships", "kind", kinds[j],
                        "status", states[i], NULL);
            count++;
        }
    }
    fixture_put(store, "title", "Later", "path", "later.html", "topics", "Ships", "date",
                "2027-01-01", NULL);
    count++;
    assert_ok(merge(store, "ships", "sea", error));
    for (int64_t id = 2; id <= count + 1; id++) {
        assert_text(topics_of(store, id), "sea");
    }
}

static uint64_t steps_of_merge(Store *store, const char *name)
{
    g_autofree char *slug = NULL;
    fixture_put(store, "title", name, "topics", name, NULL);
    assert_ok(topic_ensure(store, "en", name, &slug, NULL, error));
    uint64_t before = store_counts(store).steps;
    assert_ok(merge(store, slug, "sea", error));
    return store_counts(store).steps - before;
}

/* Stories that have nothing to do with it are not passed over. */
static void test_flat(Store *store, const char *url)
{
    fixture_put(store, "title", "Sea", "topics", "Sea", NULL);
    uint64_t few = steps_of_merge(store, "Boats");
    for (unsigned i = 0; i < 300; i++) {
        g_autofree char *title = g_strdup_printf("S%u", i);
        fixture_put(store, "title", title, "topics", "Sea", NULL);
    }
    uint64_t many = steps_of_merge(store, "Ships");
    g_test_message("%" G_GUINT64_FORMAT " steps, and %" G_GUINT64_FORMAT, few, many);
    g_assert_cmpuint(many, <, few + 300);
}

static void test_chain(Store *store, const char *url)
{
    fixture_put(store, "title", "A", "topics", "Boats", NULL);
    fixture_put(store, "title", "B", "topics", "Ships", NULL);
    fixture_put(store, "title", "C", "topics", "Sea", NULL);
    assert_ok(merge(store, "boats", "ships", error));
    assert_ok(merge(store, "ships", "sea", error));
    assert_text(topics_of(store, 1), "sea");
    assert_text(leads(store, "topic/boats/index.html"), "topic/sea/index.html");
    assert_text(leads(store, "topic/ships/index.html"), "topic/sea/index.html");
    g_autoptr(GPtrArray) list = name_merge_list(store, &topic_merging, "en", "sea", 10, NULL);
    g_assert_cmpuint(list->len, ==, 2);
    g_assert_cmpstr(((NameMerged *)list->pdata[0])->name, ==, "Boats");
    g_assert_false(((NameMerged *)list->pdata[0])->open);
}

static void test_refused(Store *store, const char *url)
{
    fixture_put(store, "title", "A", "topics", "Sea", "topics", "Ships", NULL);
    g_free(fixture_touches(store));
    assert_fails(merge(store, "sea", "sea", error), KOLOKOL_ERROR_INVALID, "itself");
    assert_fails(merge(store, "none", "sea", error), KOLOKOL_ERROR_NOT_FOUND, "none");
    assert_fails(merge(store, "sea", "none", error), KOLOKOL_ERROR_NOT_FOUND, "none");
    assert_text(fixture_touches(store), "");
    assert_text(topics_of(store, 1), "sea ships");
    assert_fails(name_merge_release(store, &topic_merging, fixture_site(), "en", "sea",
                                    fixture_now(), error),
                 KOLOKOL_ERROR_NOT_FOUND, "was merged");
}

/* More than a step's: the first in the order, the rest by the job. */
static void test_many(Store *store, const char *url)
{
    bool ran = true;
    unsigned jobs = 0;
    for (unsigned i = 0; i < 2 * NAME_MERGE_STEP + 3; i++) {
        g_autofree char *title = g_strdup_printf("S%u", i);
        fixture_put(store, "title", title, "topics", "Ships", NULL);
    }
    fixture_put(store, "title", "Last", "topics", "Sea", NULL);
    assert_ok(merge(store, "ships", "sea", error));
    assert_text(topics_of(store, 1), "sea");
    assert_text(topics_of(store, NAME_MERGE_STEP + 1), "ships");
    assert_text(leads(store, "topic/ships/index.html"), "");
    int64_t id = fixture_put(store, "title", "New", "topics", "Ships", NULL);
    assert_text(topics_of(store, id), "sea"); /* already */
    assert_fails(name_merge_release(store, &topic_merging, fixture_site(), "en", "ships",
                                    fixture_now(), error),
                 KOLOKOL_ERROR_CONFLICT, "still being changed");
    assert_fails(merge(store, "sea", "ships", error), KOLOKOL_ERROR_INVALID, "itself being merged");
    while (ran) {
        assert_ok(jobs_run_one(store, "slow", NULL, &ran, error));
        jobs += ran ? 1 : 0;
    }
    g_assert_cmpuint(jobs, ==, 1);
    assert_text(topics_of(store, 2 * NAME_MERGE_STEP + 3), "sea");
    assert_text(leads(store, "topic/ships/index.html"), "topic/sea/index.html");
    assert_fails(topic_read(store, "en", "ships", error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "ships");
    bool more = true;
    assert_ok(name_merge_step(store, &topic_merging, fixture_site(), "en", "ships", fixture_now(),
                              &more, error));
    g_assert_false(more);
}

static void test_release(Store *store, const char *url)
{
    g_autofree char *slug = NULL;
    bool created = false;
    fixture_put(store, "title", "A", "topics", "Ships", NULL);
    fixture_put(store, "title", "B", "topics", "Sea", NULL);
    assert_ok(merge(store, "ships", "sea", error));
    assert_ok(name_merge_release(store, &topic_merging, fixture_site(), "en", "ships",
                                 fixture_now(), error));
    assert_text(leads(store, "topic/ships/index.html"), "");
    assert_ok(topic_ensure(store, "en", "Ships", &slug, &created, error));
    g_assert_cmpstr(slug, ==, "ships");
    g_assert_true(created);
    assert_text(topics_of(store, 1), "sea");
    assert_ok(merge(store, "sea", "ships", error)); /* the other way round */
    assert_text(topics_of(store, 1), "ships");
    assert_text(leads(store, "topic/sea/index.html"), "topic/ships/index.html");
}

/* A name that must not be told is not kept here either, whichever of the two it was. */
static void test_withheld(Store *store, const char *url)
{
    static const char *const both[][2] = {{"anna-petrova", "court"}, {"court-2", "anna-petrova"}};
    for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
        const char *const names[] = {"Anna Petrova", NULL};
        Withhold how = {names, "", "", ""};
        bool more = true;
        g_autofree char *path = g_strdup_printf("topic/%s/index.html", both[i][0]);
        fixture_put(store, "title", "A", "topics", "Anna Petrova", NULL);
        fixture_put(store, "title", "B", "topics", "Court", "topics", "Court 2", NULL);
        assert_ok(merge(store, both[i][0], both[i][1], error));
        assert_ok(withhold_name(store, fixture_site(), &how, fixture_now(), error));
        while (more) {
            assert_ok(withhold_step(store, fixture_site(), fixture_now(), &more, NULL, error));
        }
        g_autoptr(GPtrArray) list =
            name_merge_list(store, &topic_merging, "en", both[i][1], 10, NULL);
        g_assert_cmpuint(list->len, ==, 0);
        assert_text(leads(store, path), "");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    jobs_register(topic_jobs);
    stores_test_add("/desk/topic-merge/few", test_few);
    stores_test_add("/desk/topic-merge/states", test_states);
    stores_test_add("/desk/topic-merge/flat", test_flat);
    stores_test_add("/desk/topic-merge/chain", test_chain);
    stores_test_add("/desk/topic-merge/refused", test_refused);
    stores_test_add("/desk/topic-merge/many", test_many);
    stores_test_add("/desk/topic-merge/release", test_release);
    stores_test_add("/desk/topic-merge/withheld", test_withheld);
    return g_test_run();
}
