/* TOTP against the vectors of RFC 6238 (appendix B, SHA-1, cut to six digits), and hostile codes.
 */
#include "seal/totp.h"

#include <string.h>

static const uint8_t key[TOTP_SECRET] = "12345678901234567890";

static void test_vectors(void)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } cases[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                 {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char code[TOTP_DIGITS + 1];
        int64_t step = 0, now = cases[i].seconds * 1000000;
        totp_code(key, now, code);
        g_assert_cmpstr(code, ==, cases[i].code);
        g_assert_true(totp_check(key, code, now, -1, &step));
        g_assert_cmpint(step, ==, cases[i].seconds / 30);
        g_assert_true(totp_check(key, code, now + TOTP_STEP, -1, &step));
        g_assert_true(totp_check(key, code, now - TOTP_STEP, -1, &step));
        g_assert_false(totp_check(key, code, now + 2 * TOTP_STEP, -1, &step));
        g_assert_false(totp_check(key, code, now, step, &step));
    }
}

static void test_hostile(void)
{
    static const char *const codes[] = {"",
                                        "28708",
                                        "2870822",
                                        "28708a",
                                        "-28708",
                                        "287 08",
                                        "\xd9\xa2\xd9\xa8\xd9\xa7\xd9\xa0\xd9\xa8\xd9\xa2"};
    int64_t step = -7;
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        g_assert_false(totp_check(key, codes[i], 59000000, -1, &step));
        g_assert_cmpint(step, ==, -7);
    }
    g_assert_true(totp_check(key, " 287 082 ", 59000000, -1, &step));
}

static void test_texts(void)
{
    g_autofree char *text = totp_text(key);
    g_autofree char *uri = totp_uri(key, "The Bell & co", "anna@bell.example");
    g_assert_cmpstr(text, ==, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    g_assert_cmpstr(uri, ==,
                    "otpauth://totp/The%20Bell%20%26%20co:anna%40bell.example"
                    "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=The%20Bell%20%26%20co");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/seal/totp/vectors", test_vectors);
    g_test_add_func("/seal/totp/hostile", test_hostile);
    g_test_add_func("/seal/totp/texts", test_texts);
    return g_test_run();
}
