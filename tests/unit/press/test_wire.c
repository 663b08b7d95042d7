/* Orders and frames: whole, in pieces, too long, and from an end that has gone. */
#include "press/wire.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void pair(int ends[2])
{
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
}

static void test_order(void)
{
    static const char names[] = "story:1\0front:en";
    int ends[2];
    pair(ends);
    g_autoptr(GPtrArray) got = g_ptr_array_new_with_free_func(g_free);
    WireOrder order = {7, 1, sizeof names}, received = {0};
    g_assert_true(wire_send(ends[0], &order, sizeof order, names, sizeof names));
    g_assert_true(wire_receive_order(ends[1], &received, got));
    g_assert_cmpint(received.as_of, ==, 7);
    g_assert_cmpuint(received.gzip, ==, 1);
    g_assert_cmpuint(got->len, ==, 2);
    g_assert_cmpstr(got->pdata[0], ==, "story:1");
    g_assert_cmpstr(got->pdata[1], ==, "front:en");
    close(ends[0]);
    g_assert_false(wire_receive_order(ends[1], &received, got));
    close(ends[1]);
}

static void test_order_bad(void)
{
    int ends[2];
    pair(ends);
    g_autoptr(GPtrArray) got = g_ptr_array_new_with_free_func(g_free);
    WireOrder order = {7, 1, WIRE_MAX + 1}, received = {0};
    g_assert_true(wire_send(ends[0], &order, sizeof order, "", 0));
    g_assert_false(wire_receive_order(ends[1], &received, got));
    order.length = 10;
    g_assert_true(wire_send(ends[0], &order, sizeof order, "short", 5));
    close(ends[0]);
    g_assert_false(wire_receive_order(ends[1], &received, got));
    g_assert_cmpuint(got->len, ==, 0);
    close(ends[1]);
}

static void test_frames(void)
{
    int ends[2];
    uint8_t bytes[64];
    pair(ends);
    g_assert_true(wire_send_frame(ends[0], WIRE_FAILED, "no room", 7));
    g_assert_true(wire_send_frame(ends[0], WIRE_DONE, "", 0));
    ssize_t got = recv(ends[1], bytes, sizeof bytes, 0);
    g_assert_cmpint(got, ==, 2 * sizeof(WireHead) + 7);
    WireHead head = {0};
    const uint8_t *frame = NULL;
    for (size_t part = 0; part < sizeof head + 7; part++) {
        g_assert_cmpint(wire_next(bytes, part, &head, &frame), ==, 0);
    }
    g_assert_cmpint(wire_next(bytes, (size_t)got, &head, &frame), ==, 1);
    g_assert_cmpuint(head.kind, ==, WIRE_FAILED);
    g_assert_cmpmem(frame, head.length, "no room", 7);
    g_assert_cmpint(wire_next(frame + 7, sizeof head, &head, &frame), ==, 1);
    g_assert_cmpuint(head.kind, ==, WIRE_DONE);
    memset(bytes, 0xff, sizeof bytes);
    g_assert_cmpint(wire_next(bytes, sizeof bytes, &head, &frame), ==, -1);
    close(ends[1]);
    g_assert_false(wire_send_frame(ends[0], WIRE_DONE, "", 0));
    close(ends[0]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/order", test_order);
    g_test_add_func("/wire/order_bad", test_order_bad);
    g_test_add_func("/wire/frames", test_frames);
    return g_test_run();
}
