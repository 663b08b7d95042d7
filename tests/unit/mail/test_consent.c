/* What subscribers agreed to: the wording by its hash, and the policy it named. */
#include "mail/consent.h"

#include "base/clock.h"
#include "fixture.h"

#include <string.h>

static void test_wording(void)
{
    static const char *const languages[] = {"en", "ru", "ar"};
    char hashes[G_N_ELEMENTS(languages)][CONSENT_HASH];
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        consent_hash(languages[i], hashes[i]);
        g_assert_cmpuint(strlen(hashes[i]), ==, CONSENT_HASH - 1);
        for (size_t j = 0; j < i; j++) {
            g_assert_cmpstr(hashes[i], !=, hashes[j]);
        }
    }
    g_autofree char *wording = consent_wording("en");
    g_assert_nonnull(strstr(wording, "Privacy Policy"));
}

/* Kept once, and only under its own hash: a page may be older than the program, or lie. */
static void test_kept(Store *store, const char *url)
{
    char hash[CONSENT_HASH];
    fixture_clock();
    consent_hash("en", hash);
    g_assert_true(consent_note(store, "en", "0123456789abcdef", NULL));
    g_assert_true(consent_note(store, "en", "", NULL));
    uint64_t before = store_counts(store).writes;
    g_assert_true(consent_note(store, "en", hash, NULL));
    g_assert_cmpuint(store_counts(store).writes, >, before);
    before = store_counts(store).writes;
    g_assert_true(consent_note(store, "en", hash, NULL));
    g_assert_cmpuint(store_counts(store).writes, ==, before);
}

static void test_policy(Store *store, const char *url)
{
    char *path = NULL;
    fixture_clock();
    g_autofree char *version = consent_policy_version(store, "en", NULL);
    g_assert_cmpstr(version, ==, "");
    g_assert_true(consent_policy_path(store, "en", clock_now(), &path, NULL));
    g_assert_null(path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/consent/wording", test_wording);
    stores_test_add("/consent/kept", test_kept);
    stores_test_add("/consent/policy", test_policy);
    return g_test_run();
}
