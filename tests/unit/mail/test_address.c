#include "mail/address.h"

#include "base/error.h"

#include <string.h>

static void test_taken(void)
{
    static const char *const pairs[][2] = {
        {"a@b.example", "a@b.example"},
        {"  Ann.Lee+news@Reader.EXAMPLE\n", "Ann.Lee+news@reader.example"},
        {"x_y-z!#$%&'*/=?^`{|}~@b.co", "x_y-z!#$%&'*/=?^`{|}~@b.co"},
        {"bob@пример.рф", "bob@xn--e1afmkfd.xn--p1ai"},
        {"a@1.2.example", "a@1.2.example"},
        {"a@xn--e1afmkfd.xn--p1ai", "a@xn--e1afmkfd.xn--p1ai"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *address = address_parse(pairs[i][0], &error);
        g_assert_no_error(error);
        g_assert_cmpstr(address, ==, pairs[i][1]);
    }
}

static void test_refused(void)
{
    static const char *const texts[] = {
        "",
        "@",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a b@c.example",
        "a@b..example",
        ".a@b.example",
        "a.@b.example",
        "a..b@c.example",
        "a@-b.example",
        "a@b-.example",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "\"a b\"@c.example",
        "a@b.example\r\nBcc: x@y.example",
        "a\n@b.example",
        "a@b.example, c@d.example",
        "a@b.example>",
        "имя@b.example",
        "a@b_c.example",
        "a@b.example\xff",
        "a(comment)@b.example",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(address_parse(texts[i], &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    g_autofree char *local = g_strnfill(65, 'a'), *label = g_strnfill(64, 'b');
    g_autofree char *long_local = g_strconcat(local, "@b.example", NULL);
    g_autofree char *long_label = g_strconcat("a@", label, ".example", NULL);
    g_assert_null(address_parse(long_local, NULL));
    g_assert_null(address_parse(long_label, NULL));
    g_assert_null(address_parse(NULL, NULL));
}

/* What is taken never has a byte that could leave its place in a header or envelope. */
static void test_hostile(void)
{
    static const char pieces[] = "a@.-b<>\r\n \t,\"()[]\\:;é\0x";
    guint32 state = 7;
    for (int round = 0; round < 20000; round++) {
        char text[16];
        size_t length = (state >> 8) % (sizeof text - 1);
        for (size_t i = 0; i < length; i++) {
            state = state * 1664525u + 1013904223u;
            text[i] = pieces[(state >> 16) % (sizeof pieces - 1)];
        }
        text[length] = '\0';
        state = state * 1664525u + 1013904223u;
        g_autofree char *address = address_parse(text, NULL);
        if (address != NULL) {
            g_assert_null(strpbrk(address, "<>\r\n \t,\"()[]\\:;"));
            g_assert_cmpuint(strlen(address), <=, ADDRESS_MAX);
        }
    }
}

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
    g_test_add_func("/address/taken", test_taken);
    g_test_add_func("/address/refused", test_refused);
    g_test_add_func("/address/hostile", test_hostile);
    g_test_add_func("/address/mark", test_mark);
    g_test_add_func("/address/named", test_named);
    return g_test_run();
}
