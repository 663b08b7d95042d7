/* The campaign on pages: the call and the letter, with the table's minimum, and when they are
 * stale. */
#include "fund/fund_blocks.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "fixture.h"

#include <string.h>

static void *loaded(Store *store, const PressBlock *block, char **version)
{
    void *content = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(block->load(store, "en", false, FIXTURE_NOW, &content, version, &error));
    g_assert_no_error(error);
    return content;
}

static char *version_of(Store *store)
{
    char *version = NULL;
    void *content = loaded(store, &fund_letter_block, &version);
    if (content != NULL) {
        fund_letter_block.free(content);
    }
    return version;
}

static void test_values(Store *store, const char *url)
{
    g_autofree char *version = NULL, *call_version = NULL;
    g_autoptr(ValueArena) arena = value_arena_new(0);
    fixture_campaign(store, "winter", "amounts: monthly 5 10\nminimum: \"3\"\n");
    void *letter = loaded(store, &fund_letter_block, &version);
    void *call = loaded(store, &fund_call_block, &call_version);
    Value *page = value_map(arena);
    fund_letter_block.fill(letter, page, "../");
    fund_call_block.fill(call, page, "../");
    g_assert_nonnull(value_get(value_get(page, "letter"), "heading"));
    g_assert_nonnull(value_get(value_get(page, "letter"), "html"));
    g_assert_nonnull(value_get(value_get(page, "call"), "text"));
    g_assert_nonnull(value_get(value_get(page, "call"), "url"));
    fund_letter_block.free(letter);
    fund_call_block.free(call);
}

/* Letter and form read one table, so another minimum is another letter. */
static void test_versions(Store *store, const char *url)
{
    g_autofree char *none = version_of(store);
    g_assert_null(none);
    fixture_campaign(store, "winter", "amounts: monthly 5 10\n");
    g_autofree char *first = version_of(store), *same = version_of(store);
    g_assert_cmpstr(first, ==, same);
    fixture_campaign(store, "winter", "amounts: monthly 5 10\nminimum: \"3\"\n");
    g_autofree char *second = version_of(store);
    g_assert_cmpstr(first, !=, second);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/fund_blocks/values", test_values);
    stores_test_add("/fund/fund_blocks/versions", test_versions);
    return g_test_run();
}
