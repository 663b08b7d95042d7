/* multipart/form-data: what mail programs send for one click, and what is refused. */
#include "base/error.h"
#include "web/fields.h"
#include "web/multipart.h"

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

/* ---- With files ----------------------------------------------------------------------------- */

static GArray *parts_of(const char *body, size_t length, unsigned most, GError **error)
{
    HttpRequest request;
    http_request_init(&request, "POST", "/");
    http_request_add(&request, "Content-Type", "multipart/form-data; boundary=x");
    request.body = body;
    request.body_length = length;
    return multipart_of_request(&request, most, error);
}

static void test_files(void)
{
    static const char body[] =
        "--x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n1\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"a.jpg\"\r\n"
        "Content-Type: text/html\r\n\r\n\0\r\n--\0x\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"\"\r\n\r\n\r\n--x--";
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) parts = parts_of(body, sizeof body - 1, 3, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(parts->len, ==, 3);
    const MultipartPart *words = &g_array_index(parts, MultipartPart, 0);
    const MultipartPart *file = &g_array_index(parts, MultipartPart, 1);
    const MultipartPart *none = &g_array_index(parts, MultipartPart, 2);
    g_assert_null(words->file);
    g_assert_cmpmem(words->bytes, (int)words->length, "1", 1);
    g_assert_cmpstr(file->name, ==, "pictures");
    g_assert_cmpstr(file->file, ==, "a.jpg");
    g_assert_cmpmem(file->bytes, (int)file->length, "\0\r\n--\0x", 7);
    g_assert_true(file->bytes > body && file->bytes < body + sizeof body); /* in place */
    g_assert_cmpstr(none->file, ==, "");
    g_assert_cmpuint(none->length, ==, 0);
    g_assert_null(parts_of(body, sizeof body - 1, 2, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
}

static void test_file_names(void)
{
    static const char *const names[][2] = {
        {"fog.jpg", "fog.jpg"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Users\\Anna\\fog.jpg", "fog.jpg"},
        {"/", "picture"},
        {"", "picture"},
        {"..", ".."},
        {" a\tb\x01"
         "c ",
         "a b c"},
        {"\xff.jpg", "\xef\xbf\xbd.jpg"},
        {"снимок.jpg", "снимок.jpg"},
        {"\xe2\x80\xae"
         "gpj.exe",
         "gpj.exe"}, /* which would turn the rest round */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *name = multipart_file_name(names[i][0]);
        g_assert_cmpstr(name, ==, names[i][1]);
    }
    g_autofree char *long_name = g_strnfill(5000, 'a');
    g_autofree char *cut = multipart_file_name(long_name);
    g_assert_cmpuint(strlen(cut), ==, MULTIPART_FILE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/multipart/good", test_good);
    g_test_add_func("/multipart/bad", test_bad);
    g_test_add_func("/multipart/files", test_files);
    g_test_add_func("/multipart/file-names", test_file_names);
    return g_test_run();
}
