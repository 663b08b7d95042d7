#include "mail/address.h"

static void test_mark(void)
{
    Secret secret = {{3}};
    g_autofree char *a = address_mark(&secret, "Ann@reader.example");
    g_autofree char *b = address_mark(&secret, "ann@READER.example");
    g_autofree char *c = address_mark(&secret, "an@reader.example");
    g_assert_cmpstr(a, ==, b);
    g_assert_cmpstr(a, !=, c);
}

static void test_named(void)
{
    char *name = NULL, *address = NULL;
    g_assert_true(address_parse_named("The Bell <l@bell.example>", &name, &address, NULL));
    g_assert_cmpstr(name, ==, "The Bell");
    g_assert_cmpstr(address, ==, "l@bell.example");
    g_free(name);
    g_free(address);
    g_assert_true(
        address_parse_named("\"Колокол, газета\" <l@bell.example>", &name, &address, NULL));
    g_assert_cmpstr(name, ==, "Колокол, газета");
    g_free(name);
    g_free(address);
    g_assert_true(address_parse_named("l@bell.example", &name, &address, NULL));
    g_assert_cmpstr(name, ==, "");
    g_free(name);
    g_free(address);
    g_assert_false(address_parse_named("The Bell <l@bell.example", &name, &address, NULL));
    g_assert_false(address_parse_named("The Bell <l@bell.example> x", &name, &address, NULL));
    g_assert_false(address_parse_named("A\nB <l@bell.example>", &name, &address, NULL));
    g_assert_false(address_parse_named("", &name, &address, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address/mark", test_mark);
    g_test_add_func("/address/named", test_named);
    return g_test_run();
}
