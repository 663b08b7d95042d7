/*
 * Style sheets from any bytes: refused, or made small. What comes out cannot end the <style>
 * element, is no longer than what went in, and made small again stays the same.
 */
#include "theme/style.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *small = style_minify((const char *)data, size, &error);

    g_assert_true((small == NULL) == (error != NULL));
    if (small == NULL) {
        return 0;
    }
    g_assert_cmpuint(strlen(small), <=, size);
    g_assert_null(strstr(small, "</"));
    g_assert_null(strstr(small, "<!"));
    g_autofree char *again = style_minify(small, strlen(small), NULL);
    g_assert_cmpstr(again, ==, small);
    return 0;
}
