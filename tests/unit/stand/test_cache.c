/* The cache of pages: ceiling, age, account, replacement. */
#include "stand/cache.h"

static Page *page_of_cost(const char *name, size_t cost)
{
    SourceEntry entry = {.status = 200};
    Page *page = page_new(name, &entry, false);
    page->cost = cost;
    return page;
}

static void test_ceiling(void)
{
    PageCache *cache = page_cache_new(1000);
    page_cache_put(cache, page_of_cost("a", 400));
    page_cache_put(cache, page_of_cost("b", 400));
    g_assert_nonnull(page_cache_find(cache, "a")); /* now newer than b */
    page_cache_put(cache, page_of_cost("c", 400));
    g_assert_null(page_cache_find(cache, "b"));
    g_assert_nonnull(page_cache_find(cache, "a"));
    g_assert_nonnull(page_cache_find(cache, "c"));
    g_assert_cmpuint(page_cache_bytes(cache), ==, 800);
    page_cache_free(cache);
}

static void test_too_large(void)
{
    PageCache *cache = page_cache_new(1000);
    page_cache_put(cache, page_of_cost("a", 400));
    page_cache_put(cache, page_of_cost("huge", 5000)); /* it is being answered: it stays for now */
    g_assert_null(page_cache_find(cache, "a"));
    g_assert_nonnull(page_cache_find(cache, "huge"));
    page_cache_put(cache, page_of_cost("b", 10));
    g_assert_null(page_cache_find(cache, "huge"));
    g_assert_cmpuint(page_cache_bytes(cache), ==, 10);
    page_cache_free(cache);
}

static void test_account(void)
{
    PageCache *cache = page_cache_new(1000);
    Page *page = page_of_cost("a", 100);
    page_cache_put(cache, page_of_cost("b", 100));
    page_cache_put(cache, page);
    page->cost = 950; /* a form was made */
    page_cache_account(cache, page);
    g_assert_null(page_cache_find(cache, "b"));
    g_assert_cmpuint(page_cache_bytes(cache), ==, 950);
    page_cache_account(cache, page);
    g_assert_cmpuint(page_cache_bytes(cache), ==, 950);
    page_cache_free(cache);
}

static void test_replace_and_drop(void)
{
    PageCache *cache = page_cache_new(1000);
    Page *second = page_of_cost("a", 20);
    page_cache_put(cache, page_of_cost("a", 10));
    page_cache_put(cache, second);
    g_assert_true(page_cache_find(cache, "a") == second);
    g_assert_cmpuint(page_cache_count(cache), ==, 1);
    g_assert_cmpuint(page_cache_bytes(cache), ==, 20);
    page_cache_drop(cache, "a");
    page_cache_drop(cache, "never there");
    g_assert_cmpuint(page_cache_count(cache), ==, 0);
    g_assert_cmpuint(page_cache_bytes(cache), ==, 0);
    page_cache_free(cache);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cache/ceiling", test_ceiling);
    g_test_add_func("/cache/too-large", test_too_large);
    g_test_add_func("/cache/account", test_account);
    g_test_add_func("/cache/replace-and-drop", test_replace_and_drop);
    return g_test_run();
}
