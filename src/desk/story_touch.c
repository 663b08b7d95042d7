/*
 * From a story's facts before and after to the inputs touched: story_touch.h. Pure but for
 * story_touch_send(). What a story's redirects and tombstones touch is story_path.c; who calls this
 * is story_write.c.
 */
#include "desk/story_touch.h"

#include "press/press.h"

#include <inttypes.h>
#include <string.h>

enum { LIST = 1, TEXT = 2, SITEMAP = 4, COUNT = 8 };

/* When one side's inputs change. */
typedef struct {
    bool now, later;
    int64_t due;
} Moments;

typedef struct {
    GPtrArray *touches;
    bool repeats; /* two sides may say the same */
} Collector;

StoryFacts story_facts(const Story *story)
{
    return (StoryFacts){
        .id = story->id,
        .group = story->group,
        .kind = story->kind,
        .language = story->language,
        .out = story_goes_out(story),
        .published = story->published,
        .day = story->day,
        .updated = story->updated,
        .version = story->version,
        .path = story->path,
        .headline = story->headline,
        .standfirst = story->standfirst,
        .section = story->section,
        .agency = story->agency,
        .alt = story->alt,
        .topics = (const char *const *)story->topics,
        .authors = (const char *const *)story->authors,
        .reporting = (const char *const *)story->reporting,
        .withheld = story->withheld,
        .photo = story->photo,
    };
}

