/* The states of a story and the ways between them: story_state.h. The rows are written by
 * story_change.c. */
#include "desk/story_state.h"

#include "base/error.h"
#include "desk/story_change.h"
#include "desk_sql.h"

#include <inttypes.h>
#include <string.h>

static bool refuse(const Story *story, const char *wish, const char *advice, GError **error)
{
    return fail(error, KOLOKOL_ERROR_CONFLICT, "story %" PRId64 " is %s and cannot be %s; %s",
                story->id, story_state_name(story->state), wish, advice);
}

static bool publish(StoryChange *change, void *data, GError **error)
{
    Story *story = change->after;
    if (story_visible(story, change->now)) {
        return true;
    }
    story->state = STORY_PUBLISHED;
    if (story->published == STORY_UNDATED || story->published > change->now) {
        story->published = change->now;
    }
    return true;
}

bool story_publish(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error)
{
    return story_change_run(store, site, id, now, publish, NULL, error);
}

static bool schedule(StoryChange *change, void *data, GError **error)
{
    Story *story = change->after;
    if (story_visible(story, change->now)) {
        return refuse(story, "scheduled", "withdraw it first, or change its date", error);
    }
    story->state = STORY_SCHEDULED;
    story->published = *(const int64_t *)data;
    return true;
}

bool story_schedule(Store *store, const DeskSite *site, int64_t id, int64_t when, int64_t now,
                    GError **error)
{
    if (when <= now) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the moment to publish has passed; publish the story now instead");
    }
    return story_change_run(store, site, id, now, schedule, &when, error);
}

static bool before_readers(StoryState state)
{
    return state == STORY_DRAFT || state == STORY_IN_EDIT || state == STORY_READY;
}

static bool set_stage(StoryChange *change, void *data, GError **error)
{
    Story *story = change->after;
    StoryState wanted = *(const StoryState *)data;
    if (!before_readers(story->state)) {
        return refuse(story, story_state_name(wanted), "withdraw and reopen it first", error);
    }
    story->state = wanted;
    return true;
}

bool story_set_stage(Store *store, const DeskSite *site, int64_t id, StoryState stage, int64_t now,
                     GError **error)
{
    if (!before_readers(stage)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%s\" is no stage; it is draft, in edit or ready", story_state_name(stage));
    }
    return story_change_run(store, site, id, now, set_stage, &stage, error);
}

bool story_set_ready(Store *store, const DeskSite *site, int64_t id, bool ready, int64_t now,
                     GError **error)
{
    return story_set_stage(store, site, id, ready ? STORY_READY : STORY_DRAFT, now, error);
}

static bool withdraw(StoryChange *change, void *data, GError **error)
{
    Story *story = change->after;
    if (story_visible(story, change->now)) {
        story->state = STORY_WITHDRAWN;
    } else if (story->state != STORY_WITHDRAWN && story->state != STORY_TAKEN_DOWN) {
        story->state = STORY_DRAFT;
    }
    return true;
}

bool story_withdraw(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error)
{
    return story_change_run_any(store, site, id, now, withdraw, NULL, error);
}

static bool reopen(StoryChange *change, void *data, GError **error)
{
    Story *story = change->after;
    if (story_goes_out(story)) {
        return refuse(story, "reopened", "withdraw it first", error);
    }
    if (story->state == STORY_WITHDRAWN) {
        story->state = STORY_DRAFT;
        g_free(story->reason);
        story->reason = g_strdup("");
    }
    return true;
}

bool story_reopen(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error)
{
    return story_change_run(store, site, id, now, reopen, NULL, error);
}

typedef struct {
    int64_t now, count;
} Settle;

static bool settle(Store *store, void *data, GError **error)
{
    Settle *work = data;
    return desk_story_settle_counted(store, work->now, &work->count, error) &&
           (work->count == 0 || desk_find_settle(store, error));
}

bool story_settle(Store *store, int64_t now, int64_t *settled, GError **error)
{
    Settle work = {.now = now};
    if (!store_transact(store, settle, &work, error)) {
        return false;
    }
    if (settled != NULL) {
        *settled = work.count;
    }
    return true;
}
