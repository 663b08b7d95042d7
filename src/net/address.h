/*
 * HttpAddress: who is at the other end, and who is behind a trusted proxy.
 *
 * An address is 16 bytes: IPv6 as it is, IPv4 mapped (::ffff:a.b.c.d); all zero means a local
 * socket or unknown. Limits per client count an IPv6 client by its /64, which is what one household
 * is given. `trusted-proxies` is a list of addresses and CIDR blocks; only a peer in it may say in
 * X-Forwarded-For for whom it speaks, and the client is the right-most address there that is not
 * itself trusted: everything left of it is the client's own invention.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

typedef struct {
    uint8_t bytes[16];
} HttpAddress;

typedef struct HttpProxies HttpProxies;

/* From a socket's address; zero for families other than IPv4 and IPv6. */
HttpAddress http_address_of(const struct sockaddr *address);

/* From text; false if it is not an address. */
bool http_address_parse(const char *text, HttpAddress *address);

bool http_address_equal(const HttpAddress *a, const HttpAddress *b);

/* The part that limits count by: IPv4 whole, IPv6 cut to /64. */
HttpAddress http_address_group(const HttpAddress *address);

/* Is this host name or address of this machine: localhost and below (RFC 6761), 127.0.0.0/8, ::1?
 */
bool http_host_is_local(const char *host);

/* The same of the host of an address like "http://paper.localhost:8080". */
bool http_url_is_local(const char *url);

/* Reads "127.0.0.1, ::1, 10.0.0.0/8"; NULL or "" trusts nobody. INVALID names the bad item. */
HttpProxies *http_proxies_new(const char *list, GError **error);
void http_proxies_free(HttpProxies *proxies);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpProxies, http_proxies_free)

/* True if the address is in the list. */
bool http_proxies_trust(const HttpProxies *proxies, const HttpAddress *address);

/* The client: the peer, or whom a trusted peer names in `forwarded` (X-Forwarded-For, may be
 * NULL). An entry that is no address ends the search: the client is the last one understood. */
HttpAddress http_proxies_client(const HttpProxies *proxies, const HttpAddress *peer,
                                const char *forwarded);
