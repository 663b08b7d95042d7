/* Equal bytes give equal coded bytes, and they are small. */
#include "press/compress.h"

#include <string.h>

static void test_same(void)
{
    g_autofree char *text = g_strnfill(5000, 'a');
    g_autoptr(GBytes) one = press_gzip(text, 5000), two = press_gzip(text, 5000);
    g_assert_true(g_bytes_equal(one, two));
    g_assert_cmpuint(g_bytes_get_size(one), <, 100);
    const guint8 *bytes = g_bytes_get_data(one, NULL);
    g_assert_cmpuint(bytes[0], ==, 0x1f);
    g_assert_cmpuint(bytes[1], ==, 0x8b);
    g_autoptr(GBytes) brotli = press_brotli(text, 5000, PRESS_BROTLI_LEVEL);
    g_assert_cmpuint(g_bytes_get_size(brotli), <, 60);
}

static void test_empty(void)
{
    g_autoptr(GBytes) gzip = press_gzip("", 0), brotli = press_brotli("", 0, 5);
    g_assert_nonnull(gzip);
    g_assert_nonnull(brotli);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compress/same", test_same);
    g_test_add_func("/compress/empty", test_empty);
    return g_test_run();
}
