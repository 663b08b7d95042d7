/* Merging topics: topic_merge.h. Each story is changed as by hand (story_change.h), which touches
 * what shows it. */
#include "desk/topic_merge.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/gone.h"
#include "desk/like.h"
#include "desk/redirect.h"
#include "desk/story_change.h"
#include "desk/story_desk.h"
#include "desk/topic.h"
#include "desk_merge_sql.h"
#include "press/press.h"

#include <string.h>

#define JOB  "topic.merge"
#define DONE INT64_C(-1)

#define MERGED_MOST 1000u /* topics that went into one */

typedef struct {
    const DeskSite *site;
    const char *language, *slug, *target;
    int64_t now;
    char *into; /* the target as the row has it */
    bool more;
} Merge;

/* ---- Stories -------------------------------------------------------------------------------- */

/* The second topic takes the first one's place, or goes without it where it stands already. */
static bool replace_topic(StoryChange *change, void *data, GError **error)
{
    const Merge *merge = data;
    g_autoptr(GPtrArray) slugs = g_ptr_array_new();
    for (char **slug = change->before->topics; *slug != NULL; slug++) {
        bool first = strcmp(*slug, merge->slug) == 0;
        char *wanted = first ? merge->into : *slug;
        if (!g_ptr_array_find_with_equal_func(slugs, wanted, g_str_equal, NULL)) {
            g_ptr_array_add(slugs, wanted);
        }
    }
    g_ptr_array_add(slugs, NULL);
    g_strfreev(change->after->topics);
    change->after->topics = g_strdupv((char **)slugs->pdata);
    return true;
}

static GArray *stories_after(Store *store, const Merge *merge, int64_t after, GError **error)
{
    g_autofree char *pattern = desk_like(merge->slug, " ");
    g_autoptr(StoreRows) rows = desk_merge_stories_with_topic(store, merge->language, pattern,
                                                              after, TOPIC_MERGE_STEP, error);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t id = store_number(rows, 0);
        g_array_append_val(ids, id);
    }
    return step == STORE_END ? g_steal_pointer(&ids) : NULL;
}

/* ---- The end -------------------------------------------------------------------------------- */

/* "ru/topic/SLUG/index.html" */
static char *page_of(const Merge *merge, const char *slug)
{
    bool first = strcmp(merge->language, desk_site_first_language(merge->site)) == 0;
    return g_strconcat(first ? "" : merge->language, first ? "" : "/", "topic/", slug,
                       "/index.html", NULL);
}

/* Pages that led to this one lead on, so that no reader is sent twice. */
static bool lead_on(Store *store, const Merge *merge, const char *to, GError **error)
{
    g_autoptr(GPtrArray) before =
        topic_merge_list(store, merge->language, merge->into, MERGED_MOST, error);
    for (guint i = 0; before != NULL && i < before->len; i++) {
        const TopicMerged *merged = before->pdata[i];
        g_autofree char *from = page_of(merge, merged->slug);
        if (!merged->open && !redirect_lead(store, from, to, merge->now, error)) {
            return false;
        }
    }
    return before != NULL;
}

/* No story is left: the topic goes, its page leads on. */
static bool finish(Store *store, const Merge *merge, GError **error)
{
    g_autofree char *list = g_strconcat("topic/", merge->language, "/", merge->slug, NULL);
    g_autofree char *input = g_strconcat("topic:", merge->language, "/", merge->slug, NULL);
    g_autofree char *from = page_of(merge, merge->slug);
    g_autofree char *to = page_of(merge, merge->into);
    return desk_merge_topic_forget(store, merge->language, merge->slug, error) &&
           desk_merge_topic_counts_forget(store, list, error) && press_touch(store, input, error) &&
           redirect_lead(store, from, to, merge->now, error) && lead_on(store, merge, to, error) &&
           desk_merge_topic_reached(store, merge->language, merge->slug, DONE, error);
}

/* ---- Steps ---------------------------------------------------------------------------------- */

