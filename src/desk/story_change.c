/*
 * Writing a story: story_change.h. What an edit means is story_edit.c, story_state.c and import.c;
 * paths are story_path.c, touches story_touch.c.
 */
#include "desk/story_change.h"

#include "base/error.h"
#include "desk/checklist.h"
#include "desk/media.h"
#include "desk/story_embargo.h"
#include "desk/story_find.h"
#include "desk/story_photo.h"
#include "desk/story_row.h"
#include "desk/story_search.h"
#include "desk/story_words.h"
#include "desk_erase_sql.h"
#include "desk_sql.h"

#include <inttypes.h>
#include <string.h>

void story_change_clear(StoryChange *change)
{
    g_clear_pointer(&change->before, story_free);
    g_clear_pointer(&change->after, story_free);
}

static bool group_check(StoryChange *change, GError **error)
{
    const Story *after = change->after;
    if (after->group == 0 || (change->before != NULL && change->before->group == after->group)) {
        return true;
    }
    g_autoptr(StoreRows) rows =
        desk_group_member(change->store, after->group, after->language, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW && store_number(rows, 0) != after->id) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "there is a translation into \"%s\" already, story %" PRId64
                    "; a group has one story a language",
                    after->language, store_number(rows, 0));
    }
    return step != STORE_FAILED;
}

bool story_change_check(StoryChange *change, GError **error)
{
    Story *after = change->after;
    bool dated = after->published != STORY_UNDATED;
    if (change->before == NULL || change->before->published != after->published) {
        after->day = dated ? desk_site_day(change->site, after->published) : 0;
    }
    return group_check(change, error) && story_embargo_check(change, error) &&
           story_path_check(change, error) && story_photo_check(change, error) &&
           checklist_check(change, error);
}

static bool texts_same(const Story *a, const Story *b)
{
    return g_strcmp0(a->section, b->section) == 0 && g_strcmp0(a->slug, b->slug) == 0 &&
           g_strcmp0(a->path, b->path) == 0 && strcmp(a->headline, b->headline) == 0 &&
           strcmp(a->standfirst, b->standfirst) == 0 && strcmp(a->agency, b->agency) == 0 &&
           strcmp(a->caption, b->caption) == 0 && strcmp(a->credit, b->credit) == 0 &&
           strcmp(a->alt, b->alt) == 0 && strcmp(a->reason, b->reason) == 0;
}

static bool story_same(const Story *a, const Story *b)
{
    return a->group == b->group && a->kind == b->kind && a->state == b->state &&
           a->published == b->published && a->day == b->day && a->updated == b->updated &&
           a->withheld == b->withheld && a->photo == b->photo && a->format == b->format &&
           a->version == b->version && a->embargo == b->embargo && texts_same(a, b) &&
           g_strv_equal((const char *const *)a->topics, (const char *const *)b->topics) &&
           g_strv_equal((const char *const *)a->authors, (const char *const *)b->authors) &&
           g_strv_equal((const char *const *)a->reporting, (const char *const *)b->reporting);
}

/* Does the text differ from the current revision's? */
static bool text_differs(StoryChange *change, bool *differs, GError **error)
{
    const Story *before = change->before;
    const Story *after = change->after;
    if (before == NULL || strcmp(before->headline, after->headline) != 0 ||
        strcmp(before->standfirst, after->standfirst) != 0 || before->format != after->format) {
        *differs = true;
        return true;
    }
    if (change->body == NULL) {
        *differs = false;
        return true;
    }
    g_autofree char *body = NULL;
    StoryFormat format = STORY_MARKDOWN;
    if (!story_text(change->store, before->id, &body, &format, error)) {
        return false;
    }
    *differs = strcmp(body, change->body) != 0;
    return true;
}

