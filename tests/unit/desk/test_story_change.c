/*
 * Whatever is done to stories: every input whose value differs afterwards was touched, at a place
 * that a page with a window sees; and the lists and counters are those that the stories' rows say.
 * Random steps, a clock that moves.
 */
#include "desk/story_change.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/correction.h"
#include "desk/front.h"
#include "desk/live.h"
#include "desk/redirect.h"
#include "desk/story_count.h"
#include "desk/story_edit.h"
#include "desk/story_list.h"
#include "desk/story_state.h"
#include "desk/takedown.h"
#include "fixture.h"
#include "press_sql.h"

#include <inttypes.h>
#include <string.h>

#define WINDOW 3

static uint32_t seed;
static int64_t now;
static int64_t stories;
static GHashTable *paths; /* every path ever seen */

static int pick(int below)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)below);
}

static const char *const sections[] = {"North", "South"};
static const char *const topics[] = {"Rivers", "Maps"};
static const char *const languages[] = {"en", "ru"};

/* ---- values of inputs ---- */

typedef struct {
    char *value;
    bool windowed; /* a full window that ends at */
    int64_t published, id;
} Value;

static void value_free(void *data)
{
    Value *value = data;
    g_free(value->value);
    g_free(value);
}

static void add_value(GHashTable *values, const char *input, char *text, const StoryCard *end)
{
    Value *value = g_new0(Value, 1);
    value->value = text;
    value->windowed = end != NULL;
    value->published = end != NULL ? end->published : 0;
    value->id = end != NULL ? end->id : 0;
    g_hash_table_insert(values, g_strdup(input), value);
}

static void print_card(GString *text, const StoryCard *card)
{
    g_string_append_printf(text, "%d %d %s %s|%s|%s|%s|%d|%s|%s|%" PRId64 "|%d", (int)card->id,
                           (int)card->kind, card->language, card->path, card->headline,
                           card->standfirst, card->section != NULL ? card->section : "",
                           (int)card->photo, card->alt, card->agency, card->published,
                           (int)card->day);
    for (unsigned i = 0; i < card->bylines->len; i++) {
        const StoryByline *byline = card->bylines->pdata[i];
        g_string_append_printf(text, " %s%d", byline->slug, byline->reporting);
    }
    g_string_append_c(text, '\n');
}

static char *body_of(Store *store, int64_t id)
{
    char *body = NULL;
    StoryFormat format = STORY_MARKDOWN;
    assert_ok(story_text(store, id, &body, &format, error));
    return body;
}

static void list_value(Store *store, GHashTable *values, const char *input, unsigned window)
{
    g_autoptr(GPtrArray) cards = NULL;
    assert_ok(story_list_read(store, input, now, window, &cards, error));
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        print_card(text, card);
        if (input[0] == 't') { /* text:… */
            g_autofree char *body = body_of(store, card->id);
            g_string_append_printf(text, "%s", body);
        }
        if (input[0] != 'l') {
            g_string_append_printf(text, "%" PRId64, card->updated);
        }
    }
    bool full = window > 0 && cards->len == window;
    add_value(values, input, g_string_free(text, FALSE), full ? cards->pdata[window - 1] : NULL);
}

