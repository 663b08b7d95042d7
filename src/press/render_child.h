/*
 * The life of a rendering process: it takes orders (wire.h), renders the names and sends the
 * records back, until its parent closes the socket. It opens a store of its own with the first
 * order, reads from it what all pages share, and gives up everything that it does not need
 * (base/sandbox.h) before its first page.
 */
#pragma once

#include "press/pool.h"

/* Called after fork(2) in the new process; ends it. */
G_GNUC_NORETURN void render_child_main(const PressPoolOptions *options, int socket);
