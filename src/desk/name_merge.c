/* Merging names: name_merge.h. Each story is changed as by hand (story_change.h), which touches
 * what shows it. */
#include "desk/name_merge.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/gone.h"
#include "desk/like.h"
#include "desk/redirect.h"
#include "desk/story_change.h"
#include "desk/story_desk.h"
#include "desk_merge_sql.h"
#include "press/press.h"

#include <string.h>

#define DONE INT64_C(-1)

#define MERGED_MOST 1000u /* names that went into one */

typedef struct {
    const NameMergeKind *kind;
    const DeskSite *site;
    const char *language, *slug, *target;
    int64_t now;
    char *into; /* the target as the row has it */
    bool more;
} Merge;

/* ---- Stories -------------------------------------------------------------------------------- */

char **name_merge_slugs(char *const *slugs, const char *from, const char *to)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (char *const *slug = slugs; *slug != NULL; slug++) {
        const char *wanted = strcmp(*slug, from) == 0 ? to : *slug;
        if (!g_ptr_array_find_with_equal_func(all, wanted, g_str_equal, NULL)) {
            g_ptr_array_add(all, (gpointer)(uintptr_t)wanted);
        }
    }
    g_ptr_array_add(all, NULL);
    return g_strdupv((char **)all->pdata);
}

static bool replace_name(StoryChange *change, void *data, GError **error)
{
    const Merge *merge = data;
    merge->kind->replace(change, merge->slug, merge->into);
    return true;
}

/* "topic/ru/SLUG", where its stories that are out stand (story_facts_lists()) */
static char *list_of(const Merge *merge)
{
    return g_strconcat(merge->kind->word, "/", merge->language, "/", merge->slug, NULL);
}

static GArray *stories_after(Store *store, const Merge *merge, int64_t after, GError **error)
{
    g_autofree char *pattern = desk_like(merge->slug, " ");
    g_autofree char *list = list_of(merge);
    g_autofree char *pages = g_strconcat("pages/", merge->language, NULL);
    g_autoptr(StoreRows) rows = merge->kind->stories(store, list, pages, merge->language, pattern,
                                                     after, NAME_MERGE_STEP, error);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t id = store_number(rows, 0);
        g_array_append_val(ids, id);
    }
    return step == STORE_END ? g_steal_pointer(&ids) : NULL;
}

/* ---- The end -------------------------------------------------------------------------------- */

/* "ru/topic/SLUG/index.html", of a topic */
static char *page_of(const Merge *merge, const char *slug)
{
    bool first = strcmp(merge->language, desk_site_first_language(merge->site)) == 0;
    return g_strconcat(first ? "" : merge->language, first ? "" : "/", merge->kind->word, "/", slug,
                       "/index.html", NULL);
}

/* Pages that led to this one lead on, so that no reader is sent twice. */
static bool lead_on(Store *store, const Merge *merge, const char *to, GError **error)
{
    g_autoptr(GPtrArray) before =
        name_merge_list(store, merge->kind, merge->language, merge->into, MERGED_MOST, error);
    for (guint i = 0; before != NULL && i < before->len; i++) {
        const NameMerged *merged = before->pdata[i];
        g_autofree char *from = page_of(merge, merged->slug);
        if (!merged->open && !redirect_lead(store, from, to, merge->now, error)) {
            return false;
        }
    }
    return before != NULL;
}

/* No story is left: the name goes, its page leads on. */
static bool finish(Store *store, const Merge *merge, GError **error)
{
    g_autofree char *list = list_of(merge);
    g_autofree char *input =
        g_strconcat(merge->kind->word, ":", merge->language, "/", merge->slug, NULL);
    g_autofree char *from = page_of(merge, merge->slug);
    g_autofree char *to = page_of(merge, merge->into);
    return merge->kind->forget(store, merge->language, merge->slug, error) &&
           desk_merge_counts_forget(store, list, error) && press_touch(store, input, error) &&
           redirect_lead(store, from, to, merge->now, error) && lead_on(store, merge, to, error) &&
           merge->kind->reached(store, merge->language, merge->slug, DONE, error);
}

/* ---- Steps ---------------------------------------------------------------------------------- */

static bool open_order(Store *store, Merge *merge, int64_t *reached, GError **error)
{
    g_autoptr(StoreRows) rows = merge->kind->open(store, merge->language, merge->slug, error);
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
        if (!story_change_run_any(store, merge->site, reached, merge->now, replace_name, merge,
                                  error)) {
            g_prefix_error(error, "story %" G_GINT64_FORMAT ": ", reached);
            return false;
        }
    }
    if (ids == NULL) {
        return false;
    }
    merge->more = ids->len == NAME_MERGE_STEP;
    return merge->more ? merge->kind->reached(store, merge->language, merge->slug, reached, error)
                       : finish(store, merge, error);
}

