/* Rows of erasures: erasure.h. What they ask for is takedown.c and withhold.c; who goes on with
 * them is main/erase.c. */
#include "desk/erasure.h"

#include "base/error.h"
#include "desk_erase_sql.h"

#include <inttypes.h>

void erasure_free(Erasure *erasure)
{
    if (erasure != NULL) {
        g_free(erasure->kind);
        g_free(erasure->instead);
        g_free(erasure->reason);
        g_free(erasure->person);
        g_free(erasure->problem);
        g_free(erasure->once);
        g_free(erasure);
    }
}

bool erasure_add(Store *store, const Erasure *erasure, int64_t *id, GError **error)
{
    return store_next_id(store, "erasure", id, error) &&
           desk_erase_insert(store, *id, erasure->kind, erasure->story, erasure->instead,
                             erasure->reason, erasure->person, erasure->step, erasure->asked,
                             erasure->once == NULL ? "" : erasure->once, error);
}

bool erasure_known(Store *store, const char *once, bool *known, GError **error)
{
    g_autoptr(StoreRows) rows = desk_erase_by_once(store, once == NULL ? "" : once, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *known = step == STORE_ROW;
    return true;
}

bool erasure_withheld(Store *store, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = desk_erase_withheld(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_ROW) {
        return false;
    }
    *count = store_number(rows, 0);
    return true;
}

bool erasure_exists(Store *store, int64_t id, GError **error)
{
    g_autoptr(StoreRows) rows = desk_erase_exists(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no erasure %" PRId64, id);
    }
    return step == STORE_ROW;
}

bool erasure_problem(Store *store, int64_t id, const char *problem, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(problem, -1);
    g_autofree char *cut = g_strndup(valid, ERASURE_PROBLEM);
    g_autofree char *kept = g_utf8_make_valid(cut, -1);
    return desk_erase_problem(store, id, kept, error);
}

static GPtrArray *collect(StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)erasure_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Erasure *erasure = g_new(Erasure, 1);
        *erasure = (Erasure){.id = store_number(rows, 0),
                             .kind = store_text_copy(rows, 1),
                             .story = store_number(rows, 2),
                             .instead = store_text_copy(rows, 3),
                             .reason = store_text_copy(rows, 4),
                             .person = store_text_copy(rows, 5),
                             .step = (ErasureStep)store_number(rows, 6),
                             .reached = store_number(rows, 7),
                             .asked = store_number(rows, 8),
                             .finished = store_number(rows, 9),
                             .problem = store_text_copy(rows, 10)};
        g_ptr_array_add(all, erasure);
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

GPtrArray *erasure_at(Store *store, ErasureStep step, GError **error)
{
    return collect(desk_erase_open(store, step, error), error);
}

GPtrArray *erasure_list(Store *store, unsigned most, GError **error)
{
    return collect(desk_erase_recent(store, most, error), error);
}

bool erasure_word_add(Store *store, int64_t id, const char *kind, const char *word, GError **error)
{
    return desk_erase_word_put(store, id, kind, word, error);
}

GPtrArray *erasure_words(Store *store, int64_t id, const char *kind, GError **error)
{
    g_autoptr(StoreRows) rows = desk_erase_words(store, id, kind, error);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(all, store_text_copy(rows, 0));
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

bool erasure_forget_words(Store *store, int64_t id, GError **error)
{
    return desk_erase_words_forget(store, id, error) && desk_erase_problem(store, id, "", error);
}

bool erasure_advance(Store *store, int64_t id, ErasureStep step, int64_t now, GError **error)
{
    return desk_erase_step(store, id, step, step == ERASURE_DONE ? now : 0, error);
}