static void format_value(Store *store, GHashTable *values, unsigned window, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* The input of that name, by its class. */
static void format_value(Store *store, GHashTable *values, unsigned window, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *input = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (g_str_has_prefix(input, "count:")) {
        add_value(values, input, fixture_counts(store, input, now), NULL);
    } else {
        list_value(store, values, input, window);
    }
}

static void story_value(Store *store, GHashTable *values, int64_t id)
{
    g_autoptr(Story) story = story_read(store, id, NULL);
    if (story == NULL) { /* a number that a group took */
        return;
    }
    g_autofree char *name = g_strdup_printf("story:%" PRId64, id);
    g_autofree char *card_name = g_strdup_printf("card:%" PRId64, id);
    GString *text = g_string_new(NULL);
    GString *card_text = g_string_new(NULL);
    if (story_visible(story, now)) {
        g_autoptr(StoryCard) card = story_card(store, id, now, NULL);
        print_card(card_text, card);
        g_autofree char *body = body_of(store, id);
        g_autofree char *all_topics = g_strjoinv(" ", story->topics);
        g_string_append_printf(text, "%s%s %s %s %s %" PRId64, card_text->str, body, all_topics,
                               story->caption, story->credit, story->updated);
        g_autoptr(GPtrArray) corrections = correction_of_story(store, id, NULL);
        g_autoptr(GPtrArray) entries = live_list(store, id, NULL);
        g_string_append_printf(text, " %u %u", corrections->len, entries->len);
        for (unsigned i = 0; i < entries->len; i++) {
            g_string_append(text, ((const LiveEntry *)entries->pdata[i])->body);
        }
    }
    add_value(values, name, g_string_free(text, FALSE), NULL);
    add_value(values, card_name, g_string_free(card_text, FALSE), NULL);
    g_autoptr(GPtrArray) group = story_group(store, story->group, now, NULL);
    g_autofree char *group_name = g_strdup_printf("group:%" PRId64, story->group);
    GString *group_text = g_string_new(NULL);
    for (unsigned i = 0; i < group->len; i++) {
        const StoryCard *card = group->pdata[i];
        g_string_append_printf(group_text, "%s %s %s;", card->language, card->path, card->headline);
    }
    add_value(values, group_name, g_string_free(group_text, FALSE), NULL);
    if (story->path != NULL) {
        g_hash_table_add(paths, g_strdup(story->path));
    }
}

static void print_redirect(GString *text, const Redirect *redirect)
{
    g_string_append_printf(text, "%d %s %s\n", redirect->status, redirect->path,
                           redirect->target != NULL ? redirect->target : "");
}

static void path_values(Store *store, GHashTable *values)
{
    GHashTableIter iterator;
    void *path = NULL;
    g_hash_table_iter_init(&iterator, paths);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        g_autoptr(Redirect) redirect = redirect_by_path(store, path, now, NULL);
        g_autofree char *name = g_strconcat("path:", path, NULL);
        GString *text = g_string_new(NULL);
        if (redirect != NULL) {
            print_redirect(text, redirect);
        }
        add_value(values, name, g_string_free(text, FALSE), NULL);
    }
    for (int month = 1; month <= 12; month++) {
        g_autofree char *date = g_strdup_printf("2026-%02d", month);
        g_autofree char *name = g_strconcat("status:", date, NULL);
        g_autoptr(GPtrArray) redirects = redirect_list_month(store, date, now, NULL);
        GString *text = g_string_new(NULL);
        for (unsigned i = 0; i < redirects->len; i++) {
            print_redirect(text, redirects->pdata[i]);
        }
        add_value(values, name, g_string_free(text, FALSE), NULL);
    }
}

static void corrections_value(Store *store, GHashTable *values, const char *language)
{
    g_autoptr(GPtrArray) corrections = NULL;
    assert_ok(correction_list(store, language, now, 0, &corrections, error));
    g_autofree char *name = g_strconcat("list:corrections/", language, NULL);
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; i < corrections->len; i++) {
        const Correction *correction = corrections->pdata[i];
        g_string_append_printf(text, "%s %s %s\n", correction->text, correction->path,
                               correction->headline);
    }
    add_value(values, name, g_string_free(text, FALSE), NULL);
}

static void language_values(Store *store, GHashTable *values, const char *language, unsigned window)
{
    format_value(store, values, window, "list:all/%s", language);
    format_value(store, values, window, "list:opinion/%s", language);
    format_value(store, values, window, "list:pages/%s", language);
    format_value(store, values, window, "text:all/%s", language);
    format_value(store, values, 0, "count:years/%s", language);
    format_value(store, values, 0, "count:year/%s/2026", language);
    format_value(store, values, 0, "list:day/%s/2026-11-22", language);
    format_value(store, values, 0, "list:day/%s/2026-11-23", language);
    for (int month = 10; month <= 12; month++) {
        format_value(store, values, 0, "count:month/%s/2026-%d", language, month);
        format_value(store, values, 0, "sitemap:%s/2026-%d", language, month);
    }
    static const char *const named[][2] = {{"section", "north"}, {"section", "south"},
                                           {"topic", "rivers"},  {"topic", "maps"},
                                           {"author", "anna"},   {"author", "ivan"}};
    for (unsigned i = 0; i < G_N_ELEMENTS(named); i++) {
        const char *kind = named[i][0];
        const char *slug = named[i][1];
        format_value(store, values, window, "list:%s/%s/%s", kind, language, slug);
        format_value(store, values, 0, "list:%s-month/%s/%s/2026-11", kind, language, slug);
        format_value(store, values, 0, "count:%s-year/%s/%s/2026", kind, language, slug);
        format_value(store, values, 0, "count:%s-years/%s/%s", kind, language, slug);
    }
    format_value(store, values, window, "text:section/%s/north", language);
    corrections_value(store, values, language);
}

