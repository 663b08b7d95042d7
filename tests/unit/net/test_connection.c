/* The table of connections: counts by address, deadlines. */
#include "net/connection.h"

#include <sys/socket.h>
#include <unistd.h>

static HttpAddress address(const char *text)
{
    HttpAddress out;
    g_assert_true(http_address_parse(text, &out));
    return out;
}

static void test_counts(void)
{
    ConnectionTable table;
    HttpAddress one = address("192.0.2.1"), other = address("192.0.2.2");
    HttpAddress six = address("2001:db8::1"), same_home = address("2001:db8::2");
    connection_table_init(&table);
    Connection *a = connection_new(&table, -1, &one, true);
    Connection *b = connection_new(&table, -1, &one, true);
    Connection *c = connection_new(&table, -1, &one, false); /* a trusted proxy: not counted */
    Connection *d = connection_new(&table, -1, &six, true);
    g_assert_cmpuint(connection_table_of(&table, &one), ==, 2);
    g_assert_cmpuint(connection_table_of(&table, &other), ==, 0);
    g_assert_cmpuint(connection_table_of(&table, &same_home), ==, 1);
    g_assert_cmpuint(table.count, ==, 4);
    connection_free(b); /* from the middle of the list */
    g_assert_cmpuint(connection_table_of(&table, &one), ==, 1);
    connection_free(d);
    connection_free(a);
    connection_free(c);
    g_assert_cmpuint(connection_table_of(&table, &one), ==, 0);
    g_assert_cmpuint(table.count, ==, 0);
    g_assert_null(table.first);
    connection_table_clear(&table);
}

static bool is_shut(int far)
{
    char byte;
    return recv(far, &byte, 1, MSG_DONTWAIT) == 0;
}

static void test_deadlines(void)
{
    ConnectionTable table;
    HttpAddress one = address("192.0.2.1");
    int late[2], early[2];
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, late), ==, 0);
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, early), ==, 0);
    connection_table_init(&table);
    Connection *a = connection_new(&table, late[0], &one, true);
    Connection *b = connection_new(&table, early[0], &one, true);
    a->deadline = 200;
    b->deadline = 100;
    connection_table_expire(&table, 99);
    g_assert_false(is_shut(early[1]));
    connection_table_expire(&table, 100);
    g_assert_true(is_shut(early[1]));
    g_assert_false(is_shut(late[1]));
    a->in_exchange = true;
    connection_table_shut_idle(&table);
    g_assert_false(is_shut(late[1]));
    connection_rest(a);
    connection_table_shut_idle(&table);
    g_assert_true(is_shut(late[1]));
    connection_free(a);
    connection_free(b);
    connection_table_clear(&table);
    for (unsigned i = 0; i < 2; i++) {
        close(late[i]);
        close(early[i]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/connection/counts", test_counts);
    g_test_add_func("/connection/deadlines", test_deadlines);
    return g_test_run();
}
