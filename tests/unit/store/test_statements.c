/* Every statement of every department is prepared on both engines, on the migrated schema. */
#include "doubles/stores.h"
#include "store/engine.h"

#include "tables.h"

static void test_prepare(Store *store, const char *url)
{
    unsigned bad = 0, count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        for (unsigned j = 0; j < tables[i].count; j++, count++) {
            g_autoptr(GError) error = NULL;
            if (!store_prepare(store, &tables[i].statements[j], &error)) {
                g_test_message("%s", error->message);
                bad++;
            }
        }
    }
    g_assert_cmpuint(bad, ==, 0);
    g_assert_cmpuint(count, >, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/store/statements", test_prepare);
    return g_test_run();
}
