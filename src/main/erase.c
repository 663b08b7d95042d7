/* Erasures, step by step, with what each department offers for it: erase.h. */
#include "main/erase.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/erasure.h"
#include "desk/media.h"
#include "desk/story.h"
#include "desk/withhold.h"
#include "fund/campaign_withhold.h"
#include "mail/issue_erase.h"
#include "mail/newsletter_withhold.h"
#include "press/setting.h"
#include "press/tidy.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* ---- Newsletters and search -------------------------------------------------------------------
 */

static bool advance_body(Store *store, void *data, GError **error)
{
    const Erasure *erasure = data;
    return erasure_advance(store, erasure->id, erasure->step + 1, clock_now(), error);
}

/* Where the tombstone is, and in which language; both NULL for a name. Caller frees. */
static bool place_of(Store *store, const Erasure *erasure, char **path, char **language,
                     GError **error)
{
    if (erasure->story == 0) {
        return true;
    }
    g_autoptr(Story) story = story_read(store, erasure->story, error);
    if (story == NULL) {
        return false;
    }
    *path = g_strdup(story->path);
    *language = g_strdup(story->language);
    return true;
}

static bool spread_one(EraseWork *work, const Erasure *erasure, GError **error)
{
    Store *store = newsroom_press_store(work->press);
    bool forgotten = false;
    g_autofree char *path = NULL, *language = NULL;
    g_autofree char *outbox = g_build_filename(work->newsroom->dir, "outbox", NULL);
    g_autoptr(GPtrArray) paths = erasure_words(store, erasure->id, ERASURE_PATH, error);
    g_autoptr(GPtrArray) names =
        paths == NULL ? NULL : erasure_words(store, erasure->id, ERASURE_NAME, error);
    if (names == NULL || !place_of(store, erasure, &path, &language, error)) {
        return false;
    }
    IssueErase what = {paths, path, names, erasure->instead, outbox};
    /* The number that forms are asked for (erasure_withheld()) grows as the last of these ends. */
    return search_work_forget(work->search, language, &forgotten, error) &&
           issue_erase(store, &what, error) &&
           newsletter_withhold(store, names, erasure->instead, error) &&
           campaign_withhold(store, names, erasure->instead, clock_now(), error) &&
           (!forgotten || store_transact(store, advance_body, (void *)(uintptr_t)erasure, error));
}

/* One without a problem is new, or somebody asked for another try. */
static bool is_time(int64_t not_before, const GPtrArray *erasures)
{
    bool time = erasures->len > 0 && clock_monotonic() >= not_before;
    for (guint i = 0; i < erasures->len; i++) {
        time = time || *((const Erasure *)erasures->pdata[i])->problem == '\0';
    }
    return time;
}

static bool go_through_stories(EraseWork *work, GError **error)
{
    bool more = false;
    Store *store = newsroom_press_store(work->press);
    g_autoptr(GPtrArray) open = erasure_at(store, ERASURE_STORIES, error);
    if (open == NULL || !is_time(work->spread_not_before, open)) {
        return open != NULL;
    }
    g_auto(GStrv) languages = setting_languages(store, error);
    g_autoptr(GTimeZone) zone = languages == NULL ? NULL : setting_timezone(store, error);
    DeskSite site = {(const char *const *)languages, zone};
    do {
        if (zone == NULL || !withhold_step(store, &site, clock_now(), &more, NULL, error)) {
            return false;
        }
    } while (more);
    return true;
}

/* What stands in the way of those at a step, for people to see in the office; "" when they are
 * tried. That it cannot be written is no second problem. */
static void tell(Store *store, ErasureStep step, const char *problem)
{
    g_autoptr(GPtrArray) open = erasure_at(store, step, NULL);
    for (guint i = 0; open != NULL && i < open->len; i++) {
        erasure_problem(store, ((const Erasure *)open->pdata[i])->id, problem, NULL);
    }
}

