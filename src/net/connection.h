/*
 * Private to net/: one accepted connection, and the table of them that deadlines and limits need.
 *
 * The library owns the socket; we only shutdown(2) it, which makes the library see its end and
 * close it. A connection is waiting for a head, or in an exchange (a request being read further or
 * answered); `deadline` is the moment (clock_monotonic) at which it is shut.
 */
#pragma once

#include "net/request.h"
#include "net/wire.h"

#include <glib.h>

struct MHD_Connection;

typedef struct Connection Connection;

typedef struct {
    GHashTable *groups; /* HttpAddress → number of connections; untrusted peers only */
    Connection *first;
    unsigned count;
} ConnectionTable;

struct Connection {
    Connection *next, *previous;
    ConnectionTable *table;
    int socket;
    bool counted;                   /* in table->groups */
    bool in_exchange;               /* a head has come, its answer has not ended */
    bool checked;                   /* the head passed wire_check() */
    bool browser;                   /* has asked like one */
    uint64_t sent;                  /* bytes of answers, about */
    struct MHD_Connection *library; /* while it waits */
    Connection *next_waiting;
    int64_t asked; /* when the handler was asked first; 0 before */
    int64_t deadline;
    HttpAddress peer;
    WireHead head;
    char *query; /* owned copy: the library cuts the query up in place */
    GByteArray *body;
    size_t body_limit;
    HttpRequest request;
};

void connection_table_init(ConnectionTable *table);
/* All connections must be gone. */
void connection_table_clear(ConnectionTable *table);

/* How many connections the address's group has. */
unsigned connection_table_of(const ConnectionTable *table, const HttpAddress *peer);

/* Shuts every connection past its deadline. */
void connection_table_expire(ConnectionTable *table, int64_t now);
/* Shuts those that wait for a head: nobody is owed an answer there. */
void connection_table_shut_idle(ConnectionTable *table);

Connection *connection_new(ConnectionTable *table, int socket, const HttpAddress *peer,
                           bool counted);
void connection_free(Connection *connection);

/* Ends the exchange: forgets the request, frees its body. */
void connection_rest(Connection *connection);
