/* Pages that stand in the current edition: standing.h. */
#include "press/standing.h"

#include "base/error.h"
#include "base/file.h"
#include "edition/reader.h"
#include "press_sql.h"

#include <fcntl.h>
#include <string.h>

#define NODES (64u * 1024) /* bytes of nodes kept: those above one page */

typedef struct {
    char *path;
    Hash hash;
} Page;

/* *path stays NULL if there is no such page. */
static bool read_page(Store *store, const char *name, Page *page, GError **error)
{
    g_autoptr(StoreRows) rows = press_page_by_name(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        size_t length = 0;
        const void *bytes = store_bytes(rows, 2, &length);
        memcpy(page->hash.bytes, bytes, MIN(length, sizeof page->hash.bytes));
        page->path = store_text_copy(rows, 1);
    }
    return step != STORE_FAILED;
}

static bool read_failure(Store *store, const char *name, char **reason, GError **error)
{
    g_autoptr(StoreRows) rows = press_failure_of(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *reason = step == STORE_ROW ? store_text_copy(rows, 0) : NULL;
    return step != STORE_FAILED;
}

/* Has the current edition these bytes at this path? */
static bool in_edition(const char *edition_dir, const Page *page, bool *there, GError **error)
{
    g_autoptr(GError) reason = NULL;
    FILE_AUTO directory = open(edition_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g_autoptr(EditionReader) reader =
        directory < 0 ? NULL : edition_reader_open(directory, NODES, &reason);
    Hash hash = {0};
    if (reader != NULL && edition_reader_find(reader, page->path, &hash, &reason)) {
        *there = hash_equal(&hash, &page->hash);
        return true;
    }
    *there = false;
    if (reason == NULL || g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

/* In this order, each step sees at least what the press had done at the one before: a touch becomes
 * a stale page in one transaction, and that an entered page in another. */
bool press_standing(Store *store, const char *edition_dir, const char *input, const char *page,
                    PressStanding *standing, char **reason, GError **error)
{
    bool touched = false, stale = false, there = false;
    g_autofree char *failure = NULL;
    Page known = {0};
    if (!store_rows_any(press_change_of(store, input, error), &touched, error) ||
        !store_rows_any(press_dirty_of(store, page, error), &stale, error) ||
        !read_failure(store, page, &failure, error) || !read_page(store, page, &known, error)) {
        return false;
    }
    g_autofree char *path = known.path;
    bool done = !touched && !stale;
    if (done && failure == NULL && path != NULL &&
        !in_edition(edition_dir, &known, &there, error)) {
        return false;
    }
    *standing = done && failure != NULL ? PRESS_FAILS : there ? PRESS_STANDS : PRESS_WAITS;
    if (reason != NULL) {
        *reason = *standing == PRESS_FAILS ? g_steal_pointer(&failure) : NULL;
    }
    return true;
}
