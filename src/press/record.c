/* Records of rendered pages: record.h. Bytes are in the machine's own order: they never leave it.
 */
#include "press/record.h"

#include <string.h>

static void object_clear(gpointer object)
{
    g_free(((PressObject *)object)->name);
}

PressRecord *press_record_new(const char *name)
{
    PressRecord *record = g_new0(PressRecord, 1);
    record->name = g_strdup(name);
    record->boundary = INT64_MAX;
    record->inputs = g_array_new(FALSE, FALSE, sizeof(PressInput));
    record->objects = g_array_new(FALSE, FALSE, sizeof(PressObject));
    g_array_set_clear_func(record->objects, object_clear);
    return record;
}

void press_record_free(PressRecord *record)
{
    if (record == NULL) {
        return;
    }
    g_free(record->name);
    g_free(record->path);
    g_free(record->failure);
    g_free(record->globals);
    g_array_unref(record->inputs);
    g_array_unref(record->objects);
    g_free(record);
}

int64_t press_input_number(const char *name)
{
    Hash hash = hash_of(name, strlen(name));
    int64_t number;
    memcpy(&number, hash.bytes, sizeof number);
    return GINT64_FROM_BE(number);
}

void press_record_read(PressRecord *record, const char *input, int64_t floor_published,
                       int64_t floor_story)
{
    PressInput entry = {press_input_number(input), floor_published, floor_story};
    g_array_append_val(record->inputs, entry);
}

static int input_compare(gconstpointer a, gconstpointer b)
{
    const PressInput *x = a, *y = b;
    if (x->input != y->input) {
        return x->input < y->input ? -1 : 1;
    }
    if (x->floor_published != y->floor_published) {
        return x->floor_published < y->floor_published ? -1 : 1;
    }
    return x->floor_story < y->floor_story ? -1 : x->floor_story > y->floor_story;
}

static int object_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(((const PressObject *)a)->name, ((const PressObject *)b)->name);
}

/* After sorting, the first of equals has the lowest floor, the widest window: it stays. */
void press_record_finish(PressRecord *record)
{
    g_array_sort(record->inputs, input_compare);
    for (guint i = record->inputs->len; i > 1; i--) {
        PressInput *list = (PressInput *)(void *)record->inputs->data;
        if (list[i - 1].input == list[i - 2].input) {
            g_array_remove_index(record->inputs, i - 1);
        }
    }
    g_array_sort(record->objects, object_compare);
    for (guint i = record->objects->len; i > 1; i--) {
        PressObject *list = (PressObject *)(void *)record->objects->data;
        if (strcmp(list[i - 1].name, list[i - 2].name) == 0) {
            g_array_remove_index(record->objects, i - 1);
        }
    }
}

static void put(GByteArray *bytes, const void *data, size_t length)
{
    g_byte_array_append(bytes, data, (guint)length);
}

static void put_number(GByteArray *bytes, int64_t number)
{
    put(bytes, &number, sizeof number);
}

static void put_text(GByteArray *bytes, const char *text)
{
    put_number(bytes, text == NULL ? -1 : (int64_t)strlen(text));
    if (text != NULL) {
        put(bytes, text, strlen(text));
    }
}

void press_record_write(const PressRecord *record, GByteArray *bytes)
{
    put_text(bytes, record->name);
    put_text(bytes, record->path);
    put_text(bytes, record->failure);
    put_text(bytes, record->globals);
    put(bytes, record->hash.bytes, sizeof record->hash.bytes);
    put_number(bytes, record->size);
    put_number(bytes, record->newness);
    put_number(bytes, record->boundary);
    put_number(bytes, record->microseconds);
    put_number(bytes, record->coded);
    put_number(bytes, record->inputs->len);
    put(bytes, record->inputs->data, record->inputs->len * sizeof(PressInput));
    put_number(bytes, record->objects->len);
    for (guint i = 0; i < record->objects->len; i++) {
        put_text(bytes, g_array_index(record->objects, PressObject, i).name);
        put_number(bytes, g_array_index(record->objects, PressObject, i).size);
    }
}

static bool take(const uint8_t **cursor, const uint8_t *end, void *data, size_t length)
{
    if ((size_t)(end - *cursor) < length) {
        return false;
    }
    if (length > 0) {
        memcpy(data, *cursor, length);
        *cursor += length;
    }
    return true;
}

static bool take_text(const uint8_t **cursor, const uint8_t *end, char **text)
{
    int64_t length = 0;
    if (!take(cursor, end, &length, sizeof length) || length < -1 || length > end - *cursor) {
        return false;
    }
    *text = length < 0 ? NULL : g_strndup((const char *)*cursor, (size_t)length);
    *cursor += length < 0 ? 0 : length;
    return true;
}

static bool take_inputs(const uint8_t **cursor, const uint8_t *end, PressRecord *record)
{
    int64_t count = 0;
    if (!take(cursor, end, &count, sizeof count) || count < 0 ||
        count > (end - *cursor) / (int64_t)sizeof(PressInput)) {
        return false;
    }
    g_array_set_size(record->inputs, (guint)count);
    return take(cursor, end, record->inputs->data, (size_t)count * sizeof(PressInput));
}

static bool take_objects(const uint8_t **cursor, const uint8_t *end, PressRecord *record)
{
    int64_t count = 0;
    if (!take(cursor, end, &count, sizeof count)) {
        return false;
    }
    for (int64_t i = 0; i < count; i++) {
        PressObject object = {0};
        if (!take_text(cursor, end, &object.name) || object.name == NULL) {
            return false;
        }
        g_array_append_val(record->objects, object);
        PressObject *kept = &g_array_index(record->objects, PressObject, (guint)i);
        if (!take(cursor, end, &kept->size, sizeof kept->size)) {
            return false;
        }
    }
    return true;
}

PressRecord *press_record_read_bytes(const uint8_t **cursor, const uint8_t *end)
{
    g_autoptr(PressRecord) record = press_record_new(NULL);
    int64_t coded = 0;
    bool whole = take_text(cursor, end, &record->name) && take_text(cursor, end, &record->path) &&
                 take_text(cursor, end, &record->failure) &&
                 take_text(cursor, end, &record->globals) &&
                 take(cursor, end, record->hash.bytes, sizeof record->hash.bytes) &&
                 take(cursor, end, &record->size, sizeof record->size) &&
                 take(cursor, end, &record->newness, sizeof record->newness) &&
                 take(cursor, end, &record->boundary, sizeof record->boundary) &&
                 take(cursor, end, &record->microseconds, sizeof record->microseconds) &&
                 take(cursor, end, &coded, sizeof coded) && take_inputs(cursor, end, record) &&
                 take_objects(cursor, end, record);
    record->coded = coded != 0;
    return whole && record->name != NULL ? g_steal_pointer(&record) : NULL;
}
