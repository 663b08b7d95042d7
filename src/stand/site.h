/*
 * Site: requests in, replies out, for one edition directory. The whole of the stand's behaviour,
 * with no socket in it, so that tests ask it directly; stand.h puts it behind one.
 *
 * GET and HEAD only (405). A path is decoded once and must be a name (net/target.h), else 404; the
 * query is ignored. "x/" and "" mean index.html in that directory; "x" is redirected to "x/" if
 * that has one. Names are looked up in the signed nodes of the current edition; 301 and 410 come
 * from STATUS, 410 also from GONE; else 404 with the nearest 404.html (that of the language
 * directory, then the root's). No edition yet: 503 with Retry-After. Nothing about a reader is kept
 * or logged; a page that was answered whole, or with 304, to GET adds one to a number (readers.h).
 *
 * Editions: site_refresh() looks whether `current` points elsewhere and then reads the new edition
 * first and swaps after; a damaged one is left alone and the old one goes on. Kept replies are
 * checked against the new nodes when next asked for and stay if their hash and status are the same;
 * replies in flight end with the old bytes.
 */
#pragma once

#include "base/tally.h"
#include "net/reply.h"
#include "net/request.h"

#define SITE_CACHE (16u * 1024 * 1024) /* bytes of kept replies (DESIGN 7) */

typedef struct {
    const char *directory; /* edition/ of the newsroom */
    bool https;            /* the site's URL is https: HSTS is sent */
    size_t cache;          /* 0 means SITE_CACHE */
    Tally *tally;          /* counts answered pages (readers.h); borrowed; NULL: nobody does */
} SiteOptions;

typedef struct Site Site;

/* NOT_FOUND if the directory is not there. A directory without an edition is no error. */
Site *site_new(const SiteOptions *options, GError **error);
void site_free(Site *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Site, site_free)

/* The handler's `answer` (net/server.h); data is the Site. Never NULL. */
HttpReply *site_answer(const HttpRequest *request, void *data);

/* True if a newer edition was taken up. Cheap if there is none: one readlink(2). On failure the
 * error says why the newer one was not taken (may be NULL). */
bool site_refresh(Site *site, GError **error);

/* How many editions were taken up so far; bytes kept now. */
uint64_t site_generation(const Site *site);
size_t site_kept(const Site *site);
