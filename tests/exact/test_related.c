/*
 * Related stories (paper/related.h): what is stored is after each random change what computing anew
 * gives, the same on both engines, and on the way there no page shows another twice; a new index
 * gives the same as the old one where the statistics are the same; and a publish costs no more than
 * the ceilings say: 12 other pages, the stories of the vector's terms.
 */
#include "base/clock.h"
#include "desk/import.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "desk/story_words.h"
#include "desk/takedown.h"
#include "doubles/stores.h"
#include "exact/newsroom.h"
#include "paper/related.h"
#include "paper/related_work.h"

#include <inttypes.h>
#include <string.h>

#define NOW     (INT64_C(1795435200) * CLOCK_SECOND) /* 2026-11-23 12:00 UTC */
#define STORIES 60u
#define STEPS   80u
#define SMALL   150u
#define LARGE   1500u

typedef struct {
    TestNewsroom *newsroom;
    GRand *random; /* of the test's own seed */
    int64_t now;
    unsigned made;
} World;

static int64_t test_clock(void *data)
{
    return *(int64_t *)data;
}

static void set(StoryInput *input, const char *key, const char *value)
{
    g_autoptr(GError) error = NULL;
    story_input_set(input, key, value, strlen(value), &error);
    g_assert_no_error(error);
}

/* Some words out of a few, so that there are ties, and one or two out of many. */
static char *text_of(World *world)
{
    GString *text = g_string_new(NULL);
    int count = g_rand_int_range(world->random, 4, 30);
    for (int i = 0; i < count; i++) {
        g_string_append_printf(text, "common%d ", g_rand_int_range(world->random, 0, 40));
    }
    g_string_append_printf(text, "rare%d rarer%d\n", g_rand_int_range(world->random, 0, 60),
                           g_rand_int_range(world->random, 0, 900));
    return g_string_free(text, FALSE);
}

static int64_t add_story(World *world, int64_t published)
{
    g_autoptr(StoryInput) input = story_input_new();
    g_auto(StoryPut) put = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(published / CLOCK_SECOND);
    g_autofree char *when = g_date_time_format(date, "%Y-%m-%dT%H:%M:%SZ");
    g_autofree char *id = g_strdup_printf("s%u", ++world->made);
    g_autofree char *title = g_strdup_printf("Story common%u", world->made % 9);
    g_autofree char *text = text_of(world);
    set(input, "id", id);
    set(input, "title", title);
    set(input, "language", world->made % 7 == 0 ? "ru" : "en");
    set(input, "date", when);
    set(input, "body", text);
    story_put(test_newsroom_store(world->newsroom), test_newsroom_site(world->newsroom), input,
              STORY_PUT_PUBLISH, world->now, &put, &error);
    g_assert_no_error(error);
    return put.id;
}

static int64_t some_story(World *world)
{
    return g_rand_int_range(world->random, 1, (gint32)world->made + 1);
}

/* What the desk refuses (a story in the wrong state) changes nothing. */
static void change(World *world)
{
    Store *store = test_newsroom_store(world->newsroom);
    const DeskSite *site = test_newsroom_site(world->newsroom);
    int64_t story = some_story(world);
    g_autofree char *text = text_of(world);
    switch (g_rand_int_range(world->random, 0, 9)) {
    case 0:
    case 1:
        add_story(world, world->now - g_rand_int_range(world->random, 0, 400) * CLOCK_HOUR);
        break;
    case 2:
        add_story(world, world->now + g_rand_int_range(world->random, 1, 9) * CLOCK_HOUR);
        break;
    case 3:
        story_withdraw(store, site, story, world->now, NULL);
        break;
    case 4:
        story_publish(store, site, story, world->now, NULL);
        break;
    case 5:
        story_save(store, site, story, "Another common1 headline", "", text, STORY_MARKDOWN, "ed",
                   world->now, NULL, NULL);
        break;
    case 6:
    case 7:
        story_set_date(store, site, story,
                       world->now - g_rand_int_range(world->random, 0, 400) * CLOCK_HOUR,
                       world->now, NULL);
        break;
    default:
        story_takedown(store, site, story, &(Takedown){"asked", "", NULL}, world->now, NULL);
        break;
    }
    world->now += CLOCK_HOUR;
}

/* All that is stored, as a text. */
static char *dump(World *world, const char *language)
{
    Store *store = test_newsroom_store(world->newsroom);
    g_autoptr(GError) error = NULL;
    RelatedIndex index = {0};
    GString *all = g_string_new(NULL);
    related_index(store, language, &index, &error);
    g_assert_no_error(error);
    for (int64_t story = 1; story <= world->made; story++) {
        g_autoptr(GArray) stories =
            related_read(store, index.id, story, world->now, RELATED_SHOW, &error);
        g_assert_no_error(error);
        g_string_append_printf(all, "%" PRId64 ":", story);
        for (guint i = 0; i < stories->len; i++) {
            const RelatedStory *other = &g_array_index(stories, RelatedStory, i);
            g_assert_cmpint(other->story, !=, story);
            g_string_append_printf(all, " %" PRId64 "/%" PRId64, other->story, other->score);
        }
        g_string_append_c(all, '\n');
    }
    return g_string_free(all, FALSE);
}

