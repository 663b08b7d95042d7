/* Addresses, groups and the trusted-proxies rule. */
#include "net/address.h"

#include "base/error.h"

#include <string.h>

static HttpAddress address(const char *text)
{
    HttpAddress out;
    g_assert_true(http_address_parse(text, &out));
    return out;
}

static void test_parse(void)
{
    HttpAddress out, four = address("192.0.2.1"), mapped = address("::ffff:192.0.2.1");
    g_assert_true(http_address_equal(&four, &mapped));
    g_assert_false(http_address_parse("", &out));
    g_assert_false(http_address_parse("192.0.2", &out));
    g_assert_false(http_address_parse("192.0.2.1:80", &out));
    g_assert_false(http_address_parse("example.org", &out));
}

static void test_group(void)
{
    HttpAddress a = address("2001:db8::1"), b = address("2001:db8::ffff:2");
    HttpAddress c = address("2001:db8:0:1::1"), d = address("192.0.2.1"), e = address("192.0.2.2");
    HttpAddress ga = http_address_group(&a), gb = http_address_group(&b);
    HttpAddress gc = http_address_group(&c), gd = http_address_group(&d);
    HttpAddress ge = http_address_group(&e);
    g_assert_true(http_address_equal(&ga, &gb));
    g_assert_false(http_address_equal(&ga, &gc));
    g_assert_false(http_address_equal(&gd, &ge));
}

static void client(const char *list, const char *peer, const char *forwarded, const char *expected)
{
    g_autoptr(HttpProxies) proxies = http_proxies_new(list, NULL);
    HttpAddress from = address(peer), want = address(expected);
    HttpAddress got = http_proxies_client(proxies, &from, forwarded);
    g_assert_true(http_address_equal(&got, &want));
}

static void test_client(void)
{
    client("127.0.0.1", "127.0.0.1", "203.0.113.9", "203.0.113.9");
    client("127.0.0.1", "127.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9");
    client("127.0.0.1, 10.0.0.0/8", "127.0.0.1", "6.6.6.6, 203.0.113.9, 10.1.2.3", "203.0.113.9");
    client("", "127.0.0.1", "203.0.113.9", "127.0.0.1");
    client("10.0.0.0/8", "192.0.2.1", "203.0.113.9", "192.0.2.1");
    client("127.0.0.1", "127.0.0.1", NULL, "127.0.0.1");
    client("127.0.0.1", "127.0.0.1", "203.0.113.9, unknown", "127.0.0.1");
    client("::1 2001:db8::/33", "2001:db8:1::5", "2001:db8:8000::1", "2001:db8:8000::1");
    client("10.0.0.0/8", "10.0.0.1", "10.0.0.2", "10.0.0.2");
}

static void test_bad_list(void)
{
    static const char *const bad[] = {"localhost", "10.0.0.0/33", "10.0.0.0/", "::1/129", "1.2.3"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(http_proxies_new(bad[i], &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_nonnull(strstr(error->message, bad[i]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/address/parse", test_parse);
    g_test_add_func("/address/group", test_group);
    g_test_add_func("/address/client", test_client);
    g_test_add_func("/address/bad-list", test_bad_list);
    return g_test_run();
}
