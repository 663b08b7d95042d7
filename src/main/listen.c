/* Addresses of doors: listen.h. */
#include "main/listen.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool listen_read(const Newsroom *newsroom, IniKey key, HttpServerOptions *options, char **host,
                 GError **error)
{
    const char *listen = newsroom->values[key];
    const char *colon = strrchr(listen, ':');
    guint64 port = 0;
    if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 0, 65535, &port, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "kolokol.ini: [listen] %s is not host:port",
                    listen);
    }
    *host = g_strndup(listen, (size_t)(colon - listen));
    options->host = *host;
    options->port = (uint16_t)port;
    options->trusted_proxies = newsroom->values[INI_LISTEN_TRUSTED_PROXIES];
    options->next_port = strcmp(listen, newsroom_ini_default(key)) == 0;
    return true;
}

void listen_opened(const char *name, const char *address, const char *sandbox)
{
    const char *port = strrchr(address, ':');
    const char *descriptor = g_getenv("KOLOKOL_READY_FD");
    fprintf(stderr, "kolokol %s: %s; %s\n", name, address, sandbox);
    if (descriptor != NULL && port != NULL) {
        g_autofree char *line = g_strdup_printf("%s %s\n", name, port + 1);
        int file = (int)g_ascii_strtoll(descriptor, NULL, 10);
        ssize_t sent = write(file, line, strlen(line));
        (void)sent;
    }
}