static GHashTable *values_now(Store *store, unsigned window)
{
    GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
    for (int64_t id = 1; id <= stories; id++) {
        story_value(store, values, id);
    }
    language_values(store, values, "en", window);
    language_values(store, values, "ru", window);
    path_values(store, values);
    return values;
}

/* ---- touches ---- */

typedef struct {
    char *input;
    int64_t published, id;
} Touched;

static void touched_free(void *data)
{
    Touched *touched = data;
    g_free(touched->input);
    g_free(touched);
}

static void collect(StoreRows *taken, GPtrArray *all)
{
    g_autoptr(StoreRows) rows = taken;
    g_assert_nonnull(rows);
    while (store_rows_next(rows, NULL) == STORE_ROW) {
        Touched *touched = g_new0(Touched, 1);
        touched->input = store_text_copy(rows, 0);
        touched->published = store_number(rows, 1);
        touched->id = store_number(rows, 2);
        g_ptr_array_add(all, touched);
    }
}

static bool stale(const GPtrArray *touches, const char *input, const Value *before)
{
    for (unsigned i = 0; i < touches->len; i++) {
        const Touched *touched = touches->pdata[i];
        if (strcmp(touched->input, input) == 0 &&
            (before == NULL || !before->windowed || touched->published > before->published ||
             (touched->published == before->published && touched->id >= before->id))) {
            return true;
        }
    }
    return false;
}

static void compare(GHashTable *before, GHashTable *after, const GPtrArray *touches,
                    const char *what, int step)
{
    GHashTableIter iterator;
    void *key = NULL;
    void *data = NULL;
    g_hash_table_iter_init(&iterator, after);
    while (g_hash_table_iter_next(&iterator, &key, &data)) {
        const Value *old = g_hash_table_lookup(before, key);
        const char *was = old != NULL ? old->value : "";
        if (strcmp(was, ((Value *)data)->value) != 0 && !stale(touches, key, old)) {
            g_error("step %d, %s: %s was not touched\nbefore: %s\nafter: %s", step, what,
                    (char *)key, was, ((Value *)data)->value);
        }
    }
}

/* ---- steps ---- */

static int64_t some_date(void)
{
    return fixture_now() + (pick(40) - 30) * CLOCK_DAY + pick(5) * CLOCK_HOUR;
}

static void put_story(Store *store)
{
    static const char *const kinds[] = {"story", "story", "story", "live", "opinion", "page"};
    g_autofree char *title = g_strdup_printf("Title %d", pick(6));
    g_autofree char *id = g_strdup_printf("id-%d", pick(25));
    GTimeZone *zone = fixture_site()->zone;
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(some_date() / CLOCK_SECOND);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(date, zone);
    g_autofree char *moment = g_date_time_format_iso8601(local);
    const char *body = pick(2) ? "one" : "two";
    g_autoptr(StoryInput) input =
        fixture_input("id", id, "title", title, "language", languages[pick(2)], "kind",
                      kinds[pick(6)], "section", sections[pick(2)], "topics", topics[pick(2)],
                      "authors", pick(2) ? "Anna" : "reporting: Ivan", "body", body, "aliases",
                      pick(3) ? "old/x.html" : "old/y.html", NULL);
    if (pick(2)) {
        input->date = g_steal_pointer(&moment);
    }
    g_auto(StoryPut) put = {0};
    story_put(store, fixture_site(), input, pick(4) ? STORY_PUT_PUBLISH : 0, now, &put, NULL);
    if (put.created) {
        g_assert_cmpint(put.id, >, stories);
        stories = put.id;
    }
}

