/* Shared by the press's unit tests: fixture.h. */
#include "fixture.h"

#include "base/file.h"
#include "doubles/stores.h"
#include "edition/keys.h"

#include <string.h>

PressRecord *fixture_record(const char *name, const char *path, const char *text, const char *input,
                            const char *other)
{
    PressRecord *record = press_record_new(name);
    record->path = g_strdup(path);
    record->globals = g_strdup("");
    record->hash = hash_of(text, strlen(text));
    record->size = (int64_t)strlen(text);
    if (input != NULL) {
        press_record_read(record, input, INT64_MIN, INT64_MIN);
    }
    if (other != NULL) {
        press_record_read(record, other, INT64_MIN, INT64_MIN);
    }
    press_record_finish(record);
    return record;
}

PressTally fixture_enter(Store *store, PressRecord *record)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records =
        g_ptr_array_new_with_free_func((GDestroyNotify)press_record_free);
    PressTally tally = {0};
    g_ptr_array_add(records, record);
    press_books_enter(store, records, 1, &tally, &error);
    g_assert_no_error(error);
    return tally;
}

unsigned fixture_count(StoreRows *rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(StoreRows) owned = rows;
    unsigned count = 0;
    g_assert_nonnull(owned);
    while (store_rows_next(owned, &error) == STORE_ROW) {
        count++;
    }
    g_assert_no_error(error);
    return count;
}

bool fixture_any(StoreRows *rows)
{
    return fixture_count(rows) > 0;
}

void fixture_begin(Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    fixture->folder = g_dir_make_tmp("kolokol-press-XXXXXX", &error);
    g_assert_no_error(error);
    fixture->keys = g_build_filename(fixture->folder, "keys", NULL);
    fixture->edition = g_build_filename(fixture->folder, "edition", NULL);
    keys_init(fixture->keys, &error);
    g_assert_no_error(error);
    fixture->directory = directory_open(fixture->edition, false, &error);
    g_assert_no_error(error);
    fixture->objects = object_store_open(fixture->edition, &error);
    g_assert_no_error(error);
}

void fixture_end(Fixture *fixture)
{
    object_store_free(fixture->objects);
    file_close(&fixture->directory);
    stores_remove_tree(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->keys);
    g_free(fixture->edition);
}
