/*
 * Who has a story open now. A page notes its person every PRESENCE_BEAT; whoever was not heard of
 * for PRESENCE_LASTS is gone, without anybody having to say so. It keeps nobody from anything: two
 * people may type at once (working.h).
 */
#pragma once

#include "store/store.h"

#define PRESENCE_BEAT  (15 * INT64_C(1000000)) /* µs */
#define PRESENCE_LASTS (45 * INT64_C(1000000)) /* µs */

typedef struct {
    int64_t person, seen;
    bool typing; /* has unsaved text in it */
    char *name;
} Presence;

void presence_free(Presence *presence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Presence, presence_free)

/* The person has the story open at this moment. */
bool presence_note(Store *store, int64_t story, int64_t person, const char *name, int64_t now,
                   GError **error);

/* And has closed it. */
bool presence_leave(Store *store, int64_t story, int64_t person, GError **error);

/* Those there at `now`, by name. Elements Presence. */
GPtrArray *presence_list(Store *store, int64_t story, int64_t now, GError **error);
