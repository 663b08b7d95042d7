/* Fields, urlencoded: decoded once, refused where they are broken, within their ceilings. */
#include "base/error.h"
#include "web/fields.h"

#include <string.h>

static Fields *parse(const char *text)
{
    return fields_parse(text, strlen(text), NULL);
}

static void test_good(void)
{
    g_autoptr(Fields) fields = parse("a=1&b=%D0%BF+%2B%26&&c&d==&e=x%0D%0Ay%0Dz");
    g_assert_cmpuint(fields_count(fields), ==, 5);
    g_assert_cmpstr(fields_get(fields, "a"), ==, "1");
    g_assert_cmpstr(fields_get(fields, "b"), ==, "п +&");
    g_assert_cmpstr(fields_get(fields, "c"), ==, "");
    g_assert_cmpstr(fields_get(fields, "d"), ==, "=");
    g_assert_cmpstr(fields_get(fields, "e"), ==, "x\ny\nz");
    g_assert_null(fields_get(fields, "f"));
    g_assert_cmpstr(fields_name(fields, 0), ==, "a");
    g_assert_cmpstr(fields_name(fields, 4), ==, "e");
    g_autoptr(Fields) none = fields_parse(NULL, 0, NULL);
    g_assert_cmpuint(fields_count(none), ==, 0);
}

static void test_bad(void)
{
    static const char *const bad[] = {"a=%",     "a=%4",    "a=%zz", "a=%00", "a=%FF",
                                      "=x",      "a=1&a=2", "%FF=1", "a=%C3", "a=\xed\xa0\x80",
                                      "a=%c0%af"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", bad[i]);
        g_assert_null(fields_parse(bad[i], strlen(bad[i]), &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
}

static void test_ceilings(void)
{
    g_autoptr(GString) many = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    for (unsigned i = 0; i <= FIELDS_MOST; i++) {
        g_string_append_printf(many, "f%u=1&", i);
    }
    g_assert_null(fields_parse(many->str, many->len, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_autofree char *name = g_strnfill(FIELDS_NAME + 1, 'n');
    g_assert_null(parse(name));
}

static void test_body(void)
{
    HttpRequest request;

    static const struct {
        const char *type;
        int code; /* -1: good */
    } cases[] = {{"application/x-www-form-urlencoded", -1},
                 {"Application/X-WWW-Form-Urlencoded; charset=utf-8", -1},
                 {"application/x-www-form-urlencoded2", KOLOKOL_ERROR_NOT_FOUND},
                 {"text/plain", KOLOKOL_ERROR_NOT_FOUND},
                 {NULL, KOLOKOL_ERROR_NOT_FOUND},
                 {"multipart/form-data", KOLOKOL_ERROR_INVALID},
                 {"multipart/form-data; boundary=", KOLOKOL_ERROR_INVALID}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        http_request_init(&request, "POST", "/");
        if (cases[i].type != NULL) {
            http_request_add(&request, "content-type", cases[i].type);
        }
        request.body = "a=1";
        request.body_length = 3;
        g_autoptr(Fields) fields = fields_of_body(&request, &error);
        if (cases[i].code < 0) {
            g_assert_cmpstr(fields_get(fields, "a"), ==, "1");
        } else {
            g_assert_error(error, KOLOKOL_ERROR, cases[i].code);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fields/good", test_good);
    g_test_add_func("/fields/bad", test_bad);
    g_test_add_func("/fields/ceilings", test_ceilings);
    g_test_add_func("/fields/body", test_body);
    return g_test_run();
}