static bool keys_have(const GPtrArray *keys, const char *key)
{
    for (unsigned i = 0; i < keys->len; i++) {
        if (strcmp(keys->pdata[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static void keys_add(GPtrArray *keys, const char *class_name, const char *language,
                     const char *slug)
{
    char *key = slug == NULL ? g_strconcat(class_name, "/", language, NULL)
                             : g_strconcat(class_name, "/", language, "/", slug, NULL);
    if (keys_have(keys, key)) {
        g_free(key);
    } else {
        g_ptr_array_add(keys, key);
    }
}

static void keys_add_each(GPtrArray *keys, const char *class_name, const char *language,
                          const char *const *slugs)
{
    for (; slugs != NULL && *slugs != NULL; slugs++) {
        keys_add(keys, class_name, language, *slugs);
    }
}

GPtrArray *story_facts_lists(const StoryFacts *facts)
{
    GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
    if (!facts->out) {
        return keys;
    }
    if (facts->kind == STORY_KIND_PAGE) {
        keys_add(keys, "pages", facts->language, NULL);
        return keys;
    }
    keys_add(keys, "all", facts->language, NULL);
    if (facts->kind == STORY_KIND_OPINION) {
        keys_add(keys, "opinion", facts->language, NULL);
    }
    if (facts->section != NULL) {
        keys_add(keys, "section", facts->language, facts->section);
    }
    keys_add_each(keys, "topic", facts->language, facts->topics);
    keys_add_each(keys, "author", facts->language, facts->authors);
    keys_add_each(keys, "author", facts->language, facts->reporting);
    return keys;
}

static bool slugs_same(const char *const *a, const char *const *b)
{
    static const char *const none[] = {NULL};
    return g_strv_equal(a != NULL ? a : none, b != NULL ? b : none);
}

/* All that a card shows but `updated` (story_card.h). */
static bool card_same(const StoryFacts *a, const StoryFacts *b)
{
    return a->kind == b->kind && a->published == b->published && a->day == b->day &&
           a->photo == b->photo && a->withheld == b->withheld && g_strcmp0(a->path, b->path) == 0 &&
           g_strcmp0(a->headline, b->headline) == 0 &&
           g_strcmp0(a->standfirst, b->standfirst) == 0 && g_strcmp0(a->section, b->section) == 0 &&
           g_strcmp0(a->agency, b->agency) == 0 && g_strcmp0(a->alt, b->alt) == 0 &&
           slugs_same(a->authors, b->authors) && slugs_same(a->reporting, b->reporting);
}

static void story_touch_free(void *data)
{
    StoryTouch *touch = data;
    g_free(touch->input);
    g_free(touch);
}

static bool touch_known(const GPtrArray *touches, const StoryTouch *touch)
{
    for (unsigned i = 0; i < touches->len; i++) {
        const StoryTouch *other = touches->pdata[i];
        if (other->later == touch->later && other->due == touch->due &&
            other->published == touch->published && other->id == touch->id &&
            strcmp(other->input, touch->input) == 0) {
            return true;
        }
    }
    return false;
}

static void collect(Collector *collector, StoryTouch touch)
{
    if (collector->repeats && touch_known(collector->touches, &touch)) {
        return;
    }
    touch.input = g_strdup(touch.input);
    g_ptr_array_add(collector->touches, g_memdup2(&touch, sizeof touch));
}

/* The input at all its moments; `place` NULL for one that is no list. */
static void touch_input(Collector *collector, const Moments *when, const StoryFacts *place,
                        const char *format, ...) G_GNUC_PRINTF(4, 5);

static void touch_input(Collector *collector, const Moments *when, const StoryFacts *place,
                        const char *format, ...)
{
    char input[512];
    va_list arguments;
    va_start(arguments, format);
    g_vsnprintf(input, sizeof input, format, arguments);
    va_end(arguments);
    StoryTouch touch = {.input = input, .placed = place != NULL};
    if (place != NULL) {
        touch.published = place->published;
        touch.id = place->id;
    }
    if (when->now) {
        collect(collector, touch);
    }
    if (when->later) {
        touch.later = true;
        touch.due = when->due;
        collect(collector, touch);
    }
}

static void touch_all(Collector *collector, const Moments *when, const StoryFacts *facts,
                      unsigned aspects)
{
    const char *language = facts->language;
    int year = (int)(facts->day / 10000);
    int month = (int)(facts->day / 100 % 100);
    int day = (int)(facts->day % 100);
    if (aspects & LIST) {
        touch_input(collector, when, facts, "list:all/%s", language);
        touch_input(collector, when, facts, "list:day/%s/%04d-%02d-%02d", language, year, month,
                    day);
    }
    if (aspects & TEXT) {
        touch_input(collector, when, facts, "text:all/%s", language);
    }
    if (aspects & SITEMAP) {
        touch_input(collector, when, facts, "sitemap:%s/%04d-%02d", language, year, month);
    }
    if (aspects & COUNT) {
        touch_input(collector, when, NULL, "count:month/%s/%04d-%02d", language, year, month);
        touch_input(collector, when, NULL, "count:year/%s/%04d", language, year);
        touch_input(collector, when, NULL, "count:years/%s", language);
    }
}

/* "section/en/politics" and the like for topics and authors. */
static void touch_named(Collector *collector, const Moments *when, const StoryFacts *facts,
                        const char *key, unsigned aspects)
{
    const char *rest = strchr(key, '/');
    int head = (int)(rest - key);
    int year = (int)(facts->day / 10000);
    int month = (int)(facts->day / 100 % 100);
    if (aspects & LIST) {
        touch_input(collector, when, facts, "list:%s", key);
        touch_input(collector, when, facts, "list:%.*s-month%s/%04d-%02d", head, key, rest, year,
                    month);
    }
    if ((aspects & TEXT) && key[0] == 's') {
        touch_input(collector, when, facts, "text:%s", key);
    }
    if (aspects & COUNT) {
        touch_input(collector, when, NULL, "count:%.*s-year%s/%04d", head, key, rest, year);
        touch_input(collector, when, NULL, "count:%.*s-years%s", head, key, rest);
    }
}

static void touch_key(Collector *collector, const Moments *when, const StoryFacts *facts,
                      const char *key, unsigned aspects)
{
    if (g_str_has_prefix(key, "all/")) {
        touch_all(collector, when, facts, aspects);
    } else if (g_str_has_prefix(key, "opinion/") || g_str_has_prefix(key, "pages/")) {
        if (aspects & LIST) {
            touch_input(collector, when, facts, "list:%s", key);
        }
    } else {
        touch_named(collector, when, facts, key, aspects);
    }
}

static Moments moments_before(const StoryFacts *facts, int64_t now)
{
    return (Moments){.now = facts->out && facts->published <= now + STORY_TOUCH_MARGIN};
}

static Moments moments_after(const StoryFacts *facts, int64_t now)
{
    Moments when = moments_before(facts, now);
    when.later = facts->out && facts->published > now;
    when.due = when.later ? facts->published : 0;
    return when;
}

static void touch_lists(Collector *collector, const StoryFacts *before, const StoryFacts *after,
                        int64_t now)
{
    g_autoptr(GPtrArray) old_keys = story_facts_lists(before);
    g_autoptr(GPtrArray) new_keys = story_facts_lists(after);
    Moments then = moments_before(before, now);
    Moments when = moments_after(after, now);
    bool stays = before->published == after->published && before->day == after->day;
    unsigned same = TEXT;
    if (!card_same(before, after)) {
        same |= LIST | SITEMAP;
    } else if (before->updated != after->updated) {
        same |= SITEMAP;
    }
    for (unsigned i = 0; i < old_keys->len; i++) {
        const char *key = old_keys->pdata[i];
        if (!stays || !keys_have(new_keys, key)) {
            touch_key(collector, &then, before, key, LIST | TEXT | SITEMAP | COUNT);
        }
    }
    for (unsigned i = 0; i < new_keys->len; i++) {
        const char *key = new_keys->pdata[i];
        bool kept = stays && keys_have(old_keys, key);
        touch_key(collector, &when, after, key, kept ? same : LIST | TEXT | SITEMAP | COUNT);
    }
}

static void touch_plain(Collector *collector, const StoryFacts *before, const StoryFacts *after,
                        int64_t now)
{
    Moments then = moments_before(before, now);
    Moments when = moments_after(after, now);
    when.now |= then.now;
    bool appears =
        before->out != after->out || (before->out && before->published != after->published);
    bool named = g_strcmp0(before->headline, after->headline) != 0 ||
                 g_strcmp0(before->path, after->path) != 0 || before->group != after->group ||
                 g_strcmp0(before->language, after->language) != 0;
    touch_input(collector, &when, NULL, "story:%" PRId64, after->id);
    if (appears || !card_same(before, after)) {
        touch_input(collector, &when, NULL, "card:%" PRId64, after->id);
    }
    if (appears || named) {
        touch_input(collector, &when, NULL, "group:%" PRId64, after->group);
        if (before->group != after->group && before->group != 0) {
            touch_input(collector, &then, NULL, "group:%" PRId64, before->group);
        }
    }
}

/* Stands there a story that readers may not see now, by some machine's clock? */
static bool hides(const StoryFacts *facts, int64_t now)
{
    return facts->path != NULL && !(facts->out && facts->published <= now - STORY_TOUCH_MARGIN);
}

static void touch_address(Collector *collector, const StoryFacts *before, const StoryFacts *after,
                          int64_t now)
{
    Moments then = {.now = true}, when = moments_after(after, now);
    bool same = g_strcmp0(before->path, after->path) == 0;
    bool appears =
        before->out != after->out || (before->out && before->published != after->published);
    when.now = true;
    if (!same && hides(before, now)) {
        touch_input(collector, &then, NULL, "at:%s", before->path);
    }
    if (same ? appears && (hides(before, now) || hides(after, now)) : hides(after, now)) {
        touch_input(collector, &when, NULL, "at:%s", after->path);
    }
}

GPtrArray *story_touches(const StoryFacts *before, const StoryFacts *after, int64_t now)
{
    Collector collector = {g_ptr_array_new_with_free_func(story_touch_free),
                           before != NULL && after != NULL};
    StoryFacts gone = {0};
    if (before == NULL || after == NULL) {
        const StoryFacts *side = before == NULL ? after : before;
        gone = (StoryFacts){.id = side->id, .group = side->group, .language = side->language};
    }
    const StoryFacts *old = before == NULL ? &gone : before;
    const StoryFacts *new = after == NULL ? &gone : after;
    bool changed = before == NULL || after == NULL || before->version != after->version;
    if (changed && (old->out || new->out)) {
        touch_plain(&collector, old, new, now);
        touch_lists(&collector, old, new, now);
    }
    touch_address(&collector, old, new, now);
    return collector.touches;
}

bool story_touch_send(Store *store, const StoryTouch *touch, GError **error)
{
    if (touch->later) {
        return press_touch_due(store, touch->due, touch->input, touch->published, touch->id, error);
    }
    if (touch->placed) {
        return press_touch_at(store, touch->input, touch->published, touch->id, error);
    }
    return press_touch(store, touch->input, error);
}