/* No page shows another twice. */
static void check_once(World *world, const char *language)
{
    Store *store = test_newsroom_store(world->newsroom);
    g_autoptr(GError) error = NULL;
    RelatedIndex index = {0};
    g_assert_true(related_index(store, language, &index, &error));
    for (int64_t story = 1; story <= world->made; story++) {
        g_autoptr(GArray) shown =
            related_read(store, index.id, story, world->now, RELATED_SHOW, &error);
        g_assert_no_error(error);
        for (guint i = 0; i < shown->len; i++) {
            for (guint k = 0; k < i; k++) {
                g_assert_cmpint(g_array_index(shown, RelatedStory, i).story, !=,
                                g_array_index(shown, RelatedStory, k).story);
            }
        }
    }
}

static void relate_and_look(World *world)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RelatedWork) work = related_work_new(test_newsroom_store(world->newsroom));
    for (bool more = true; more;) {
        related_work_step(work, &more, &error);
        g_assert_no_error(error);
        check_once(world, "en");
    }
}

static void world_begin(World *world, const char *url)
{
    *world = (World){.now = NOW, .random = g_rand_new_with_seed(60)};
    clock_replace(test_clock, &world->now);
    world->newsroom = test_newsroom_new(url, "en,ru");
}

static void world_end(World *world)
{
    test_newsroom_free(world->newsroom);
    g_rand_free(world->random);
    clock_replace(NULL, NULL);
}

static char *of_first_engine;

static void test_exact(Store *store, const char *url)
{
    World world;
    world_begin(&world, url);
    for (unsigned i = 0; i < STORIES; i++) {
        add_story(&world, NOW - (int64_t)(i * 7919 % 1000) * CLOCK_HOUR);
    }
    g_autoptr(GString) all = g_string_new(NULL);
    for (unsigned step = 0; step < STEPS; step++) {
        change(&world);
        if (step % 3 == 0) {
            continue; /* several changes meet in one reading */
        }
        relate_and_look(&world);
        g_assert_cmpuint(test_newsroom_check_related(world.newsroom), >, 0);
        g_autofree char *english = dump(&world, "en");
        g_autofree char *russian = dump(&world, "ru");
        g_string_append(all, english);
        g_string_append(all, russian);
    }
    if (of_first_engine == NULL) {
        of_first_engine = g_strdup(all->str);
    } else {
        g_assert_cmpstr(of_first_engine, ==, all->str);
    }
    world_end(&world);
}

typedef struct {
    StoreCounts counts;
    unsigned rendered; /* pages of stories, the first kind of the recipes */
} Cost;

static Cost publish_in(unsigned stories)
{
    World world;
    world_begin(&world, NULL);
    for (unsigned i = 0; i < stories; i++) {
        add_story(&world, NOW - (int64_t)(stories - i) * CLOCK_HOUR);
    }
    test_newsroom_relate(world.newsroom);
    test_newsroom_run(world.newsroom, false);
    world.now += CLOCK_HOUR;
    add_story(&world, world.now);
    test_newsroom_run(world.newsroom, false);
    StoreCounts before = store_counts(test_newsroom_store(world.newsroom));
    test_newsroom_relate(world.newsroom);
    StoreCounts after = store_counts(test_newsroom_store(world.newsroom));
    Cost cost = {.counts = {.statements = after.statements - before.statements,
                            .rows = after.rows - before.rows,
                            .writes = after.writes - before.writes},
                 .rendered = test_newsroom_run(world.newsroom, false).kinds[0].pages};
    g_assert_cmpint(after.longest_write, <, CLOCK_SECOND);
    g_test_message("%u stories: %" G_GUINT64_FORMAT " statements, %" G_GUINT64_FORMAT
                   " rows, %" G_GUINT64_FORMAT " writes, %u pages",
                   stories, cost.counts.statements, cost.counts.rows, cost.counts.writes,
                   cost.rendered);
    world_end(&world);
    return cost;
}

static void test_flat(void)
{
    Cost small = publish_in(SMALL), large = publish_in(LARGE);
    uint64_t parts = TERM_VECTOR_MOST * (TERM_STORIES_MOST * 11 / 10 / 128 + 1);
    g_assert_cmpuint(small.rendered, <=, 1 + RELATED_BACK);
    g_assert_cmpuint(large.rendered, <=, 1 + RELATED_BACK);
    g_assert_cmpuint(large.rendered, >, 1);
    g_assert_cmpuint(large.counts.statements, <=, small.counts.statements + 120);
    g_assert_cmpuint(large.counts.rows, <=, small.counts.rows + parts);
    g_assert_cmpuint(large.counts.writes, <=, small.counts.writes + RELATED_BACK);
}

/* Two indexes of the same stories say the same: one grown story by story, one made at once. */
static void test_made_anew(void)
{
    World world;
    world_begin(&world, NULL);
    for (unsigned i = 0; i < 40; i++) {
        add_story(&world, NOW - (int64_t)(i * 7919 % 100) * CLOCK_HOUR);
        test_newsroom_relate(world.newsroom);
    }
    test_newsroom_check_related(world.newsroom);
    RelatedIndex index = {0};
    g_assert_true(related_index(test_newsroom_store(world.newsroom), "en", &index, NULL));
    g_assert_cmpint(index.id, >, 2); /* it was made again as the archive grew */
    g_autoptr(GArray) indexes = related_indexes(test_newsroom_store(world.newsroom), NULL);
    g_assert_cmpuint(indexes->len, ==, 2); /* old ones are gone */
    world_end(&world);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/related/exact", test_exact);
    g_test_add_func("/related/made-anew", test_made_anew);
    g_test_add_func("/related/flat", test_flat);
    int status = g_test_run();
    g_free(of_first_engine);
    return status;
}
