/* Between incoming.c and incoming_sweep.c. */
#pragma once

#include "desk/incoming.h"

#define INCOMING_FOLDER "incoming"

/* media/incoming, made if need be. -1: IO. */
int incoming_folder(int directory, GError **error);

/* Removes a file that may be gone already. */
bool incoming_drop(int folder, const char *file, GError **error);

/* Ends a waiting row: as the picture `media`, or refused (0) for a reason. */
bool incoming_end(Store *store, const Incoming *incoming, int64_t media, const char *reason,
                  int64_t now, GError **error);