/* Refusals are part of life: only what was done counts. */
static const char *change_story(Store *store, int64_t id)
{
    const DeskSite *site = fixture_site();
    const char *topic_list[] = {topics[pick(2)], pick(2) ? topics[pick(2)] : NULL, NULL};
    const char *author_list[] = {pick(2) ? "Anna" : "Ivan", NULL};
    g_autofree char *word = g_strdup_printf("word-%d", pick(8));
    g_autofree char *path = g_strdup_printf("moved/%d.html", pick(8));
    switch (pick(19)) {
    case 0:
        story_publish(store, site, id, now, NULL);
        return "publish";
    case 1:
        story_withdraw(store, site, id, now, NULL);
        return "withdraw";
    case 2:
        story_takedown(store, site, id, &(Takedown){"", "", NULL}, now, NULL);
        return "takedown";
    case 3:
        story_reopen(store, site, id, now, NULL);
        return "reopen";
    case 4:
        story_schedule(store, site, id, now + pick(3 * 24) * CLOCK_HOUR + 1, now, NULL);
        return "schedule";
    case 5:
        story_rename(store, site, id, path, now, NULL);
        return "rename";
    case 6:
        story_set_slug(store, site, id, word, now, NULL);
        return "slug";
    case 7:
        story_set_section(store, site, id, pick(3) ? sections[pick(2)] : NULL, now, NULL);
        return "section";
    case 8:
        story_set_topics(store, site, id, topic_list, now, NULL);
        return "topics";
    case 9:
        story_set_authors(store, site, id, author_list, pick(2) ? "AP" : "", now, NULL);
        return "authors";
    case 10:
        story_set_date(store, site, id, some_date(), now, NULL);
        return "date";
    case 11:
        story_set_kind(store, site, id, (StoryKind)pick(4), now, NULL);
        return "kind";
    case 12:
        story_set_translation_of(store, site, id, pick(2) ? 1 + pick((int)stories) : 0, now, NULL);
        return "translation";
    case 13:
        story_correct(store, site, id, word, now, NULL, NULL);
        return "correct";
    case 14:
        live_add(store, site, id, now, "", word, STORY_MARKDOWN, now, NULL, NULL);
        return "live";
    case 15:
        story_save(store, site, id, word, "", "body", STORY_MARKDOWN, "", now, NULL, NULL);
        return "save";
    case 16:
        redirect_add(store, site, path, pick(2) ? id : 0, "x.html", now, NULL);
        g_hash_table_add(paths, g_strdup(path));
        return "redirect";
    case 17:
        redirect_remove(store, path, now, NULL);
        return "remove redirect";
    default:
        story_save(store, site, id, "Same", "", word, STORY_MARKDOWN, "", now, NULL, NULL);
        return "body";
    }
}

/* The counters are what the lists hold. */
static void counters_agree(Store *store)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(languages); i++) {
        g_autofree char *list = g_strconcat("list:all/", languages[i], NULL);
        g_autoptr(GArray) ids = NULL;
        int64_t count = 0;
        int64_t visible = 0;
        assert_ok(story_list_ids(store, list, now, 0, &ids, error));
        assert_ok(story_count_list(store, list, now, &count, error));
        g_assert_cmpint(count, ==, ids->len);
        for (int64_t id = 1; id <= stories; id++) {
            g_autoptr(Story) story = story_read(store, id, NULL);
            visible += story != NULL && story_visible(story, now) &&
                       story->kind != STORY_KIND_PAGE && strcmp(story->language, languages[i]) == 0;
        }
        g_assert_cmpint(count, ==, visible);
    }
}

static void run(Store *store, int steps, unsigned window)
{
    now = fixture_now();
    stories = 0;
    paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add(paths, g_strdup("old/x.html"));
    g_hash_table_add(paths, g_strdup("old/y.html"));
    for (int step = 0; step < steps; step++) {
        g_autoptr(GHashTable) before = values_now(store, window);
        g_autoptr(GPtrArray) touches = g_ptr_array_new_with_free_func(touched_free);
        const char *what = "put";
        if (stories == 0 || pick(3) == 0) {
            put_story(store);
        } else {
            what = change_story(store, 1 + pick((int)stories));
        }
        collect(press_change_take(store, INT64_MAX, NULL), touches);
        g_autoptr(GHashTable) changed = values_now(store, window);
        compare(before, changed, touches, what, step);
        int64_t then = now + pick(6) * CLOCK_HOUR;
        collect(press_due_between(store, now, then, NULL), touches);
        now = then;
        g_autoptr(GHashTable) later = values_now(store, window);
        compare(changed, later, touches, "the clock", step);
        if (step % 20 == 0) {
            assert_ok(story_settle(store, now, NULL, error));
            counters_agree(store);
        }
    }
    counters_agree(store);
    g_clear_pointer(&paths, g_hash_table_unref);
}

static void test_touched(Store *store, const char *url)
{
    seed = 7;
    run(store, store_engine(store) == STORE_SQLITE ? 250 : 60, WINDOW);
}

static void test_touched_whole(Store *store, const char *url)
{
    seed = 99;
    run(store, store_engine(store) == STORE_SQLITE ? 150 : 30, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/change/touched", test_touched);
    stores_test_add("/desk/change/touched-whole", test_touched_whole);
    return g_test_run();
}
