/*
 * The paths a story holds: choosing one, moving it, tombstones, and the touches of what stands at
 * old ones. Redirects as readers get them are redirect.c; which paths are allowed at all is
 * address.c.
 */
#include "desk/story_change.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/address.h"
#include "desk_sql.h"
#include "text/slug.h"

#include <inttypes.h>
#include <string.h>

#define SAME_SLUG_MOST 1000u /* stories of one day with one headline */

enum { OWN = 200, MOVED = 301, GONE = 410 };

void story_path_clear(StoryPath *path)
{
    g_clear_pointer(&path->target, g_free);
    g_clear_pointer(&path->alike, g_free);
    *path = (StoryPath){0};
}

int64_t story_path_month(int64_t moment)
{
    int64_t seconds = moment / CLOCK_SECOND - (moment % CLOCK_SECOND < 0 ? 1 : 0);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
    return g_date_time_get_year(utc) * 100 + g_date_time_get_month(utc);
}

bool story_path_read(Store *store, const char *path, StoryPath *found, GError **error)
{
    g_autoptr(StoreRows) rows = desk_path_read(store, path, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    story_path_clear(found);
    if (step == STORE_ROW) {
        found->held = true;
        found->status = (int)store_number(rows, 0);
        found->story = store_number(rows, 1);
        found->target = store_text_copy(rows, 2);
        found->since = store_number(rows, 3);
        found->month = store_number(rows, 4);
    }
    return true;
}

bool story_path_conflict(Store *store, const char *path, const StoryPath *holder, GError **error)
{
    if (holder->alike != NULL) {
        return fail(
            error, KOLOKOL_ERROR_CONFLICT,
            "the path %s differs from %s, which is taken, in capital letters only, and on a "
            "memory stick or a Mac one would lie over the other; choose another",
            path, holder->alike);
    }
    if (holder->story == 0) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "the path %s is a redirect to %s; remove that first", path,
                    holder->target != NULL ? holder->target : "elsewhere");
    }
    g_autoptr(Story) story = story_read(store, holder->story, error);
    if (story == NULL) {
        return false;
    }
    if (story->embargo > clock_now()) { /* which not everybody who asks may know of */
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "the path %s is taken; choose another path or slug", path);
    }
    const char *as = holder->status == MOVED  ? "an old address of"
                     : holder->status == GONE ? "the tombstone of"
                                              : "held by";
    return fail(error, KOLOKOL_ERROR_CONFLICT,
                "the path %s is %s story %" PRId64 " \"%.80s\"; choose another path or slug", path,
                as, story->id, story->headline);
}

