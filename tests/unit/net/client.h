/* A raw client for tests: bytes out, bytes in, and whether the other side closed. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    GString *bytes;
    bool closed; /* the server ended the connection within the time */
} Heard;

int client_connect(uint16_t port);
bool client_send(int socket, const void *bytes, size_t length);

/* Reads until the server closes or is silent for `milliseconds`. */
Heard client_hear(int socket, int milliseconds);

/* One connection: sends all, hears all. Free heard.bytes. */
Heard client_exchange(uint16_t port, const void *bytes, size_t length, int milliseconds);

/* The status codes of the answers in the bytes, as text: "200 400". Caller frees. */
char *client_codes(const GString *bytes);
