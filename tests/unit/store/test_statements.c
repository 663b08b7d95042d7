/* Every statement of every department is taken by both engines. A new department adds its table
 * here. */
#include "desk_sql.h"
#include "doubles/stores.h"
#include "fund_sql.h"
#include "mail_sql.h"
#include "press_sql.h"
#include "store_sql.h"

static const struct {
    const StoreStatement *statements;
    unsigned count;
} tables[] = {
    {store_statements, STORE_STATEMENTS}, {press_statements, PRESS_STATEMENTS},
    {desk_statements, DESK_STATEMENTS},   {mail_statements, MAIL_STATEMENTS},
    {fund_statements, FUND_STATEMENTS},
};

static void test_prepare(Store *store, const char *url)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        for (unsigned k = 0; k < tables[i].count; k++) {
            g_autoptr(GError) error = NULL;
            g_test_message("%s", tables[i].statements[k].name);
            store_prepare(store, &tables[i].statements[k], &error);
            g_assert_no_error(error);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/statements/prepare", test_prepare);
    return g_test_run();
}