bool name_merge_step(Store *store, const NameMergeKind *kind, const DeskSite *site,
                     const char *language, const char *slug, int64_t now, bool *more,
                     GError **error)
{
    Merge merge = {.kind = kind, .site = site, .language = language, .slug = slug, .now = now};
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
    g_autofree char *name = NULL;
    if (!merge->kind->read(store, merge->language, merge->slug, &name, error) ||
        !merge->kind->read(store, merge->language, merge->target, NULL, error)) {
        return false;
    }
    if (strcmp(merge->slug, merge->target) == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s cannot be merged into itself",
                    merge->kind->one);
    }
    g_autofree char *under_way = NULL;
    if (!name_merge_target(store, merge->kind, merge->language, merge->target, NULL, &under_way,
                           error)) {
        return false;
    }
    if (under_way != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%s\" is itself being merged into \"%s\"; merge into that one", merge->target,
                    under_way);
    }
    if (!merge->kind->put(store, merge->language, merge->slug, name, merge->target, error) ||
        !merge->kind->lead_on(store, merge->language, merge->slug, merge->target, error) ||
        !step_body(store, merge, error)) {
        return false;
    }
    g_autofree char *key = g_strconcat(merge->language, "/", merge->slug, NULL);
    return !merge->more || job_enqueue(store, merge->kind->job, key, NULL, merge->now, error);
}

bool name_merge(Store *store, const NameMergeKind *kind, const DeskSite *site, const char *language,
                const char *slug, const char *target, int64_t now, GError **error)
{
    Merge merge = {.kind = kind,
                   .site = site,
                   .language = language,
                   .slug = slug,
                   .target = target,
                   .now = now};
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

bool name_merge_target(Store *store, const NameMergeKind *kind, const char *language,
                       const char *slug, const char *name, char **target, GError **error)
{
    *target = NULL;
    return target_of(kind->target(store, language, slug, error), target, error) &&
           (*target != NULL || name == NULL ||
            target_of(kind->target_by_name(store, language, name, error), target, error));
}

void name_merged_free(NameMerged *merged)
{
    if (merged != NULL) {
        g_free(merged->slug);
        g_free(merged->name);
        g_free(merged);
    }
}

GPtrArray *name_merge_list(Store *store, const NameMergeKind *kind, const char *language,
                           const char *target, unsigned most, GError **error)
{
    g_autoptr(StoreRows) rows = kind->into(store, language, target, most, error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)name_merged_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        NameMerged *merged = g_new0(NameMerged, 1);
        merged->slug = store_text_copy(rows, 0);
        merged->name = store_text_copy(rows, 1);
        merged->open = store_number(rows, 2) != DONE;
        g_ptr_array_add(list, merged);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

/* ---- Undone, erased ---------------------------------------------------------------------------
 */

/* What leads on from the merged name's page, if anything does. */
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
    if (!merge->kind->unmerge_counted(store, merge->language, merge->slug, &gone, error) ||
        !page_read(store, merge, &path, &row, error)) {
        return false;
    }
    if (gone == 0) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "no %s \"%s\" was merged in \"%s\"",
                    merge->kind->word, merge->slug, merge->language);
    }
    return !row.held || row.status != 301 || redirect_remove(store, path, merge->now, error);
}

bool name_merge_release(Store *store, const NameMergeKind *kind, const DeskSite *site,
                        const char *language, const char *slug, int64_t now, GError **error)
{
    Merge merge = {.kind = kind, .site = site, .language = language, .slug = slug, .now = now};
    return store_transact(store, undo_body, &merge, error);
}

static bool erase_one(Store *store, const Merge *merge, GError **error)
{
    g_auto(StoryPath) row = {0};
    g_autofree char *path = NULL;
    return page_read(store, merge, &path, &row, error) &&
           (!row.held || row.status != 301 ||
            desk_gone_path(store, merge->now, path, row.month, true, error)) &&
           merge->kind->unmerge(store, merge->language, merge->slug, error);
}

bool name_merge_erase(Store *store, const NameMergeKind *kind, const DeskSite *site,
                      const char *name, int64_t now, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    {
        g_autoptr(StoreRows) rows = kind->named(store, name, error);
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
        Merge merge = {.kind = kind,
                       .site = site,
                       .language = found->pdata[i],
                       .slug = found->pdata[i + 1],
                       .now = now};
        if (!erase_one(store, &merge, error)) {
            return false;
        }
    }
    return true;
}

/* ---- The job -------------------------------------------------------------------------------- */

bool name_merge_run(Store *store, const NameMergeKind *kind, const Job *job, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(job->key, "/", 2);
    g_auto(StoryDesk) desk = {0};
    bool more = true;
    if (g_strv_length(parts) != 2) {
        return fail(error, KOLOKOL_ERROR_INVALID, "\"%.100s\" is no %s", job->key, kind->word);
    }
    if (!story_desk_open(store, &desk, error)) {
        return false;
    }
    while (more) {
        if (!job_extend(store, job, 10 * CLOCK_MINUTE, error) ||
            !name_merge_step(store, kind, &desk.site, parts[0], parts[1], clock_now(), &more,
                             error)) {
            return false;
        }
    }
    return true;
}