static bool write_row(StoryChange *change, GError **error)
{
    const Story *s = change->after;
    g_autofree char *topics = story_slugs_join(s->topics);
    g_autofree char *byline = story_byline_join(s);
    const int64_t *published = s->published != STORY_UNDATED ? &s->published : NULL;
    const int64_t *visible = story_goes_out(s) ? &s->published : NULL;
    const int64_t *photo = s->photo != 0 ? &s->photo : NULL;
    if (change->before == NULL) {
        return desk_story_insert(change->store, s->id, s->group, story_kind_name(s->kind),
                                 s->language, story_state_name(s->state), s->section, s->slug,
                                 s->path, s->external, change->given, change->given_length,
                                 published, visible, s->day, s->updated, s->headline, s->standfirst,
                                 topics, byline, s->agency, photo, s->caption, s->credit, s->alt,
                                 s->revision, story_format_name(s->format), s->version, s->created,
                                 s->changed, s->reason, s->embargo, error);
    }
    return desk_story_update(
        change->store, s->id, s->group, story_kind_name(s->kind), story_state_name(s->state),
        s->section, s->slug, s->path, published, visible, s->day, s->updated, s->headline,
        s->standfirst, topics, byline, s->agency, photo, s->caption, s->credit, s->alt, s->revision,
        story_format_name(s->format), s->version, s->changed, s->reason, s->embargo, error);
}

/* A photo that the story has no more is in no revision; a takedown must know it. */
static bool keep_photo_before(StoryChange *change, GError **error)
{
    const Story *before = change->before;
    return before == NULL || before->photo == 0 || before->photo == change->after->photo ||
           desk_erase_photo_before_put(change->store, before->id, before->photo, error);
}

/* The pictures in the body, for their usage lists. */
static bool write_media_use(StoryChange *change, const char *body, GError **error)
{
    int64_t id = change->after->id;
    if (change->before != NULL && !desk_media_use_clear(change->store, id, error)) {
        return false;
    }
    g_autoptr(GArray) used = media_in_body(body);
    for (unsigned i = 0; i < used->len; i++) {
        if (!desk_media_use_insert(change->store, g_array_index(used, int64_t, i), id, error)) {
            return false;
        }
    }
    return true;
}

static bool write_revision(StoryChange *change, GError **error)
{
    const Story *story = change->after;
    g_autofree char *same = NULL;
    const char *body = change->body;
    if (body == NULL && change->before != NULL) {
        StoryFormat format = STORY_MARKDOWN;
        if (!story_text(change->store, story->id, &same, &format, error)) {
            return false;
        }
        body = same;
    }
    body = body != NULL ? body : "";
    return desk_revision_insert(change->store, story->id, story->revision, change->now,
                                change->editor != NULL ? change->editor : "", story->headline,
                                story->standfirst, story_format_name(story->format),
                                (int64_t)strlen(body), body, error) &&
           write_media_use(change, body, error);
}

static bool has_key(GPtrArray *keys, const char *key)
{
    return g_ptr_array_find_with_equal_func(keys, key, g_str_equal, NULL);
}

/* The rows of desk_listed that go (add false) or come. */
static bool list_side(StoryChange *change, const StoryFacts *facts, GPtrArray *keys,
                      GPtrArray *kept, bool add, GError **error)
{
    for (unsigned i = 0; i < keys->len; i++) {
        const char *key = keys->pdata[i];
        if (kept != NULL && has_key(kept, key)) {
            continue;
        }
        bool written =
            add ? desk_listed_insert(change->store, key, facts->published, facts->id, facts->day,
                                     error)
                : desk_listed_delete(change->store, key, facts->published, facts->id, error);
        if (!written) {
            return false;
        }
        desk_batch_count(change->batch, key, facts->day / 100, add ? 1 : -1);
    }
    return true;
}

static bool write_lists(StoryChange *change, const StoryFacts *before, const StoryFacts *after,
                        GError **error)
{
    g_autoptr(GPtrArray) new_keys = story_facts_lists(after);
    if (before == NULL) {
        return list_side(change, after, new_keys, NULL, true, error);
    }
    g_autoptr(GPtrArray) old_keys = story_facts_lists(before);
    bool stays = before->published == after->published && before->day == after->day;
    return list_side(change, before, old_keys, stays ? new_keys : NULL, false, error) &&
           list_side(change, after, new_keys, stays ? old_keys : NULL, true, error);
}

static bool begin_row(StoryChange *change, GError **error)
{
    Story *after = change->after;
    if (change->before != NULL) {
        after->version = MAX(after->version, change->before->version + 1);
        after->revision = change->before->revision + change->revised;
        after->changed = change->now;
        if (change->revised && story_visible(change->before, change->now)) {
            after->updated = change->now;
        }
        return true;
    }
    if (!store_next_id(change->store, "story", &after->id, error)) {
        return false;
    }
    after->group = after->group != 0 ? after->group : after->id;
    after->version = 1;
    after->revision = 1;
    after->created = change->now;
    after->changed = change->now;
    return true;
}

