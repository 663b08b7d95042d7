/* Reply records by themselves. */
#include "net/reply.h"

#include <string.h>

static void test_reply(void)
{
    g_autoptr(GBytes) body = g_bytes_new_static("hello", 5);
    g_autoptr(HttpReply) reply = http_reply_new(200, body);
    http_reply_header(reply, "Content-Type", "text/plain");
    http_reply_header(reply, "Vary", "Accept-Encoding");
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
    g_assert_cmpstr(http_reply_find(reply, "content-type"), ==, "text/plain");
    g_assert_null(http_reply_find(reply, "ETag"));
    g_assert_cmpmem(http_reply_body(reply), (int)http_reply_length(reply), "hello", 5);
    g_assert_cmpuint(http_reply_cost(reply), >, 5);
    HttpReply *second = http_reply_ref(reply);
    g_assert_true(second == reply);
    http_reply_unref(second);
}

static void test_text(void)
{
    g_autoptr(HttpReply) reply = http_reply_new_text(404, "Nothing here.");
    g_assert_cmpmem(http_reply_body(reply), (int)http_reply_length(reply), "Nothing here.\n", 14);
    http_reply_close(reply);
    g_assert_cmpstr(http_reply_find(reply, "Connection"), ==, "close");
}

static void test_unsent(void)
{
    g_autoptr(HttpReply) reply = http_reply_new_unsent(304, 1 << 20);
    g_assert_cmpuint(http_reply_length(reply), ==, 1 << 20);
    g_assert_cmpuint(http_reply_cost(reply), <, 1 << 20);
}

static void test_split_header(void)
{
    if (g_test_subprocess()) {
        g_autoptr(HttpReply) reply = http_reply_new(200, NULL);
        http_reply_header(reply, "Location", "/a\r\nSet-Cookie: x=y");
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reply/reply", test_reply);
    g_test_add_func("/reply/text", test_text);
    g_test_add_func("/reply/unsent", test_unsent);
    g_test_add_func("/reply/split-header", test_split_header);
    return g_test_run();
}
