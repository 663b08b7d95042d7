/*
 * A real mail server for tests: Postfix's smtp-sink on a free port of this machine, which answers
 * as it is told and keeps each message in a file. It ends with the test, also if that is killed.
 */
#pragma once

#include <glib.h>

typedef struct Sink Sink;

/* `options` are smtp-sink's, NULL-ended: {"-f", "rcpt"} refuses recipients with 5xx, "-r" with 4xx,
 * {"-q", "."} ends the connection after the final dot, without an answer. */
Sink *sink_start(const char *const *options);

/* smtp://127.0.0.1:PORT */
const char *sink_url(const Sink *sink);

/* The messages taken so far, as smtp-sink wrote them: X-Mail-Args and X-Rcpt-Args first, LF line
 * ends. In no order. Elements char *. */
GPtrArray *sink_messages(const Sink *sink);

/* Forgets the messages taken so far. */
void sink_forget(Sink *sink);

/* Ends the server; the address stays, and nobody listens there. */
void sink_stop(Sink *sink);
/* Starts it again with other options on the same address. */
void sink_again(Sink *sink, const char *const *options);
void sink_free(Sink *sink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sink, sink_free)
