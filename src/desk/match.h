/*
 * What a translation was made from: the story in another language and the revision of it which the
 * translation was last marked as matching. Kept by hand or by beginning a translation; so a
 * translation is behind when its original has a newer revision. Not part of what readers see: it
 * touches nothing and makes no revision.
 *
 * Both are of one group (story.h); a mark whose two stories have parted is as none.
 * Errors: NOT_FOUND (no such story or revision), INVALID (stories of two groups, or one and the
 * same), those of the store.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

typedef struct {
    int64_t original; /* 0: nothing was ever said */
    int64_t revision; /* of the original, when it was marked */
    int64_t moment;
    char *person;    /* who marked it; "" with original 0 */
    int64_t current; /* the original's revision now */
    bool behind;     /* the original has changed since, and is not taken down */
} Match;

void match_clear(Match *match);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Match, match_clear)

bool match_read(Store *store, int64_t story, Match *match, GError **error);

/* `story` says what that revision of `original` says. */
bool match_set(Store *store, int64_t story, int64_t original, int64_t revision, const char *person,
               int64_t now, GError **error);

/* The stories of a group, the oldest first. Elements Story. */
GPtrArray *match_group(Store *store, int64_t group, GError **error);

/* A draft in another language with the original's text and picture, in its group, marked as made
 * from its present revision; under the same embargo. Section, topics and bylines are taken over
 * where the other language has those names. CONFLICT: the group has that language; the original is
 * taken down. */
bool match_begin(Store *store, const DeskSite *site, int64_t original, const char *language,
                 const char *person, int64_t now, int64_t *story, GError **error);