/* Takes the reason. A line for people the first time only; that others are at work is no news. */
static bool put_off(int64_t *not_before, bool may, const char *where, GError **reason, char **said,
                    GError **error)
{
    bool first = *not_before == 0 && !g_error_matches(*reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    if (!may) {
        g_propagate_error(error, g_steal_pointer(reason));
        return false;
    }
    *not_before = clock_monotonic() + ERASE_AGAIN;
    if (first) {
        *said = g_strdup_printf(
            "what was taken down is not yet gone from %s, and will be tried again: %s", where,
            (*reason)->message);
    }
    return true;
}

static bool spread_all(EraseWork *work, GError **error)
{
    g_autoptr(GPtrArray) all = erasure_at(newsroom_press_store(work->press), ERASURE_SPREAD, error);
    bool time = all != NULL && is_time(work->spread_not_before, all);
    for (guint i = 0; time && i < all->len; i++) {
        if (!spread_one(work, all->pdata[i], error)) {
            return false;
        }
    }
    return all != NULL;
}

bool erase_spread(EraseWork *work, char **said, GError **error)
{
    g_autoptr(GError) reason = NULL;
    ErasureStep step = ERASURE_STORIES;
    bool all = clock_monotonic() >= work->spread_not_before;
    bool done = go_through_stories(work, &reason);
    if (done) {
        step = ERASURE_SPREAD;
        done = spread_all(work, &reason);
    }
    if (done) {
        work->spread_not_before = all ? 0 : work->spread_not_before;
        return true;
    }
    tell(newsroom_press_store(work->press), step, reason->message);
    return put_off(&work->spread_not_before, work->patient, "stories, letters and search", &reason,
                   said, error);
}

/* ---- Files and free space ---------------------------------------------------------------------
 */

static bool remove_file(const EraseWork *work, const char *file, GError **error)
{
    bool used = false;
    g_autofree char *path = g_build_filename(work->newsroom->media_dir, file, NULL);
    if (!media_file_used(newsroom_press_store(work->press), file, &used, error)) {
        return false;
    }
    return used || g_unlink(path) == 0 || errno == ENOENT ||
           fail(error, KOLOKOL_ERROR_IO, "cannot remove %s: %s", path, g_strerror(errno));
}

static bool remove_files(const EraseWork *work, const GPtrArray *erasures, GError **error)
{
    for (guint i = 0; i < erasures->len; i++) {
        const Erasure *erasure = erasures->pdata[i];
        g_autoptr(GPtrArray) files =
            erasure_words(newsroom_press_store(work->press), erasure->id, ERASURE_FILE, error);
        for (guint j = 0; files != NULL && j < files->len; j++) {
            if (!remove_file(work, files->pdata[j], error)) {
                return false;
            }
        }
        if (files == NULL) {
            return false;
        }
    }
    return true;
}

/* What a sender wrote while newsletters were forgetting. */
static bool clear_outbox(const EraseWork *work, GError **error)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autofree char *outbox = g_build_filename(work->newsroom->dir, "outbox", NULL);
    IssueErase what = {none, NULL, none, "", outbox};
    return issue_erase(newsroom_press_store(work->press), &what, error);
}

static bool forget_body(Store *store, void *data, GError **error)
{
    const GPtrArray *erasures = data;
    for (guint i = 0; i < erasures->len; i++) {
        if (!erasure_forget_words(store, ((const Erasure *)erasures->pdata[i])->id, error)) {
            return false;
        }
    }
    return true;
}

static bool done_body(Store *store, void *data, GError **error)
{
    const GPtrArray *erasures = data;
    for (guint i = 0; i < erasures->len; i++) {
        if (!advance_body(store, erasures->pdata[i], error)) {
            return false;
        }
    }
    return true;
}

static bool clean_search(const EraseWork *work, GError **error)
{
    bool done = false;
    return search_work_clean(work->search, &done, error) &&
           (done || fail(error, KOLOKOL_ERROR_BUSY, "stories are still to be indexed"));
}

/* Of drafts that were thrown away no edition, letter or index has a word. */
static bool only_drafts(const GPtrArray *erasures)
{
    for (guint i = 0; i < erasures->len; i++) {
        if (strcmp(((const Erasure *)erasures->pdata[i])->kind, ERASURE_DISCARD) != 0) {
            return false;
        }
    }
    return true;
}

static bool clean_files(const EraseWork *work, GPtrArray *erasures, GError **error)
{
    return clean_search(work, error) && press_purge(newsroom_press_engine(work->press), error) &&
           remove_files(work, erasures, error) && clear_outbox(work, error);
}

/* The database last: it is to be rid of the words too. */
static bool clean_all(const EraseWork *work, GPtrArray *erasures, GError **error)
{
    Store *store = newsroom_press_store(work->press);
    return (only_drafts(erasures) || clean_files(work, erasures, error)) &&
           store_transact(store, forget_body, erasures, error) && store_scrub(store, error) &&
           store_transact(store, done_body, erasures, error);
}

static bool may_wait(const GError *reason)
{
    return g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY) ||
           g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
}

bool erase_clean(EraseWork *work, char **said, GError **error)
{
    g_autoptr(GError) reason = NULL;
    Store *store = newsroom_press_store(work->press);
    g_autoptr(GPtrArray) erasures = erasure_at(store, ERASURE_CLEAN, error);
    if (erasures == NULL || !is_time(work->clean_not_before, erasures)) {
        return erasures != NULL;
    }
    if (clean_all(work, erasures, &reason)) {
        work->clean_not_before = 0;
        return true;
    }
    tell(store, ERASURE_CLEAN, reason->message);
    return put_off(&work->clean_not_before, work->patient || may_wait(reason),
                   "old editions and the database", &reason, said, error);
}

bool erase_open(Store *store, bool *open, GError **error)
{
    *open = false;
    for (ErasureStep step = ERASURE_STORIES; step < ERASURE_DONE && !*open; step++) {
        g_autoptr(GPtrArray) all = erasure_at(store, step, error);
        if (all == NULL) {
            return false;
        }
        *open = all->len > 0;
    }
    return true;
}
