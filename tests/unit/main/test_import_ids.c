/* Ids that came before are found, in this file by their line, through growth and up to the ceiling.
 */
#include "main/import_ids.h"

#include <glib.h>

static bool add(ImportIds *ids, const char *id, const char *file, unsigned line, unsigned *stands)
{
    *stands = line;
    return import_ids_add(ids, id, file, stands);
}

static void test_twice(void)
{
    ImportIds *ids = import_ids_new();
    unsigned stands = 0;
    g_assert_true(add(ids, "q", "a.jsonl", 3, &stands));
    g_assert_true(add(ids, "Q", "a.jsonl", 4, &stands));
    g_assert_false(add(ids, "q", "a.jsonl", 5, &stands));
    g_assert_cmpuint(stands, ==, 3);
    g_assert_false(add(ids, "q", "b.jsonl", 5, &stands));
    g_assert_cmpuint(stands, ==, 0);
    import_ids_free(ids);
}

static void test_many(void)
{
    ImportIds *ids = import_ids_new();
    unsigned stands = 0;
    for (unsigned i = 1; i <= IMPORT_IDS_MOST + 1; i++) {
        g_autofree char *id = g_strdup_printf("%u", i);
        g_assert_true(add(ids, id, "a", i, &stands));
    }
    g_assert_false(add(ids, "1", "a", 9, &stands));
    g_assert_cmpuint(stands, ==, 1);
    g_autofree char *last = g_strdup_printf("%u", IMPORT_IDS_MOST);
    g_autofree char *beyond = g_strdup_printf("%u", IMPORT_IDS_MOST + 1);
    g_assert_false(add(ids, last, "a", 9, &stands));
    g_assert_cmpuint(stands, ==, IMPORT_IDS_MOST);
    g_assert_true(add(ids, beyond, "a", 9, &stands));
    import_ids_free(ids);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/import-ids/twice", test_twice);
    g_test_add_func("/import-ids/many", test_many);
    return g_test_run();
}
