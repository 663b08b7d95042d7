/* Addresses of our own in mail, and mail that is asked for once. */
#include "fund/outgoing.h"

#include "practice_fixture.h"
#include "press/setting.h"

static void test_addresses(Store *store, const char *url)
{
    static const char *const settings[][2] = {{"forms-urls", "https://f.example//, http://f.onion"},
                                              {"url", "https://bell.example/"}};
    bool changed = false;
    for (size_t i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autoptr(GError) error = NULL;
        setting_set(store, settings[i][0], settings[i][1], &changed, &error);
        g_assert_no_error(error);
    }
    g_autofree char *form = outgoing_form(store, "ru", "gift-cancel/TOKEN", NULL);
    g_autofree char *page = outgoing_page(store, "support/index.html", NULL);
    g_assert_cmpstr(form, ==, "https://f.example/ru/gift-cancel/TOKEN");
    g_assert_cmpstr(page, ==, "https://bell.example/support/index.html");
}

static void test_once(Store *store, const char *url)
{
    fixture_begin();
    for (int i = 0; i < 2; i++) {
        g_assert_true(outgoing_send(store, "reminder", "code", "a@b.example", "en",
                                    json_pack("{s:s}", "stop_url", "https://f.example/"), NULL));
    }
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 1);
    g_assert_nonnull(strstr(fixture_mail, "\"to\":\"a@b.example\""));
    g_assert_nonnull(strstr(fixture_mail, "\"kind\":\"reminder\""));
    g_clear_pointer(&fixture_mail, g_free);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/outgoing/addresses", test_addresses);
    stores_test_add("/fund/outgoing/once", test_once);
    return g_test_run();
}
