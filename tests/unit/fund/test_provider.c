#include "fund/provider.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "fund/practice.h"
#include "press/setting.h"

#include <string.h>

#include "fixture.h"

static void set(Store *store, const char *name, const char *value)
{
    bool changed = false;
    g_autoptr(GError) error = NULL;
    setting_set(store, name, value, &changed, &error);
    g_assert_no_error(error);
}

static void test_rows(void)
{
    for (const PaymentProvider *const *row = payment_providers; *row != NULL; row++) {
        g_assert_nonnull((*row)->help);
        g_assert_nonnull((*row)->methods);
        g_assert_true(provider_named((*row)->name, NULL) == *row);
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(provider_named("gold", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

static void test_practice_is_local(Store *store, const char *url)
{
    static const char *const local[] = {"http://paper.localhost:8080", "http://localhost",
                                        "http://127.0.0.1:99/x", "http://[::1]:8080"};
    static const char *const other[] = {"https://bell.example", "https://localhost.example",
                                        "https://127.example", "http://10.0.0.1"};
    const PaymentProvider *open = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(local); i++) {
        set(store, "url", local[i]);
        g_assert_true(provider_open(store, FIXTURE_NOW, &open, NULL));
        g_assert_true(open == &practice_provider);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(other); i++) {
        g_autoptr(GError) error = NULL;
        set(store, "url", other[i]);
        g_assert_false(provider_check(store, &practice_provider, FIXTURE_NOW, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED);
        g_assert_true(provider_open(store, FIXTURE_NOW, &open, NULL));
        g_assert_null(open);
    }
}

/* Research E19: where giving is a crime, a campaign without a warning opens no real provider. */
static void test_danger(Store *store, const char *url)
{
    const PaymentProvider real = {.name = "bank", .real = true};
    g_assert_true(provider_check(store, &real, FIXTURE_NOW, NULL));
    fixture_campaign(store, "winter", "");
    g_assert_true(provider_check(store, &real, FIXTURE_NOW, NULL));
    set(store, "warn-countries", "RU,BY");
    g_autoptr(GError) error = NULL;
    g_assert_false(provider_check(store, &real, FIXTURE_NOW, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED);
    g_assert_nonnull(strstr(error->message, "winter"));
    g_assert_true(provider_check(store, &practice_provider, FIXTURE_NOW, NULL));
    fixture_campaign(store, "winter", "danger: If you live there, do not give.\n");
    g_assert_true(provider_check(store, &real, FIXTURE_NOW, NULL));
}

static void test_settings(Store *store, const char *url)
{
    bool changed = false;
    static const char *const bad[][2] = {{"warn-countries", "Russia"},
                                         {"warn-countries", "ru"},
                                         {"warn-countries", "RU, BY"},
                                         {"providers", "a b"}};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(setting_set(store, bad[i][0], bad[i][1], &changed, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    const PaymentProvider *open = NULL;
    set(store, "providers", "unknown,practice");
    g_assert_true(provider_open(store, FIXTURE_NOW, &open, NULL));
    g_assert_true(open == &practice_provider);
    set(store, "providers", "");
    g_assert_true(provider_open(store, FIXTURE_NOW, &open, NULL));
    g_assert_null(open);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fund/provider/rows", test_rows);
    stores_test_add("/fund/provider/practice-is-local", test_practice_is_local);
    stores_test_add("/fund/provider/danger", test_danger);
    stores_test_add("/fund/provider/settings", test_settings);
    return g_test_run();
}
