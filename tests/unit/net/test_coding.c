/* Accept-Encoding: RFC 9110 12.5.3 in rows. */
#include "net/coding.h"

#include <glib.h>
#include <string.h>

/* The order as letters: b, g, i. */
static void check(const char *value, const char *expected)
{
    HttpCoding order[HTTP_CODINGS];
    char letters[HTTP_CODINGS + 1] = "";
    size_t count = http_coding_order(value, order);
    for (size_t i = 0; i < count; i++) {
        letters[i] = "igb"[order[i]];
    }
    letters[count] = '\0';
    if (strcmp(letters, expected) != 0) {
        g_error("\"%s\" gave %s, not %s", value, letters, expected);
    }
}

static void test_rows(void)
{
    check(NULL, "i");
    check("", "i");
    check("gzip", "gi");
    check("GZIP", "gi");
    check("x-gzip", "gi");
    check("br", "bi");
    check("gzip, deflate, br", "bgi");
    check("gzip, deflate, br, zstd", "bgi");
    check("gzip;q=1.0, br;q=0.5", "gbi");
    check("br;q=0.001,gzip;q=0.002", "gbi");
    check("gzip;q=0", "i");
    check("br;q=0, gzip", "gi");
    check("*", "bgi");
    check("*;q=0", "i");
    check("*;q=0, gzip", "gi");
    check("gzip;q=0, *", "bi");
    check("identity", "i");
    check("identity;q=1, gzip;q=0.5", "ig");
    check("identity;q=0", "i");
    check("identity;q=0, gzip", "gi");
    check("deflate", "i");
    check("gzip ; q=0.5 , br ;q=0.6", "bgi");
    check(", ,gzip,", "gi");
}

static void test_malformed(void)
{
    check("gzip;q=2", "i");
    check("gzip;q=", "i");
    check("gzip;q=-1", "i");
    check("gzip;q=0.1234", "i");
    check("gzip;level=9", "i");
    check("gzip br", "i");
    check(";;;", "i");
    check("gzip;q=1.001", "i");
}

static void test_names(void)
{
    g_assert_cmpstr(http_coding_name(HTTP_BR), ==, "br");
    g_assert_cmpstr(http_coding_name(HTTP_GZIP), ==, "gzip");
    g_assert_cmpstr(http_coding_name(HTTP_IDENTITY), ==, "identity");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/coding/rows", test_rows);
    g_test_add_func("/coding/malformed", test_malformed);
    g_test_add_func("/coding/names", test_names);
    return g_test_run();
}
