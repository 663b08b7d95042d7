/* Looking up kinds and fields. */
#include "forms/form.h"

static const FormField fields[] = {{"email", 10, true, false}, {"name", 10, false, false}, {NULL}};
static const FormKind subscribe = {.name = "subscribe", .fields = fields};
static const FormKind sub = {.name = "sub", .fields = fields};
static const FormKind *const kinds[] = {&subscribe, &sub, NULL};

static void test_find(void)
{
    g_assert_true(form_kind(kinds, "subscribe/x", 9) == &subscribe);
    g_assert_true(form_kind(kinds, "subscribe", 3) == &sub);
    g_assert_null(form_kind(kinds, "su", 2));
    g_assert_null(form_kind(kinds, "", 0));
    g_assert_cmpint(form_field(&subscribe, "name", 4), ==, 1);
    g_assert_cmpint(form_field(&subscribe, "names", 5), ==, -1);
    Form form = {.kind = &subscribe, .values = {"a@b", "B"}};
    g_assert_cmpstr(form_value(&form, "name"), ==, "B");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/form/find", test_find);
    return g_test_run();
}
