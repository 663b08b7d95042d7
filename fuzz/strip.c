/* A picture's container from any bytes: refused, or rebuilt no longer than it was and 64 bytes; and
 * what was rebuilt is rebuilt to the same bytes. */
#include "image/strip.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned turned = 9, again = 9;
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) once = image_strip_container(data, size, &turned, &error);
    g_assert_true((once == NULL) == (error != NULL));
    if (once == NULL) {
        return 0;
    }
    g_assert_true(turned >= 1 && turned <= 8);
    g_assert_cmpuint(once->len, <=, size + 64);
    g_autoptr(GByteArray) twice = image_strip_container(once->data, once->len, &again, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(again, ==, turned);
    g_assert_true(twice->len == once->len && memcmp(twice->data, once->data, once->len) == 0);
    return 0;
}
