/* The provider `practice`: practice.h. */
#include "fund/practice.h"

#include "base/error.h"

#include <string.h>

/* This machine: localhost and below (RFC 6761), 127.0.0.0/8, ::1. */
static bool is_local(const char *host)
{
    return g_ascii_strcasecmp(host, "localhost") == 0 || g_str_has_suffix(host, ".localhost") ||
           strcmp(host, "::1") == 0 ||
           (g_str_has_prefix(host, "127.") && strspn(host, "0123456789.") == strlen(host));
}

static bool site(const char *url, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *host = uri == NULL ? NULL : g_uri_get_host(uri);
    return (host != NULL && is_local(host)) ||
           fail(error, KOLOKOL_ERROR_DENIED,
                "practice runs on this machine only, not for readers at %s", url);
}

const PaymentProvider practice_provider = {
    .name = "practice",
    .methods = "methods_practice",
    .site = site,
    .help = "a built-in checkout that moves no money, for trying everything on one machine",
};
