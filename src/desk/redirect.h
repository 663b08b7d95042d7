/*
 * Paths and who holds them: each path of the edition is held by at most one story's page, redirect
 * or tombstone.
 *
 * A redirect leads to a story, wherever that is now (so there are no chains), or to a path or
 * address. It is to be seen while its story is; of a withdrawn story it is a tombstone too. Inputs:
 * "path:OLDPATH" (what stands there instead of a page) and "status:2026-11" (the lines of
 * STATUS/2026-11, by the UTC month of `since`). Errors: NOT_FOUND, INVALID (address.h), CONFLICT
 * (held; the message says by what), the store's.
 */
#pragma once

#include "desk/site.h"
#include "store/store.h"

#include <stdint.h>

typedef struct {
    char *path;
    int status;   /* 301 or 410 */
    char *target; /* of a 301: a path of the edition, or an address beginning http:// or https:// */
    int64_t story;   /* 0 if it leads to no story */
    char *language;  /* of the story, or NULL */
    bool taken_down; /* of a 410: on demand rather than by the newsroom's will */
    int64_t since;
} Redirect;

void redirect_free(Redirect *redirect);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Redirect, redirect_free)

/* What stands at a path at as_of instead of a page; NOT_FOUND if nothing. Input "path:PATH". */
Redirect *redirect_by_path(Store *store, const char *path, int64_t as_of, GError **error);

/* Those of a UTC month "2026-11", by path in byte order. Input "status:MONTH". Elements Redirect.
 */
GPtrArray *redirect_list_month(Store *store, const char *month, int64_t as_of, GError **error);

/* All, after a path ("" to begin), at most `most`; *last (caller frees) is where to go on, NULL at
 * the end. The array may be shorter than `most`, even empty, before the end. */
bool redirect_list_after(Store *store, const char *after, int64_t as_of, unsigned most,
                         GPtrArray **redirects, char **last, GError **error);

/* The months that have any, growing: "2026-11". Elements char *. */
GPtrArray *redirect_months(Store *store, GError **error);

/* An old address of a story (story > 0), be it out or not yet; else a redirect to `target`: what
 * names a story (its number, id, address or old address) leads to that, as above, any other path of
 * the newspaper, with or without its own address before it, or an http(s) address as it is. The
 * same again changes nothing. INVALID if it would lead in a circle, if a story that `target` names
 * is not to be seen, and if it looks like a story's but is none's: nobody learns by it which
 * stories wait.
 */
bool redirect_add(Store *store, const DeskSite *site, const char *old, int64_t story,
                  const char *target, int64_t now, GError **error);

/* The same for a page of the edition itself that became another one; both are paths. Takes the
 * place of a redirect that stands there. Needs an open transaction. */
bool redirect_lead(Store *store, const char *path, const char *target, int64_t now, GError **error);

/* Removes a redirect (not a story's own path). */
bool redirect_remove(Store *store, const char *path, int64_t now, GError **error);
