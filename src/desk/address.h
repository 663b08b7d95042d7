/*
 * Addresses: which path of the edition a story gets. Pure.
 *
 * By default YYYY/MM/DD/slug.html of the day of publication in the site's calendar, kind "page"
 * slug.html; languages other than the site's first under xx/. A given path may be an old address:
 * scheme, host and leading '/' are cut, percent-encoding is undone; without the extension .html or
 * .htm it becomes ADDRESS/index.html. Refused: what is no path of an edition (edition/path.h), a
 * query or fragment, and paths that the edition makes itself (front, sections, archives, feeds,
 * nodes …), whatever the capitals.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

/* day as YYYYMMDD. Caller frees. */
char *address_default(const DeskSite *site, StoryKind kind, const char *language, int64_t day,
                      const char *slug);

/* The path for a given address. Errors: INVALID, LIMIT. Caller frees. */
char *address_given(const DeskSite *site, const char *given, GError **error);

/* The same for where a redirect leads: the edition's own pages too; "/" is the front. */
char *address_target(const char *given, GError **error);

/* Where the page of a path stands that somebody wrote or copied, without scheme and host: query and
 * fragment are cut, percent-encoding is undone, a folder is its index.html. NULL if the encoding is
 * broken or no UTF-8. Whether a page may stand there is not asked. Caller frees. */
char *address_page(const char *path);

/* True for a path that the edition makes itself; a story may not have it. */
bool address_reserved(const DeskSite *site, const char *path);
