#include "fund/request.h"

#include "base/error.h"
#include "practice_fixture.h"

/* A step is asked of a provider once, and the bytes are kept. */
static void test_once(Store *store, const char *url)
{
    bool asked = true;
    int64_t open = -1;
    fixture_begin();
    g_autoptr(Gift) gift = fixture_gift(store, "a", FREQUENCY_ONCE, 500);
    g_assert_true(request_write(store, gift, PAYMENT_CHECKOUT, "", fixture_time, &asked, NULL));
    g_assert_false(asked);
    g_autoptr(Gift) same = gift_by_id(store, gift->id, NULL);
    g_assert_cmpstr(same->checkout, ==, gift->checkout);
    g_assert_true(request_sweep(store, fixture_time, &open, NULL));
    g_assert_cmpint(open, ==, 0);
    clock_replace(NULL, NULL);
}

static void test_nothing(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(GError) error = NULL;
    g_autoptr(Gift) gift = fixture_gift(store, "a", FREQUENCY_MONTHLY, 500);
    g_assert_false(request_refund(store, gift, fixture_time, &error)); /* nothing was paid */
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_false(request_cancel(store, gift, fixture_time, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    Job job = {.key = "none"};
    g_clear_error(&error);
    g_assert_false(request_run(store, &job, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/request/once", test_once);
    stores_test_add("/fund/request/nothing", test_nothing);
    return g_test_run();
}
