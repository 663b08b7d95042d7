/* Records of pages: what is written is read back; no shortened or torn bytes are taken for one. */
#include "press/record.h"

#include <string.h>

static PressRecord *sample(void)
{
    PressRecord *record = press_record_new("story:12");
    record->path = g_strdup("2026/11/25/a.html");
    record->globals = g_strdup("template:story 1\n");
    record->hash = hash_of("a", 1);
    record->size = 1;
    record->newness = -7;
    record->boundary = 99;
    record->coded = true;
    press_record_read(record, "story:12", INT64_MIN, INT64_MIN);
    press_record_read(record, "list:a", 5, 6);
    press_record_read(record, "list:a", 3, 9);
    PressObject object = {g_strdup("o/ab/x.jpg"), 1234}, again = {g_strdup("o/ab/x.jpg"), 1234};
    g_array_append_val(record->objects, object);
    g_array_append_val(record->objects, again);
    press_record_finish(record);
    return record;
}

static void test_finish(void)
{
    g_autoptr(PressRecord) record = sample();
    g_assert_cmpuint(record->inputs->len, ==, 2);
    g_assert_cmpuint(record->objects->len, ==, 1);
    for (guint i = 0; i < 2; i++) {
        const PressInput *input = &g_array_index(record->inputs, PressInput, i);
        if (input->input == press_input_number("list:a")) { /* the wider window stays */
            g_assert_cmpint(input->floor_published, ==, 3);
        }
    }
}

static void test_round(void)
{
    g_autoptr(PressRecord) record = sample();
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    press_record_write(record, bytes);
    const uint8_t *cursor = bytes->data, *end = cursor + bytes->len;
    g_autoptr(PressRecord) read = press_record_read_bytes(&cursor, end);
    g_assert_nonnull(read);
    g_assert_true(cursor == end);
    g_autoptr(GByteArray) second = g_byte_array_new();
    press_record_write(read, second);
    g_assert_cmpmem(bytes->data, bytes->len, second->data, second->len);
    g_assert_cmpstr(read->name, ==, "story:12");
    g_assert_null(read->failure);
    g_assert_cmpint(read->boundary, ==, 99);
}

static void test_torn(void)
{
    g_autoptr(PressRecord) record = sample();
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    press_record_write(record, bytes);
    for (guint length = 0; length < bytes->len; length++) {
        g_autofree uint8_t *part = g_memdup2(bytes->data, MAX(length, 1));
        const uint8_t *cursor = part;
        g_assert_null(press_record_read_bytes(&cursor, part + length));
    }
    for (guint at = 0; at < bytes->len; at++) { /* hostile lengths: no crash, whatever comes */
        g_autofree uint8_t *bent = g_memdup2(bytes->data, bytes->len);
        memset(bent + at, 0xff, MIN(8u, bytes->len - at));
        const uint8_t *cursor = bent;
        g_autoptr(PressRecord) read = press_record_read_bytes(&cursor, bent + bytes->len);
        g_assert_true(cursor <= bent + bytes->len);
        g_assert_true(read == NULL || cursor > bent);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/record/finish", test_finish);
    g_test_add_func("/record/round", test_round);
    g_test_add_func("/record/torn", test_torn);
    return g_test_run();
}
