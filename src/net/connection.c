/*
 * The records of open connections: deadlines and counts by address. What is read from them is
 * server.c's.
 */
#include "net/connection.h"

#include <string.h>
#include <sys/socket.h>

static guint group_hash(gconstpointer key)
{
    uint32_t words[4];
    memcpy(words, key, sizeof words);
    return (words[0] * 31 + words[1]) * 31 + words[2] * 17 + words[3] * 2654435761u;
}

static gboolean group_equal(gconstpointer a, gconstpointer b)
{
    return http_address_equal(a, b);
}

void connection_table_init(ConnectionTable *table)
{
    *table = (ConnectionTable){0};
    table->groups = g_hash_table_new_full(group_hash, group_equal, g_free, NULL);
}

void connection_table_clear(ConnectionTable *table)
{
    g_clear_pointer(&table->groups, g_hash_table_unref);
}

unsigned connection_table_of(const ConnectionTable *table, const HttpAddress *peer)
{
    HttpAddress group = http_address_group(peer);
    return GPOINTER_TO_UINT(g_hash_table_lookup(table->groups, &group));
}

static void group_change(ConnectionTable *table, const HttpAddress *peer, int by)
{
    HttpAddress group = http_address_group(peer);
    unsigned count = connection_table_of(table, peer) + (unsigned)by;
    if (count == 0) {
        g_hash_table_remove(table->groups, &group);
    } else {
        g_hash_table_replace(table->groups, g_memdup2(&group, sizeof group),
                             GUINT_TO_POINTER(count));
    }
}

void connection_table_expire(ConnectionTable *table, int64_t now)
{
    for (Connection *connection = table->first; connection != NULL; connection = connection->next) {
        if (now >= connection->deadline) {
            shutdown(connection->socket, SHUT_RDWR);
            connection->deadline = INT64_MAX;
        }
    }
}

void connection_table_shut_idle(ConnectionTable *table)
{
    for (Connection *connection = table->first; connection != NULL; connection = connection->next) {
        if (!connection->in_exchange) {
            shutdown(connection->socket, SHUT_RDWR);
        }
    }
}

Connection *connection_new(ConnectionTable *table, int socket, const HttpAddress *peer,
                           bool counted)
{
    Connection *connection = g_new(Connection, 1);
    memset(connection, 0, offsetof(Connection, request));
    connection->table = table;
    connection->socket = socket;
    connection->counted = counted;
    connection->peer = *peer;
    connection->next = table->first;
    if (table->first != NULL) {
        table->first->previous = connection;
    }
    table->first = connection;
    table->count++;
    if (counted) {
        group_change(table, peer, 1);
    }
    return connection;
}

void connection_free(Connection *connection)
{
    ConnectionTable *table = connection->table;
    connection_rest(connection);
    if (connection->counted) {
        group_change(table, &connection->peer, -1);
    }
    if (connection->previous != NULL) {
        connection->previous->next = connection->next;
    } else {
        table->first = connection->next;
    }
    if (connection->next != NULL) {
        connection->next->previous = connection->previous;
    }
    table->count--;
    g_free(connection);
}

void connection_rest(Connection *connection)
{
    connection->in_exchange = connection->checked = false;
    connection->asked = 0;
    g_clear_pointer(&connection->query, g_free);
    g_clear_pointer(&connection->body, g_byte_array_unref);
}
