/* Reading revisions: revision.h. They are written by story_change.c. */
#include "desk/revision.h"

#include "base/error.h"
#include "desk_sql.h"

#include <inttypes.h>

void revision_free(Revision *revision)
{
    if (revision != NULL) {
        g_free(revision->editor);
        g_free(revision->title);
        g_free(revision->lead);
        g_free(revision->body);
        g_free(revision);
    }
}

static Revision *revision_of_row(StoreRows *rows, bool body, GError **error)
{
    StoryFormat format = STORY_MARKDOWN;
    if (!story_format_parse(store_text(rows, 5), &format)) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "revision %" PRId64 " has an unknown format",
             store_number(rows, 0));
        return NULL;
    }
    Revision *revision = g_new0(Revision, 1);
    revision->number = store_number(rows, 0);
    revision->created = store_number(rows, 1);
    revision->editor = store_text_copy(rows, 2);
    revision->title = store_text_copy(rows, 3);
    revision->lead = store_text_copy(rows, 4);
    revision->format = format;
    revision->size = store_number(rows, 6);
    revision->body = body ? store_text_copy(rows, 7) : NULL;
    return revision;
}

Revision *revision_read(Store *store, int64_t story, int64_t number, GError **error)
{
    g_autoptr(StoreRows) rows = desk_revision_read(store, story, number, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "story %" PRId64 " has no revision %" PRId64, story,
             number);
    }
    return step == STORE_ROW ? revision_of_row(rows, true, error) : NULL;
}

GPtrArray *revision_list(Store *store, int64_t story, unsigned most, GError **error)
{
    g_autoptr(StoreRows) rows = desk_revision_list(store, story, most, error);
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)revision_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        Revision *revision = revision_of_row(rows, false, error);
        if (revision == NULL) {
            return NULL;
        }
        g_ptr_array_add(list, revision);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}
