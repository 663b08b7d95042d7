/* The inbox: what a provider tells is kept once, applied once, and never dropped. */
#include "fund/inbox.h"

#include "base/error.h"
#include "practice_fixture.h"

static bool receive(Store *store, const char *body, GError **error)
{
    return inbox_receive(store, &practice_provider, body, strlen(body), "", fixture_time, error);
}

static int64_t waiting(Store *store)
{
    int64_t count = -1;
    g_assert_true(inbox_sweep(store, fixture_time, &count, NULL));
    return count;
}

static void test_once(Store *store, const char *url)
{
    fixture_begin();
    fixture_campaign(store, "winter", "amounts: monthly 2 5\n");
    g_autoptr(Gift) asked = fixture_gift(store, "1", FREQUENCY_ONCE, 500);
    fixture_run(store, "pay");
    g_autoptr(Gift) gift = gift_by_id(store, asked->id, NULL);
    fixture_decide(store, gift, PRACTICE_PAY);
    g_assert_cmpint(waiting(store), ==, 1);
    g_autofree char *again =
        g_strdup_printf("{\"event\":\"%s-1\",\"object\":\"%s\"}", gift->checkout, gift->checkout);
    for (int i = 0; i < 3; i++) {
        g_assert_true(receive(store, again, NULL)); /* the same event, as providers repeat it */
    }
    g_assert_cmpint(waiting(store), ==, 1);
    fixture_run(store, "pay");
    g_assert_cmpint(waiting(store), ==, 0);
    g_assert_cmpint(fixture_state(store, gift->id), ==, GIFT_SETTLED);
    g_assert_true(receive(store, again, NULL));
    fixture_run(store, "pay");
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 1);
    g_assert_cmpint(waiting(store), ==, 0);
}

/* Something we do not know yet: it waits, through dead jobs, for the sweep. */
static void test_unknown(Store *store, const char *url)
{
    fixture_begin();
    g_assert_true(receive(store, "{\"event\":\"e1\",\"object\":\"pcnothing\"}", NULL));
    for (int i = 0; i < 5; i++) {
        fixture_run(store, "pay");
        fixture_time += CLOCK_HOUR;
    }
    g_assert_cmpint(waiting(store), ==, 1);
}

static void test_refused(Store *store, const char *url)
{
    static const char *const bodies[] = {"",
                                         "x",
                                         "{}",
                                         "[]",
                                         "{\"event\":\"a\"}",
                                         "{\"event\":\"\",\"object\":\"b\"}",
                                         "{\"event\":1,\"object\":2}"};
    fixture_begin();
    for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(receive(store, bodies[i], &error));
        g_assert_nonnull(error);
    }
    g_autofree char *large = g_strnfill(INBOX_BODY_MAX + 1, ' ');
    g_autoptr(GError) error = NULL;
    g_assert_false(receive(store, large, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_assert_cmpint(waiting(store), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/inbox/once", test_once);
    stores_test_add("/fund/inbox/unknown", test_unknown);
    stores_test_add("/fund/inbox/refused", test_refused);
    return g_test_run();
}