static bool read_alike(Store *store, const char *path, StoryPath *holder, GError **error)
{
    g_autofree char *folded = g_ascii_strdown(path, -1);
    g_autoptr(StoreRows) rows = desk_path_alike(store, folded, path, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    holder->alike = step == STORE_ROW ? store_text_copy(rows, 0) : NULL;
    return step != STORE_FAILED;
}

bool story_path_free(Store *store, const char *path, int64_t id, bool *free, StoryPath *holder,
                     GError **error)
{
    if (!story_path_read(store, path, holder, error)) {
        return false;
    }
    bool own = !holder->held || (id != 0 && holder->story == id);
    if (own && !read_alike(store, path, holder, error)) {
        return false;
    }
    *free = own && holder->alike == NULL;
    return true;
}

/* The default path; a slug made from the headline gets a number where it is held, one asked for
 * does not. */
static bool choose_default(StoryChange *change, GError **error)
{
    Story *story = change->after;
    g_autofree char *made = story->slug == NULL ? slug_from_title(story->headline, 0) : NULL;
    const char *slug = made != NULL ? made : story->slug;
    g_auto(StoryPath) holder = {0};
    for (unsigned number = 1; number <= SAME_SLUG_MOST; number++) {
        g_autofree char *numbered =
            number == 1 ? g_strdup(slug) : g_strdup_printf("%s-%u", slug, number);
        g_autofree char *path =
            address_default(change->site, story->kind, story->language, story->day, numbered);
        bool reserved = address_reserved(change->site, path);
        bool is_free = false;
        if (!reserved &&
            !story_path_free(change->store, path, story->id, &is_free, &holder, error)) {
            return false;
        }
        if (is_free) {
            story->path = g_steal_pointer(&path);
            return true;
        }
        if (made == NULL) {
            return reserved ? fail(error, KOLOKOL_ERROR_INVALID,
                                   "the slug \"%s\" makes the path %s, which the edition "
                                   "uses itself; choose another slug",
                                   slug, path)
                            : story_path_conflict(change->store, path, &holder, error);
        }
    }
    return fail(error, KOLOKOL_ERROR_CONFLICT,
                "more than %u stories want the slug \"%s\" on one day; give this one a slug",
                SAME_SLUG_MOST, slug);
}

/* Did readers know the old path? Then it stays, as redirect or tombstone. */
static bool known(const StoryChange *change, const StoryPath *row)
{
    return story_visible(change->before, change->now) || row->status == GONE;
}

/* Is what differs in capitals only the story's own path, which no reader has seen and nothing stays
 * at? */
static bool own_unseen(const StoryChange *change, const StoryPath *holder, bool *is, GError **error)
{
    const Story *before = change->before;
    g_auto(StoryPath) row = {0};
    *is = holder->alike != NULL && before != NULL && g_strcmp0(holder->alike, before->path) == 0;
    if (*is && !story_path_read(change->store, before->path, &row, error)) {
        return false;
    }
    *is = *is && !known(change, &row);
    return true;
}

bool story_path_check(StoryChange *change, GError **error)
{
    Story *after = change->after;
    if (after->path == NULL) {
        return !story_goes_out(after) || choose_default(change, error);
    }
    if (change->before != NULL && g_strcmp0(change->before->path, after->path) == 0) {
        return true;
    }
    g_auto(StoryPath) holder = {0};
    bool is_free = false;
    if (!story_path_free(change->store, after->path, after->id, &is_free, &holder, error)) {
        return false;
    }
    bool unseen = false;
    return is_free || (own_unseen(change, &holder, &unseen, error) &&
                       (unseen || story_path_conflict(change->store, after->path, &holder, error)));
}

void story_path_touch(DeskBatch *batch, const char *path, int64_t month, int64_t later)
{
    g_autofree char *at = g_strconcat("path:", path, NULL);
    g_autofree char *status =
        g_strdup_printf("status:%04d-%02d", (int)(month / 100), (int)(month % 100));
    desk_batch_touch_now(batch, at);
    desk_batch_touch_now(batch, status);
    if (later != 0) {
        desk_batch_touch(batch, &(StoryTouch){.input = at, .later = true, .due = later});
        desk_batch_touch(batch, &(StoryTouch){.input = status, .later = true, .due = later});
    }
}

static bool put(StoryChange *change, const char *path, int status, GError **error)
{
    int64_t changed = 0;
    if (!desk_path_put_counted(change->store, path, status, &change->after->id, NULL, change->now,
                               story_path_month(change->now), &changed, error)) {
        return false;
    }
    return changed > 0 ||
           fail(error, KOLOKOL_ERROR_BUSY, "the path %s was taken in this moment; try again", path);
}

static bool dead(const Story *story)
{
    return story->state == STORY_WITHDRAWN || story->state == STORY_TAKEN_DOWN;
}

/* When what stands at the story's addresses changes by the clock, or 0. */
static int64_t later_moment(const StoryChange *change)
{
    const Story *after = change->after;
    return story_goes_out(after) && after->published > change->now ? after->published : 0;
}

static bool leave_old(StoryChange *change, GError **error)
{
    const char *old = change->before->path;
    g_auto(StoryPath) row = {0};
    if (!story_path_read(change->store, old, &row, error)) {
        return false;
    }
    if (!known(change, &row)) {
        return desk_path_delete(change->store, old, error);
    }
    if (row.status == GONE) {
        story_path_touch(change->batch, old, row.month, 0);
    }
    story_path_touch(change->batch, old, story_path_month(change->now), later_moment(change));
    return desk_first_path_put(change->store, change->after->id, old, error) &&
           put(change, old, MOVED, error);
}

static bool take_new(StoryChange *change, GError **error)
{
    const char *path = change->after->path;
    g_auto(StoryPath) row = {0};
    if (change->before != NULL && !story_path_read(change->store, path, &row, error)) {
        return false;
    }
    if (row.held) {
        story_path_touch(change->batch, path, row.month, 0);
    }
    if (dead(change->after)) {
        story_path_touch(change->batch, path, story_path_month(change->now), 0);
    }
    return put(change, path, dead(change->after) ? GONE : OWN, error);
}

/* The state changed at the same path: tombstones come and go. */
static bool keep_path(StoryChange *change, GError **error)
{
    const char *path = change->after->path;
    g_auto(StoryPath) row = {0};
    if (!story_path_read(change->store, path, &row, error)) {
        return false;
    }
    if (row.status == GONE) {
        story_path_touch(change->batch, path, row.month, later_moment(change));
        return !story_visible(change->after, change->now) || put(change, path, OWN, error);
    }
    if (dead(change->after) && known(change, &row)) {
        story_path_touch(change->batch, path, story_path_month(change->now), 0);
        return put(change, path, GONE, error);
    }
    return true;
}

/* Old addresses lead to wherever the story is now, and only while it is to be seen. */
static bool touch_old_addresses(StoryChange *change, GError **error)
{
    g_autoptr(StoreRows) rows = desk_paths_of_story(change->store, change->after->id, error);
    if (rows == NULL) {
        return false;
    }
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        if (store_number(rows, 1) == MOVED) {
            story_path_touch(change->batch, store_text(rows, 0), store_number(rows, 3),
                             later_moment(change));
        }
    }
    return step == STORE_END;
}

bool story_path_write(StoryChange *change, GError **error)
{
    const Story *before = change->before;
    const Story *after = change->after;
    const char *old = before == NULL ? NULL : before->path;
    if (before == NULL) {
        return after->path == NULL || take_new(change, error);
    }
    bool moved = g_strcmp0(old, after->path) != 0;
    bool turned = before->state != after->state || before->published != after->published;
    if (!moved && !turned) {
        return true;
    }
    if (moved && old != NULL && !leave_old(change, error)) {
        return false;
    }
    if (moved && after->path != NULL && !take_new(change, error)) {
        return false;
    }
    if (!moved && old != NULL && !keep_path(change, error)) {
        return false;
    }
    return touch_old_addresses(change, error);
}