static bool open_order(Store *store, Merge *merge, int64_t *reached, GError **error)
{
    g_autoptr(StoreRows) rows = desk_merge_topic_open(store, merge->language, merge->slug, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    g_clear_pointer(&merge->into, g_free);
    if (step == STORE_ROW) {
        merge->into = store_text_copy(rows, 0);
        *reached = store_number(rows, 1);
    }
    return step != STORE_FAILED;
}

static bool step_body(Store *store, void *data, GError **error)
{
    Merge *merge = data;
    int64_t reached = 0;
    merge->more = false;
    if (!open_order(store, merge, &reached, error)) {
        return false;
    }
    if (merge->into == NULL) {
        return true; /* done before */
    }
    g_autoptr(GArray) ids = stories_after(store, merge, reached, error);
    for (guint i = 0; ids != NULL && i < ids->len; i++) {
        reached = g_array_index(ids, int64_t, i);
        if (!story_change_run(store, merge->site, reached, merge->now, replace_topic, merge,
                              error)) {
            g_prefix_error(error, "story %" G_GINT64_FORMAT ": ", reached);
            return false;
        }
    }
    if (ids == NULL) {
        return false;
    }
    merge->more = ids->len == TOPIC_MERGE_STEP;
    return merge->more
               ? desk_merge_topic_reached(store, merge->language, merge->slug, reached, error)
               : finish(store, merge, error);
}

bool topic_merge_step(Store *store, const DeskSite *site, const char *language, const char *slug,
                      int64_t now, bool *more, GError **error)
{
    Merge merge = {.site = site, .language = language, .slug = slug, .now = now};
    bool done = store_transact(store, step_body, &merge, error);
    g_free(merge.into);
    if (done) {
        *more = merge.more;
    }
    return done;
}

/* ---- The order ------------------------------------------------------------------------------ */

static bool order_body(Store *store, void *data, GError **error)
{
    Merge *merge = data;
    g_autoptr(Topic) from = topic_read(store, merge->language, merge->slug, error);
    g_autoptr(Topic) to =
        from == NULL ? NULL : topic_read(store, merge->language, merge->target, error);
    if (to == NULL) {
        return false;
    }
    if (strcmp(from->slug, to->slug) == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a topic cannot be merged into itself");
    }
    g_autofree char *under_way = NULL;
    if (!topic_merge_target(store, merge->language, to->slug, NULL, &under_way, error)) {
        return false;
    }
    if (under_way != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%s\" is itself being merged into \"%s\"; merge into that one", to->slug,
                    under_way);
    }
    if (!desk_merge_topic_put(store, merge->language, from->slug, from->name, to->slug, error) ||
        !desk_merge_topic_lead_on(store, merge->language, from->slug, to->slug, error) ||
        !step_body(store, merge, error)) {
        return false;
    }
    g_autofree char *key = g_strconcat(merge->language, "/", merge->slug, NULL);
    return !merge->more || job_enqueue(store, JOB, key, NULL, merge->now, error);
}

bool topic_merge(Store *store, const DeskSite *site, const char *language, const char *slug,
                 const char *target, int64_t now, GError **error)
{
    Merge merge = {.site = site, .language = language, .slug = slug, .target = target, .now = now};
    bool done = store_transact(store, order_body, &merge, error);
    g_free(merge.into);
    return done;
}

/* ---- What was merged ------------------------------------------------------------------------ */

static bool target_of(StoreRows *taken, char **target, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        *target = store_text_copy(rows, 0);
    }
    return step != STORE_FAILED;
}

bool topic_merge_target(Store *store, const char *language, const char *slug, const char *name,
                        char **target, GError **error)
{
    *target = NULL;
    return target_of(desk_merge_topic_target(store, language, slug, error), target, error) &&
           (*target != NULL || name == NULL ||
            target_of(desk_merge_topic_target_by_name(store, language, name, error), target,
                      error));
}

void topic_merged_free(TopicMerged *merged)
{
    if (merged != NULL) {
        g_free(merged->slug);
        g_free(merged->name);
        g_free(merged);
    }
}

