/* Rows of theme files under change: theme_draft.h. */
#include "desk/theme_draft.h"

#include "base/error.h"
#include "desk_theme_sql.h"

#include <string.h>

void theme_draft_free(ThemeDraft *draft)
{
    if (draft != NULL) {
        g_free(draft->seen);
        g_free(draft->body);
        g_free(draft);
    }
}

ThemeDraft *theme_draft_read(Store *store, int64_t person, const char *file, GError **error)
{
    g_autoptr(StoreRows) rows = desk_theme_read(store, person, file, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no draft of theme/%.100s", file);
    }
    if (step != STORE_ROW) {
        return NULL;
    }
    ThemeDraft *draft = g_new0(ThemeDraft, 1);
    draft->seen = store_text_copy(rows, 0);
    draft->body = store_text_copy(rows, 1);
    draft->changed = store_number(rows, 2);
    return draft;
}

GPtrArray *theme_draft_files(Store *store, int64_t person, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(StoreRows) rows = desk_theme_files(store, person, THEME_DRAFTS, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(files, store_text_copy(rows, 0));
    }
    return step == STORE_END ? g_steal_pointer(&files) : NULL;
}

typedef struct {
    int64_t person, now;
    const char *file, *seen, *body;
} Keep;

static bool keep_body(Store *store, void *data, GError **error)
{
    const Keep *keep = data;
    g_autoptr(GPtrArray) files = theme_draft_files(store, keep->person, error);
    bool there = false;
    if (files == NULL) {
        return false;
    }
    for (guint i = 0; i < files->len && !there; i++) {
        there = strcmp(files->pdata[i], keep->file) == 0;
    }
    if (!there && files->len == THEME_DRAFTS) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "you have %u drafts of theme files; save or drop one first", THEME_DRAFTS);
    }
    return desk_theme_put(store, keep->person, keep->file, keep->seen, keep->body, keep->now,
                          error);
}

bool theme_draft_keep(Store *store, int64_t person, const char *file, const char *seen,
                      const char *body, int64_t now, GError **error)
{
    Keep keep = {person, now, file, seen, body};
    return store_transact(store, keep_body, &keep, error);
}

bool theme_draft_drop(Store *store, int64_t person, const char *file, GError **error)
{
    return desk_theme_drop(store, person, file, error);
}
