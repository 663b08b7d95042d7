#include "desk/erasure.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>

typedef struct {
    const char *once;
    int64_t id;
} Order;

static bool add(Store *store, void *data, GError **error)
{
    Order *order = data;
    Erasure erasure = {.kind = (char *)(uintptr_t)ERASURE_TAKEDOWN,
                       .story = 1,
                       .instead = (char *)(uintptr_t) "",
                       .reason = (char *)(uintptr_t) "why",
                       .person = (char *)(uintptr_t) "who",
                       .step = ERASURE_SPREAD,
                       .asked = 5,
                       .once = (char *)(uintptr_t)order->once};
    return erasure_add(store, &erasure, &order->id, error);
}

static bool known(Store *store, const char *once)
{
    bool is = true;
    assert_ok(erasure_known(store, once, &is, error));
    return is;
}

/* An order's word is known once it is written down; orders without one are never the same. */
static void test_once(Store *store, const char *url)
{
    Order with = {"0123456789abcdef", 0}, without = {NULL, 0};
    g_assert_false(known(store, with.once));
    assert_ok(store_transact(store, add, &with, error));
    assert_ok(store_transact(store, add, &without, error));
    assert_ok(store_transact(store, add, &without, error));
    g_assert_true(known(store, with.once));
    g_assert_false(known(store, "0123456789abcdee"));
    g_assert_false(known(store, ""));
    g_assert_false(known(store, NULL));
}

static char *problem_of(Store *store)
{
    g_autoptr(GPtrArray) all = erasure_list(store, 1, NULL);
    return g_strdup(((const Erasure *)all->pdata[0])->problem);
}

/* It goes with the next step, with the words, and is none of what is done. */
static void test_problem(Store *store, const char *url)
{
    Order order = {NULL, 0};
    g_autofree char *longest = g_strnfill(3000, 'a');
    assert_ok(store_transact(store, add, &order, error));
    assert_ok(erasure_problem(store, order.id, "full \xff", error));
    assert_text(problem_of(store), "full \xef\xbf\xbd");
    assert_ok(erasure_advance(store, order.id, ERASURE_CLEAN, 6, error));
    assert_text(problem_of(store), "");
    assert_ok(erasure_problem(store, order.id, longest, error));
    g_autofree char *cut = problem_of(store);
    g_assert_cmpuint(strlen(cut), ==, ERASURE_PROBLEM);
    assert_ok(erasure_forget_words(store, order.id, error));
    assert_text(problem_of(store), "");
    assert_ok(erasure_advance(store, order.id, ERASURE_DONE, 7, error));
    assert_ok(erasure_problem(store, order.id, "late", error));
    assert_text(problem_of(store), "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/erasure/once", test_once);
    stores_test_add("/desk/erasure/problem", test_problem);
    return g_test_run();
}
