#include "text/json.h"

#include "base/error.h"

#include <string.h>

static void test_writer(void)
{
    g_autoptr(GString) out = g_string_new("x=");
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "t", "a\"b\\c\n\t\x01");
    json_writer_text_member(&json, "none", NULL);
    json_writer_number_member(&json, "n", INT64_MIN);
    json_writer_bool_member(&json, "b", true);
    json_writer_key(&json, "l");
    json_writer_open_array(&json);
    json_writer_null(&json);
    json_writer_text(&json, NULL);
    json_writer_bool(&json, false);
    json_writer_open_object(&json);
    json_writer_close(&json);
    json_writer_open_array(&json);
    json_writer_close(&json);
    json_writer_number(&json, 7);
    json_writer_close(&json);
    json_writer_text_member(&json, "z", "");
    json_writer_close(&json);
    g_assert_true(json_writer_finish(&json, NULL));
    g_assert_cmpstr(out->str, ==,
                    "x={\"t\":\"a\\\"b\\\\c\\n\\t\\u0001\",\"n\":-9223372036854775808,\"b\":true,"
                    "\"l\":[null,null,false,{},[],7],\"z\":\"\"}");
}

static void test_escape(void)
{
    static const struct {
        const char *text;
        const char *expected;
    } cases[] = {
        {"</script><!--", "\"\\u003c/script\\u003e\\u003c!--\""},
        {"a\xE2\x80\xA8z\xE2\x80\xA9", "\"a\\u2028z\\u2029\""},
        {"Привет & 😀", "\"Привет \\u0026 😀\""},
        {"\xff\xc0\xaf", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\xf0\x9f\x98", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\x7f", "\"\\u007f\""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        json_escape(out, cases[i].text, strlen(cases[i].text));
        g_assert_cmpstr(out->str, ==, cases[i].expected);
        g_autoptr(json_t) back =
            json_read_limited(out->str, out->len, 1000, 0, JSON_READ_STRICT, NULL);
        g_assert_true(json_is_string(back));
    }
    g_autoptr(GString) out = g_string_new(NULL);
    json_escape(out, "a\0b", 3);
    g_assert_cmpstr(out->str, ==, "\"a\\u0000b\"");
}

static void assert_finish_fails(JsonWriter *json, int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(json_writer_finish(json, &error));
    g_assert_error(error, KOLOKOL_ERROR, code);
    g_assert_nonnull(strstr(error->message, message));
    g_assert_cmpstr(json->out->str, ==, "kept");
}

static void test_misuse(void)
{
    g_autoptr(GString) out = g_string_new("kept");
    JsonWriter json;
    json_writer_init(&json, out, 0);
    assert_finish_fails(&json, KOLOKOL_ERROR_INVALID, "nothing was written");
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number(&json, 1);
    assert_finish_fails(&json, KOLOKOL_ERROR_INVALID, "without a key");
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_key(&json, "a");
    json_writer_close(&json);
    assert_finish_fails(&json, KOLOKOL_ERROR_INVALID, "without a value");
    json_writer_init(&json, out, 0);
    json_writer_open_array(&json);
    json_writer_key(&json, "a");
    assert_finish_fails(&json, KOLOKOL_ERROR_INVALID, "where none may stand");
    json_writer_init(&json, out, 0);
    json_writer_close(&json);
    assert_finish_fails(&json, KOLOKOL_ERROR_INVALID, "without being opened");
    json_writer_init(&json, out, 0);
    json_writer_number(&json, 1);
    json_writer_number(&json, 2);
    assert_finish_fails(&json, KOLOKOL_ERROR_INVALID, "two values");
    json_writer_init(&json, out, 0);
    for (unsigned i = 0; i <= JSON_DEPTH_LIMIT; i++) {
        json_writer_open_array(&json);
    }
    assert_finish_fails(&json, KOLOKOL_ERROR_INVALID, "too deep");
    json_writer_init(&json, out, 20);
    json_writer_open_array(&json);
    for (int i = 0; i < 100; i++) {
        json_writer_text(&json, "<<<");
    }
    assert_finish_fails(&json, KOLOKOL_ERROR_LIMIT, "ceiling of 20");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/json/writer", test_writer);
    g_test_add_func("/text/json/escape", test_escape);
    g_test_add_func("/text/json/misuse", test_misuse);
    return g_test_run();
}
