/* Listening sockets: ports taken, given way, refused, and failing calls. */
#include "net/listen.h"

#include "base/error.h"
#include "base/fault.h"

#include <fcntl.h>
#include <unistd.h>

static void test_next(void)
{
    uint16_t port = 0, again = 0;
    g_autoptr(GError) error = NULL;
    int first = http_listen("127.0.0.1", 0, false, &port, NULL);
    g_assert_cmpint(first, >=, 0);
    g_assert_cmpuint(port, >, 0);
    g_assert_cmpint(http_listen("127.0.0.1", port, false, &again, &error), ==, -1);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_assert_cmpuint(again, ==, 0);
    int second = http_listen("127.0.0.1", port, true, &again, NULL);
    g_assert_cmpint(second, >=, 0);
    g_assert_cmpuint(again, >, port);
    g_assert_true(fcntl(first, F_GETFL) & O_NONBLOCK);
    g_assert_true(fcntl(first, F_GETFD) & FD_CLOEXEC);
    close(first);
    close(second);
}

static void test_wrong(void)
{
    uint16_t port = 0;
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(http_listen("no such host.", 0, false, &port, &error), ==, -1);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_cmpint(http_listen("192.0.2.1", 0, true, &port, &error), ==,
                    -1); /* not of this machine */
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
}

static void test_fault(void)
{
    uint16_t port = 0;
    g_autoptr(GError) error = NULL;
    fault_plan(FAULT_SOCKET, 1, true);
    int socket = http_listen("127.0.0.1", 0, true, &port, &error);
    fault_end();
    g_assert_cmpint(socket, ==, -1);
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    g_assert_cmpuint(port, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/listen/next", test_next);
    g_test_add_func("/listen/wrong", test_wrong);
    g_test_add_func("/listen/fault", test_fault);
    return g_test_run();
}
