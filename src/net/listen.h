/*
 * A listening TCP socket: non-blocking, close-on-exec, address reused after a restart.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Listens on host:port; port 0 takes a free one; with next_port a busy one gives way to the next of
 * the 100 above it. Returns the descriptor and sets the port, or -1: BUSY if all are taken, INVALID
 * if the host is no address of this machine, IO. */
int http_listen(const char *host, uint16_t port, bool next_port, uint16_t *chosen, GError **error);
