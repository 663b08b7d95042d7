/* Figures, on both engines. */
#include "health/figure.h"

#include "doubles/stores.h"

static void test_last_one(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    Figure figure = {7, 7};
    g_assert_true(figure_read(store, "size.media", &figure, &error));
    g_assert_cmpint(figure.taken, ==, 0);
    g_assert_true(figure_put(store, "size.media", 1000, 50, &error));
    g_assert_true(figure_put(store, "size.media", 900, 60, &error));
    g_assert_true(figure_put(store, "forms.aside", 3, 61, &error));
    g_assert_no_error(error);
    g_assert_true(figure_read(store, "size.media", &figure, &error));
    g_assert_cmpint(figure.number, ==, 900);
    g_assert_cmpint(figure.taken, ==, 60);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/health/figure/last-one", test_last_one);
    return g_test_run();
}
