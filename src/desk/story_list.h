/*
 * The lists of stories: the only way in which pages ask for more than one story (DESIGN 5, "flat").
 *
 *   list:all/LANG                            all but the kind "page"
 *   list:section/LANG/NAME                   NAME is a slug; so below
 *   list:section-month/LANG/NAME/2026-11
 *   list:topic/LANG/NAME                     list:topic-month/LANG/NAME/2026-11
 *   list:author/LANG/NAME                    list:author-month/LANG/NAME/2026-11
 *   list:day/LANG/2026-11-23
 *   list:opinion/LANG
 *   list:pages/LANG                          the kind "page", which is in no other list
 *   text:all/LANG, text:section/LANG/NAME    the members of list:…, for feeds with full text:
 * touched also when only the body changed sitemap:LANG/2026-11                     list:all of a
 * month Each is ordered by (published desc, id desc) and is one range of one index: reading n rows
 * costs n, however large the archive. Days and months are those of the site's calendar at the time
 * the date was set.
 */
#pragma once

#include "desk/story_card.h"

/* What a list's name stands for. */
typedef struct {
    char key[256];               /* of desk_listed: "section/en/politics" */
    int64_t day_first, day_last; /* YYYYMMDD, or 0 and 0 for all */
} StoryList;

/* False if it is no list's name. Pure. */
bool story_list_parse(const char *name, StoryList *list);

/* The newest `limit` (0: all) members visible at as_of. Elements StoryCard. Errors: INVALID (no
 * such list). */
bool story_list_read(Store *store, const char *name, int64_t as_of, unsigned limit,
                     GPtrArray **cards, GError **error);

/* Members from a position on, for walking a whole list in parts: those before (published, id) in
 * the order. */
bool story_list_read_before(Store *store, const char *name, int64_t as_of, int64_t published,
                            int64_t id, unsigned limit, GPtrArray **cards, GError **error);

/* The ids only. Elements int64_t. */
bool story_list_ids(Store *store, const char *name, int64_t as_of, unsigned limit, GArray **ids,
                    GError **error);
