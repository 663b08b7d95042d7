/* What the commands that open a door share: the address in kolokol.ini, and saying where it is. */
#pragma once

#include "main/newsroom.h"
#include "net/server.h"

/* Fills host, port and proxies from the line `key` of [listen]; *host (caller frees) keeps the
 * host's text. A port that nobody chose gives way to the next; one that stands in the file is
 * meant. */
bool listen_read(const Newsroom *newsroom, IniKey key, HttpServerOptions *options, char **host,
                 GError **error);

/* Tells the supervisor, if there is one, where the door `name` is; and standard error. */
void listen_opened(const char *name, const char *address, const char *sandbox);
