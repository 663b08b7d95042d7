/*
 * Putting an edition into force: the nodes from the books, all on the medium, then EDITION signed
 * and made current. No new edition is made if the root's entries are those of the current one.
 */
#pragma once

#include "edition/objects.h"
#include "press/lease.h"

typedef struct {
    Store *store;
    ObjectStore *objects;
    int directory; /* the open edition directory */
    const char *edition_dir, *keys_dir;
    PressLease *lease;
    /* Called when the nodes are written: brings all that was put to the medium, and notes that. */
    bool (*settle)(void *data, GError **error);
    void *settle_data;
} PressPublish;

typedef struct {
    unsigned nodes; /* written */
    bool made;      /* a new edition */
    uint64_t number;
    Hash root;
} PressPublished;

bool press_publish(const PressPublish *what, PressPublished *done, GError **error);