/* The page of corrections shows the headlines and paths of the corrected. */
static bool touch_corrections(StoryChange *change, const StoryFacts *before,
                              const StoryFacts *after, GError **error)
{
    if (before == NULL) {
        return true;
    }
    g_autoptr(StoreRows) rows = desk_corrections_of_story(change->store, after->id, error);
    if (rows == NULL) {
        return false;
    }
    g_autofree char *list = g_strconcat("list:corrections/", after->language, NULL);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        StoryTouch touch = {.input = list,
                            .placed = true,
                            .published = store_number(rows, 2),
                            .id = store_number(rows, 0)};
        desk_batch_touch(change->batch, &touch);
        if (after->out && after->published > change->now) {
            touch.later = true;
            touch.due = after->published;
            desk_batch_touch(change->batch, &touch);
        }
    }
    return step == STORE_END;
}

bool story_change_write(StoryChange *change, bool *changed, GError **error)
{
    const Story *before = change->before;
    bool revised = false;
    if (!text_differs(change, &revised, error)) {
        return false;
    }
    change->revised = revised;
    bool differs = revised || !story_same(before, change->after);
    if (differs && !begin_row(change, error)) {
        return false;
    }
    if (differs) {
        StoryFacts old = before != NULL ? story_facts(before) : (StoryFacts){0};
        StoryFacts new = story_facts(change->after);
        const StoryFacts *was = before != NULL ? &old : NULL;
        if ((revised && !write_revision(change, error)) || !write_row(change, error) ||
            !keep_photo_before(change, error) || !write_lists(change, was, &new, error) ||
            !story_path_write(change, error) ||
            !story_words_changed(change->store, before, change->after, revised, error) ||
            !story_search_changed(change->store, before, change->after, change->now, error) ||
            !story_find_changed(change->store, change->after, error) ||
            !touch_corrections(change, was, &new, error)) {
            return false;
        }
        g_autoptr(GPtrArray) touches = story_touches(was, &new, change->now);
        for (unsigned i = 0; i < touches->len; i++) {
            desk_batch_touch(change->batch, touches->pdata[i]);
        }
    }
    if (changed != NULL) {
        *changed = differs;
    }
    return true;
}

typedef struct {
    StoryChange change;
    int64_t id;
    StoryEdit edit;
    void *data;
    bool any; /* one that was taken down too */
} Run;

bool story_change_open(const Story *story, GError **error)
{
    return story->state != STORY_TAKEN_DOWN ||
           fail(error, KOLOKOL_ERROR_CONFLICT,
                "story %" PRId64 " was taken down for good: it is never opened again and takes "
                "nothing new; make a new story instead",
                story->id);
}

static bool run_body(Store *store, void *data, GError **error)
{
    Run *run = data;
    StoryChange *change = &run->change;
    story_change_clear(change);
    desk_batch_reset(change->batch);
    change->before = story_read(store, run->id, error);
    if (change->before == NULL || (!run->any && !story_change_open(change->before, error))) {
        return false;
    }
    change->after = story_copy(change->before);
    return run->edit(change, run->data, error) && story_change_check(change, error) &&
           story_change_write(change, NULL, error) && desk_batch_flush(change->batch, store, error);
}

static bool change_run(Store *store, const DeskSite *site, Run *run, int64_t now, GError **error)
{
    g_autoptr(DeskBatch) batch = desk_batch_new();
    run->change = (StoryChange){.store = store, .site = site, .batch = batch, .now = now};
    bool done = store_transact(store, run_body, run, error);
    story_change_clear(&run->change);
    return done;
}

bool story_change_run(Store *store, const DeskSite *site, int64_t id, int64_t now, StoryEdit edit,
                      void *data, GError **error)
{
    Run run = {.id = id, .edit = edit, .data = data};
    return change_run(store, site, &run, now, error);
}

bool story_change_run_any(Store *store, const DeskSite *site, int64_t id, int64_t now,
                          StoryEdit edit, void *data, GError **error)
{
    Run run = {.id = id, .edit = edit, .data = data, .any = true};
    return change_run(store, site, &run, now, error);
}
