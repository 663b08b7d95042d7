/* The newsletter's field on pages: where it posts to, what it says, and when it is stale. */
#include "mail/mail_blocks.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"
#include "press/setting.h"

#include <string.h>

static char *version(Store *store, const char *language)
{
    void *content = NULL;
    char *made = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(
        mail_newsletter_block.load(store, language, false, clock_now(), &content, &made, &error));
    if (content != NULL) {
        mail_newsletter_block.free(content);
    }
    return made;
}

static void test_versions(Store *store, const char *url)
{
    bool changed = false;
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    g_assert_null(version(store, "en")); /* no newsletter, no block */
    fixture_newsletter(store, NULL);
    g_autofree char *first = version(store, "en"), *same = version(store, "en");
    g_assert_cmpstr(first, ==, same);
    g_assert_null(version(store, "ru"));
    g_assert_true(setting_set(store, "forms-urls", "https://other.example", &changed, NULL));
    g_autofree char *moved = version(store, "en");
    g_assert_cmpstr(first, !=, moved);
}

static void test_values(Store *store, const char *url)
{
    static const char *const keys[] = {"name",    "heading",     "description", "action",
                                       "consent", "preview_url", "email_label", "submit_label"};
    bool changed = false;
    void *content = NULL;
    g_autofree char *made = NULL;
    g_auto(Fixture) f = {0};
    g_autoptr(ValueArena) arena = value_arena_new(0);
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    g_assert_true(
        setting_set(store, "forms-urls", "https://f.example/, http://f.onion", &changed, NULL));
    g_assert_true(
        mail_newsletter_block.load(store, "en", false, clock_now(), &content, &made, NULL));
    Value *page = value_map(arena);
    mail_newsletter_block.fill(content, page, "../");
    const Value *newsletter = value_get(page, "newsletter");
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_test_message("%s", keys[i]);
        g_assert_nonnull(value_get(newsletter, keys[i]));
    }
    g_assert_null(value_get(newsletter, "privacy_url")); /* there is no such page here */
    mail_newsletter_block.free(content);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/mail-blocks/versions", test_versions);
    stores_test_add("/mail-blocks/values", test_values);
    return g_test_run();
}
