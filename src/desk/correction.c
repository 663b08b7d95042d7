/* Corrections: correction.h. */
#include "desk/correction.h"

#include "base/error.h"
#include "desk/name.h"
#include "desk/story_change.h"
#include "desk_sql.h"

#include <string.h>

#define CORRECTION_MAX 4000u

void correction_free(Correction *correction)
{
    if (correction != NULL) {
        g_free(correction->text);
        g_free(correction->path);
        g_free(correction->headline);
        g_free(correction);
    }
}

/* Takes the rows, which may be NULL. `story` tells whether there are its path and headline. */
static GPtrArray *of_rows(StoreRows *taken, bool story, GError **error)
{
    if (taken == NULL) {
        return NULL;
    }
    g_autoptr(StoreRows) rows = taken;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)correction_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        Correction *correction = g_new0(Correction, 1);
        correction->id = store_number(rows, 0);
        correction->story = store_number(rows, 1);
        correction->created = store_number(rows, 2);
        correction->text = store_text_copy(rows, 3);
        if (story) {
            correction->path = store_text_copy(rows, 4);
            correction->headline = store_text_copy(rows, 5);
        }
        g_ptr_array_add(list, correction);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

GPtrArray *correction_of_story(Store *store, int64_t story, GError **error)
{
    return of_rows(desk_corrections_of_story(store, story, error), false, error);
}

bool correction_list(Store *store, const char *language, int64_t as_of, unsigned limit,
                     GPtrArray **corrections, GError **error)
{
    GPtrArray *list = of_rows(desk_correction_list(store, language, as_of,
                                                   limit == 0 ? INT64_MAX : (int64_t)limit, error),
                              true, error);
    if (list == NULL) {
        return false;
    }
    *corrections = list;
    return true;
}

typedef struct {
    const char *text;
    int64_t id;
} Order;

static bool correct(StoryChange *change, void *data, GError **error)
{
    Order *order = data;
    Story *story = change->after;
    g_autoptr(GPtrArray) known = correction_of_story(change->store, story->id, error);
    if (known == NULL) {
        return false;
    }
    for (unsigned i = 0; i < known->len; i++) {
        const Correction *correction = known->pdata[i];
        if (strcmp(correction->text, order->text) == 0) {
            order->id = correction->id;
            return true;
        }
    }
    story->version++;
    if (story_visible(story, change->now)) {
        story->updated = change->now;
    }
    /* The page of corrections is touched by story_change_write(), which now finds this one. */
    return store_next_id(change->store, "correction", &order->id, error) &&
           desk_correction_insert(change->store, order->id, story->id, story->language, change->now,
                                  order->text, error);
}

bool story_correct(Store *store, const DeskSite *site, int64_t story, const char *text, int64_t now,
                   int64_t *id, GError **error)
{
    g_autofree char *copy = g_strstrip(g_strdup(text));
    if (copy[0] == '\0') {
        return fail(error, KOLOKOL_ERROR_INVALID, "the correction's text is missing");
    }
    Order order = {.text = copy};
    if (!desk_plain_text("correction", copy, CORRECTION_MAX, error) ||
        !story_change_run(store, site, story, now, correct, &order, error)) {
        return false;
    }
    if (id != NULL) {
        *id = order.id;
    }
    return true;
}
