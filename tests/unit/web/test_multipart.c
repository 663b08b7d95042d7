/* multipart/form-data: what mail programs send for one click, and what is refused. */
#include "base/error.h"
#include "web/fields.h"

#include <string.h>

#define TYPE "multipart/form-data; boundary=\"--b+1\""
#define B    "----b+1"

static Fields *parse(const char *type, const char *body)
{
    HttpRequest request;
    http_request_init(&request, "POST", "/");
    http_request_add(&request, "Content-Type", type);
    request.body = body;
    request.body_length = strlen(body);
    return fields_of_body(&request, NULL);
}

static void test_good(void)
{
    g_autoptr(Fields) one =
        parse(TYPE, B "\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
                      "One-Click\r\n" B "--\r\n");
    g_assert_cmpstr(fields_get(one, "List-Unsubscribe"), ==, "One-Click");
    g_autoptr(Fields) two = parse(
        "Multipart/Form-Data; Boundary=x; charset=utf-8",
        "preamble\r\n--x\r\ncontent-disposition: form-data; name=\"a\"\r\nContent-Type: "
        "text/plain\r\n"
        "\r\n1\r\n2\r\n--x\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\r\n--x--epilogue");
    g_assert_cmpstr(fields_get(two, "a"), ==, "1\n2");
    g_assert_cmpstr(fields_get(two, "b"), ==, "");
    g_autoptr(Fields) none = parse("multipart/form-data; boundary=x", "--x--");
    g_assert_cmpuint(fields_count(none), ==, 0);
}

static void test_bad(void)
{
    static const char *const bad[] = {
        "",
        "--x",
        "--x\r\n",
        "--x\r\n\r\nno name\r\n--x--",
        "--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
        "--x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n1\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"a\"; filename*=b\r\n\r\n1\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x",
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--y--",
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--x--",
        "--x\nContent-Disposition: form-data; name=\"a\"\n\n1\n--x--",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%zu", i);
        g_assert_null(parse("multipart/form-data; boundary=x", bad[i]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/multipart/good", test_good);
    g_test_add_func("/multipart/bad", test_bad);
    return g_test_run();
}
