/* What server.c needs of a reply beyond reply.h: the library's form of it. */
#pragma once

#include "net/reply.h"

#include <microhttpd.h>

/* Made at first use and kept with the reply; NULL if the library refused. */
struct MHD_Response *http_reply_prepare(HttpReply *reply);

/* The same with "Connection: close". NULL if there was no room: the plain one will do. */
struct MHD_Response *http_reply_prepare_parting(HttpReply *reply);