GPtrArray *topic_merge_list(Store *store, const char *language, const char *target, unsigned most,
                            GError **error)
{
    g_autoptr(StoreRows) rows = desk_merge_topics_into(store, language, target, most, error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)topic_merged_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        TopicMerged *merged = g_new0(TopicMerged, 1);
        merged->slug = store_text_copy(rows, 0);
        merged->name = store_text_copy(rows, 1);
        merged->open = store_number(rows, 2) != DONE;
        g_ptr_array_add(list, merged);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

/* ---- Undone, erased ---------------------------------------------------------------------------
 */

/* What leads on from the merged topic's page, if anything does. */
static bool page_read(Store *store, const Merge *merge, char **path, StoryPath *row, GError **error)
{
    *path = page_of(merge, merge->slug);
    return story_path_read(store, *path, row, error);
}

static bool undo_body(Store *store, void *data, GError **error)
{
    const Merge *merge = data;
    g_auto(StoryPath) row = {0};
    g_autofree char *path = NULL;
    Merge order = *merge;
    int64_t reached = DONE, gone = 0;
    order.into = NULL;
    if (!open_order(store, &order, &reached, error)) {
        return false;
    }
    g_free(order.into);
    if (reached != DONE) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "stories of \"%s\" are still being changed; try again later", merge->slug);
    }
    if (!desk_merge_topic_unmerge_counted(store, merge->language, merge->slug, &gone, error) ||
        !page_read(store, merge, &path, &row, error)) {
        return false;
    }
    if (gone == 0) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "no topic \"%s\" was merged in \"%s\"",
                    merge->slug, merge->language);
    }
    return !row.held || row.status != 301 || redirect_remove(store, path, merge->now, error);
}

bool topic_merge_release(Store *store, const DeskSite *site, const char *language, const char *slug,
                         int64_t now, GError **error)
{
    Merge merge = {.site = site, .language = language, .slug = slug, .now = now};
    return store_transact(store, undo_body, &merge, error);
}

static bool erase_one(Store *store, const Merge *merge, GError **error)
{
    g_auto(StoryPath) row = {0};
    g_autofree char *path = NULL;
    return page_read(store, merge, &path, &row, error) &&
           (!row.held || row.status != 301 ||
            desk_gone_path(store, merge->now, path, row.month, true, error)) &&
           desk_merge_topic_unmerge(store, merge->language, merge->slug, error);
}

bool topic_merge_erase(Store *store, const DeskSite *site, const char *name, int64_t now,
                       GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    {
        g_autoptr(StoreRows) rows = desk_merge_topics_named(store, name, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            g_ptr_array_add(found, store_text_copy(rows, 0));
            g_ptr_array_add(found, store_text_copy(rows, 1));
        }
        if (step != STORE_END) {
            return false;
        }
    }
    for (guint i = 0; i < found->len; i += 2) {
        Merge merge = {
            .site = site, .language = found->pdata[i], .slug = found->pdata[i + 1], .now = now};
        if (!erase_one(store, &merge, error)) {
            return false;
        }
    }
    return true;
}

/* ---- The job -------------------------------------------------------------------------------- */

static bool run_merge(Store *store, const Job *job, void *context, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(job->key, "/", 2);
    g_auto(StoryDesk) desk = {0};
    bool more = true;
    if (g_strv_length(parts) != 2) {
        return fail(error, KOLOKOL_ERROR_INVALID, "\"%.100s\" is no topic", job->key);
    }
    if (!story_desk_open(store, &desk, error)) {
        return false;
    }
    while (more) {
        if (!job_extend(store, job, 10 * CLOCK_MINUTE, error) ||
            !topic_merge_step(store, &desk.site, parts[0], parts[1], clock_now(), &more, error)) {
            return false;
        }
    }
    return true;
}

const JobKind topic_jobs[] = {
    {.kind = JOB,
     .lane = "slow",
     .run = run_merge,
     .max_attempts = 10,
     .lease = 10 * CLOCK_MINUTE,
     .first_delay = CLOCK_MINUTE,
     .help = "changes the stories of a topic that became one with another"},
    {.kind = NULL},
};
