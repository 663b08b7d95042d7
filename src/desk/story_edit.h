/*
 * Changes of a story by hand, each one transaction with its touches; one that changes nothing
 * writes nothing and is no failure. `updated` of a visible story is set to now by a new revision.
 * Errors: NOT_FOUND, INVALID and LIMIT (as story_input.h), CONFLICT (path, slug or translation held
 * by another; the message says by what), those of the store.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

/* A new revision, if any of these differs from the current one: title, lead ("" for none), body.
 * `editor` names who did it, for the history ("" for the machine). *number (may be NULL) gets the
 * current revision's number. */
bool story_save(Store *store, const DeskSite *site, int64_t id, const char *title, const char *lead,
                const char *body, StoryFormat format, const char *editor, int64_t now,
                int64_t *number, GError **error);

/* An old revision's title, lead, body and format as a new revision. NOT_FOUND: there is none of
 * that number. */
bool story_restore(Store *store, const DeskSite *site, int64_t id, int64_t revision,
                   const char *editor, int64_t now, int64_t *number, GError **error);

/* Another address. If readers knew the old one it becomes a redirect. `path` as in a story's file
 * (address.h). */
bool story_rename(Store *store, const DeskSite *site, int64_t id, const char *path, int64_t now,
                  GError **error);

/* Another slug: the default path with it if the story has a path that was made from its slug, else
 * only kept for the publication. */
bool story_set_slug(Store *store, const DeskSite *site, int64_t id, const char *slug, int64_t now,
                    GError **error);

/* Names as in a story's file, created if unknown; NULL or "" for no section. */
bool story_set_section(Store *store, const DeskSite *site, int64_t id, const char *section,
                       int64_t now, GError **error);
bool story_set_topics(Store *store, const DeskSite *site, int64_t id, const char *const *topics,
                      int64_t now, GError **error);
bool story_set_authors(Store *store, const DeskSite *site, int64_t id, const char *const *authors,
                       const char *agency, int64_t now, GError **error);

/* media 0 for none. */
bool story_set_photo(Store *store, const DeskSite *site, int64_t id, int64_t media,
                     const char *caption, const char *credit, const char *alt, int64_t now,
                     GError **error);

/* The date shown, from which on it is visible if published. The path stays. */
bool story_set_date(Store *store, const DeskSite *site, int64_t id, int64_t published, int64_t now,
                    GError **error);

/* CONFLICT for a live story that goes out with entries that stand: readers would lose them unsaid.
 * Those that were removed do not count; of a draft they wait until it is live again. */
bool story_set_kind(Store *store, const DeskSite *site, int64_t id, StoryKind kind, int64_t now,
                    GError **error);

/* Into the group of another story; 0 for a group of its own. */
bool story_set_translation_of(Store *store, const DeskSite *site, int64_t id, int64_t other,
                              int64_t now, GError **error);
