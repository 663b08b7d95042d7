/* Private to store.c and transaction.c: the insides of a store. */
#pragma once

#include "store/engine.h"

typedef struct {
    StoreAfter function;
    void *data;
} StoreAfterEntry;

struct Store {
    const StoreDriver *driver;
    void *connection;
    unsigned depth;     /* of nested transactions; 0 outside */
    bool read_only;     /* the outermost is a snapshot */
    GError *spoilt;     /* why the transaction can only be rolled back; NULL outside one */
    unsigned open_rows; /* not freed yet */
    GArray *after;      /* StoreAfterEntry */
    StoreCounts counts;
};

/* The fault seam: true with an error if this call must fail. */
bool store_refused(GError **error);
