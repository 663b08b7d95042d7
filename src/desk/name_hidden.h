/*
 * Names that would give away a story under embargo: sections, topics and authors which such a
 * story has and no story that readers see. For name_api.c.
 */
#pragma once

#include "store/store.h"

typedef struct NameHidden NameHidden;

/* Those of a language at `now`. */
NameHidden *name_hidden_read(Store *store, const char *language, int64_t now, GError **error);
void name_hidden_free(NameHidden *hidden);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NameHidden, name_hidden_free)

/* `kind` is "section", "topic" or "author". */
bool name_hidden_has(const NameHidden *hidden, const char *kind, const char *slug);
