/*
 * Addresses of clients and the trusted-proxies rule. Counting connections by address is limits in
 * server.c; rate limits of forms belong to the web layer.
 */
#include "net/address.h"

#include "base/error.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

typedef struct {
    HttpAddress address;
    unsigned bits; /* of the 128 */
} Block;

struct HttpProxies {
    GArray *blocks;
};

static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

HttpAddress http_address_of(const struct sockaddr *address)
{
    HttpAddress out = {0};
    if (address == NULL) {
        return out;
    }
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        memcpy(out.bytes, mapped, sizeof mapped);
        memcpy(out.bytes + 12, &in.sin_addr, 4);
    } else if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, address, sizeof in6);
        memcpy(out.bytes, &in6.sin6_addr, 16);
    }
    return out;
}

bool http_address_parse(const char *text, HttpAddress *address)
{
    HttpAddress out;
    memcpy(out.bytes, mapped, sizeof mapped);
    if (inet_pton(AF_INET, text, out.bytes + 12) != 1 &&
        inet_pton(AF_INET6, text, out.bytes) != 1) {
        return false;
    }
    *address = out;
    return true;
}

bool http_host_is_local(const char *host)
{
    return g_ascii_strcasecmp(host, "localhost") == 0 || g_str_has_suffix(host, ".localhost") ||
           strcmp(host, "::1") == 0 ||
           (g_str_has_prefix(host, "127.") && strspn(host, "0123456789.") == strlen(host));
}

bool http_url_is_local(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *host = uri == NULL ? NULL : g_uri_get_host(uri);
    return host != NULL && http_host_is_local(host);
}

bool http_address_equal(const HttpAddress *a, const HttpAddress *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

HttpAddress http_address_group(const HttpAddress *address)
{
    HttpAddress group = *address;
    if (memcmp(group.bytes, mapped, sizeof mapped) != 0) {
        memset(group.bytes + 8, 0, 8);
    }
    return group;
}

static bool block_parse(char *item, Block *block)
{
    char *slash = strchr(item, '/');
    uint64_t bits = 128;
    if (slash != NULL) {
        *slash++ = '\0';
    }
    if (!http_address_parse(item, &block->address)) {
        return false;
    }
    bool four = strchr(item, ':') == NULL;
    if (slash != NULL) {
        if (!g_ascii_string_to_unsigned(slash, 10, 0, four ? 32 : 128, &bits, NULL)) {
            return false;
        }
        bits += four ? 96 : 0;
    }
    block->bits = (unsigned)bits;
    return true;
}

HttpProxies *http_proxies_new(const char *list, GError **error)
{
    HttpProxies *proxies = g_new0(HttpProxies, 1);
    proxies->blocks = g_array_new(FALSE, TRUE, sizeof(Block));
    g_auto(GStrv) items = g_strsplit_set(list != NULL ? list : "", ", \t", -1);
    for (char **item = items; *item != NULL; item++) {
        Block block;
        g_autofree char *copy = g_strdup(*item);
        if (**item == '\0') {
            continue;
        }
        if (!block_parse(copy, &block)) {
            http_proxies_free(proxies);
            fail(error, KOLOKOL_ERROR_INVALID,
                 "trusted-proxies: \"%s\" is no address or block; write 127.0.0.1 or 10.0.0.0/8",
                 *item);
            return NULL;
        }
        g_array_append_val(proxies->blocks, block);
    }
    return proxies;
}

void http_proxies_free(HttpProxies *proxies)
{
    if (proxies == NULL) {
        return;
    }
    g_array_unref(proxies->blocks);
    g_free(proxies);
}

static bool block_has(const Block *block, const HttpAddress *address)
{
    unsigned whole = block->bits / 8, rest = block->bits % 8;
    if (memcmp(block->address.bytes, address->bytes, whole) != 0) {
        return false;
    }
    if (rest == 0) {
        return true;
    }
    uint8_t mask = (uint8_t)(0xff << (8 - rest));
    return ((block->address.bytes[whole] ^ address->bytes[whole]) & mask) == 0;
}

bool http_proxies_trust(const HttpProxies *proxies, const HttpAddress *address)
{
    if (proxies == NULL) {
        return false;
    }
    for (guint i = 0; i < proxies->blocks->len; i++) {
        if (block_has(&g_array_index(proxies->blocks, Block, i), address)) {
            return true;
        }
    }
    return false;
}

HttpAddress http_proxies_client(const HttpProxies *proxies, const HttpAddress *peer,
                                const char *forwarded)
{
    HttpAddress client = *peer;
    if (forwarded == NULL || !http_proxies_trust(proxies, peer)) {
        return client;
    }
    g_auto(GStrv) items = g_strsplit(forwarded, ",", 64);
    for (unsigned i = g_strv_length(items); i > 0; i--) {
        if (!http_address_parse(g_strstrip(items[i - 1]), &client)) {
            break;
        }
        if (!http_proxies_trust(proxies, &client)) {
            break;
        }
    }
    return client;
}
