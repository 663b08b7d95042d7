/* Front matter from any bytes: read or refused with an error; what was read is within its ceilings,
 * and written out it is read back the same. */
#include "text/front_matter.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const FrontMatter *one, const FrontMatter *other)
{
    unsigned next = 0;
    for (unsigned i = 0; i < front_matter_count(one); i++) {
        const FrontMatterEntry *entry = front_matter_entry(one, i);
        if (entry->kind == FRONT_MATTER_UNSUPPORTED) {
            continue;
        }
        g_assert_cmpuint(next, <, front_matter_count(other));
        const FrontMatterEntry *same = front_matter_entry(other, next++);
        g_assert_cmpstr(entry->key, ==, same->key);
        g_assert_true(entry->kind == same->kind);
        g_assert_true(
            g_strv_equal((const char *const *)entry->values, (const char *const *)same->values));
    }
    g_assert_cmpuint(next, ==, front_matter_count(other));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FrontMatter) front = front_matter_parse((const char *)data, size, &error);
    g_assert_true((front == NULL) == (error != NULL));
    if (front == NULL) {
        g_assert_null(strchr(error->message, '\n'));
        return 0;
    }
    g_assert_cmpuint(front_matter_count(front), <=, FRONT_MATTER_KEYS_LIMIT);
    size_t length = 0;
    const char *body = front_matter_body(front, &length);
    g_autofree char *written = front_matter_write(front, body, length);
    g_autoptr(FrontMatter) back = front_matter_parse(written, strlen(written), &error);
    g_assert_no_error(error);
    check_same(front, back);
    size_t length_back = 0;
    const char *body_back = front_matter_body(back, &length_back);
    g_assert_cmpuint(length_back, ==, length);
    g_assert_true(memcmp(body, body_back, length) == 0);
    return 0;
}
