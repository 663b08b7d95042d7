/* Weights as they stand beside the pages. How they come there is code.c's. */
#include "press/weight.h"

#include "doubles/stores.h"
#include "fixture.h"
#include "press/compress.h"
#include "press_sql.h"

#include <string.h>

static int64_t id_of(Store *store, const char *name)
{
    g_autoptr(StoreRows) rows = press_page_by_name(store, name, NULL);
    g_assert_cmpint(store_rows_next(rows, NULL), ==, STORE_ROW);
    return store_number(rows, 0);
}

static void weigh(Store *store, const char *name, int64_t brotli, int64_t gzip)
{
    g_autofree char *path = g_strdup_printf("%s.html", name + 6);
    PressRecord *record = fixture_record(name, path, name, NULL, NULL);
    Hash hash = record->hash;
    fixture_enter(store, record);
    g_assert_true(press_page_set_weight(store, id_of(store, name), hash.bytes, sizeof hash.bytes, 2,
                                        brotli, gzip, brotli > PRESS_BUDGET_BROTLI, NULL));
}

static void take_path(const char *path, const PressWeight *weight, void *data)
{
    g_string_append_printf(data, "%s ", path);
}

static void test_weights(Store *store, const char *url)
{
    PressWeight weight = {1, 1, true};
    g_assert_true(press_weight(store, "story:1", &weight, NULL));
    g_assert_cmpint(weight.brotli, ==, 0);
    g_assert_false(weight.heavy);
    weigh(store, "story:1", 20000, 30000);
    weigh(store, "story:2", 900, 1000);
    weigh(store, "story:3", 25000, 29000);
    g_assert_true(press_weight(store, "story:1", &weight, NULL));
    g_assert_cmpint(weight.brotli, ==, 20000);
    g_assert_cmpint(weight.gzip, ==, 30000);
    g_assert_true(weight.heavy);
    int64_t count = 0;
    g_autoptr(GString) paths = g_string_new(NULL);
    g_assert_true(press_each_heavy(store, 10, take_path, paths, &count, NULL));
    g_assert_cmpint(count, ==, 2);
    g_assert_cmpstr(paths->str, ==, "3.html 1.html ");
    g_string_truncate(paths, 0);
    g_assert_true(press_each_heavy(store, 1, take_path, paths, &count, NULL));
    g_assert_cmpint(count, ==, 2); /* all are counted */
    g_assert_cmpstr(paths->str, ==, "3.html ");
}

static void test_parts(void)
{
    static const char page[] =
        "<!doctype html><html><head><title>T</title><style>p{}</style></head><body><header>H"
        "</header><main id=\"text\"><article><picture><source srcset=\"a\"><img src=\"b\">"
        "</picture><p>One <img src=\"c\"> two</p></article><form></form></main>foot</body></html>";
    int64_t parts[PRESS_PARTS], sum = 0;
    PressWeight weight = {0};
    g_assert_true(press_weigh(page, strlen(page), &weight, NULL));
    g_assert_cmpint(weight.brotli, >, 50);
    g_assert_cmpint(weight.brotli, <, (int64_t)strlen(page));
    g_assert_false(weight.heavy);
    press_weigh_parts(page, 1000, parts);
    for (unsigned i = 0; i < PRESS_PARTS; i++) {
        g_assert_cmpint(parts[i], >, 0);
        sum += parts[i];
    }
    g_assert_cmpint(sum, ==, 1000);
    press_weigh_parts("<p>no head, no main", 100, parts);
    g_assert_cmpint(parts[PRESS_PART_FRAME], ==, 100);
    press_weigh_parts("<article><article></main></article><img", 90, parts); /* not well-formed */
    press_weigh_parts("", 0, parts);
    g_assert_cmpint(parts[PRESS_PART_ARTICLE], ==, 0);
}

/* What is far too long for a page's budget is not coded for seconds to say so. */
static void test_long(void)
{
    PressWeight weight = {0};
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    g_autoptr(GString) page = g_string_new(NULL);
    while (page->len <= PRESS_WEIGH_EXACT) {
        g_string_append_printf(page, "word%u ", g_rand_int(random) % 5000);
    }
    g_autoptr(GBytes) quick = press_brotli(page->str, page->len, 5);
    g_assert_true(press_weigh(page->str, page->len, &weight, NULL));
    g_assert_cmpint(weight.brotli, ==, (int64_t)g_bytes_get_size(quick));
    g_assert_true(weight.heavy);
    g_string_truncate(page, PRESS_WEIGH_EXACT);
    g_autoptr(GBytes) best = press_brotli(page->str, page->len, PRESS_BROTLI_LEVEL);
    g_assert_true(press_weigh(page->str, page->len, &weight, NULL));
    g_assert_cmpint(weight.brotli, ==, (int64_t)g_bytes_get_size(best));
}

static void test_heavy(void)
{
    g_assert_false(press_is_heavy(PRESS_BUDGET_BROTLI, PRESS_BUDGET_GZIP));
    g_assert_true(press_is_heavy(PRESS_BUDGET_BROTLI + 1, 0));
    g_assert_true(press_is_heavy(0, PRESS_BUDGET_GZIP + 1));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/weight/parts", test_parts);
    g_test_add_func("/weight/heavy", test_heavy);
    g_test_add_func("/weight/long", test_long);
    stores_test_add("/weight/pages", test_weights);
    return g_test_run();
}
