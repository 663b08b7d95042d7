/* A campaign's letter as readers see it. */
#include "fund/campaign_letter.h"

#include "base/error.h"

#include <string.h>

static void is(const char *letter, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_auto(SafeHtml) html = {0};
    Campaign campaign = {.name = (char *)(uintptr_t) "winter",
                         .language = (char *)(uintptr_t) "en",
                         .amounts = (char *)(uintptr_t) "USD once 5; monthly 3",
                         .minimum = (char *)(uintptr_t) "2.50",
                         .letter = (char *)(uintptr_t)letter};
    bool done = campaign_letter(&campaign, &html, &error);
    if (expected == NULL) {
        g_assert_false(done);
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_nonnull(strstr(error->message, "the letter of the campaign \"winter\""));
        return;
    }
    g_assert_no_error(error);
    g_assert_nonnull(strstr(safe_html_markup(&html), expected));
}

static void test_letter(void)
{
    is("From *{{minimum_monthly}}*.", "From <em>$2.50</em>.");
    is("<script>x</script>Dear", "Dear");
    is("{{#open}}", NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fund/campaign-letter/letter", test_letter);
    return g_test_run();
}
