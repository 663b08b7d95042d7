#include "fund/gift.h"

#include "base/error.h"
#include "practice_fixture.h"

/* A gift only rises. */
static void test_raise(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(Gift) gift = fixture_gift(store, "a", FREQUENCY_ONCE, 500);
    static const GiftState order[] = {GIFT_EXPIRED, GIFT_PENDING, GIFT_FAILED,
                                      GIFT_EXPIRED, GIFT_SETTLED, GIFT_FAILED};
    static const GiftState after[] = {GIFT_EXPIRED, GIFT_EXPIRED, GIFT_FAILED,
                                      GIFT_FAILED,  GIFT_SETTLED, GIFT_SETTLED};
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        g_assert_true(gift_raise(store, gift->id, order[i], FIXTURE_NOW, NULL));
        g_assert_cmpint(fixture_state(store, gift->id), ==, after[i]);
    }
    clock_replace(NULL, NULL);
}

static void test_find(Store *store, const char *url)
{
    fixture_begin();
    g_autoptr(Gift) gift = fixture_gift(store, "a", FREQUENCY_ANNUAL, 6000);
    g_assert_true(gift_address(store, gift, "ann@reader.example", NULL));
    g_assert_true(gift_address(store, gift, "other@reader.example", NULL)); /* the first holds */
    g_autoptr(GPtrArray) hers = gift_list(store, "ann@reader.example", GIFT_STATES, NULL);
    g_assert_cmpuint(hers->len, ==, 1);
    g_autoptr(Gift) same = gift_by_code(store, gift->code, NULL);
    g_assert_cmpint(same->id, ==, gift->id);
    g_assert_cmpint(same->frequency, ==, FREQUENCY_ANNUAL);
    g_autoptr(GError) error = NULL;
    g_assert_null(gift_by_id(store, 77, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_cmpstr(gift_state_name(GIFT_SETTLED), ==, "settled");
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/gift/raise", test_raise);
    stores_test_add("/fund/gift/find", test_find);
    return g_test_run();
}
