/*
 * Page: one name of the edition and its finished replies, one for each coding, made when first
 * asked for and kept (cache.h) while the hash stays the same.
 *
 * Its headers, by DESIGN 8: every reply has Content-Type, Cache-Control, ETag, Last-Modified, Vary
 * where codings exist, Access-Control-Allow-Origin: * (mirrors and packs read across origins; there
 * are no cookies here to steal), X-Content-Type-Options, Referrer-Policy, HSTS on an https site;
 * what a browser shows as a page has Content-Security-Policy with frame-ancestors 'none',
 * Cross-Origin-Opener-Policy and Permissions-Policy. The page's own policy is in its <meta>, so
 * that it holds on any host. Hash-named files (o/…) are immutable and take ranges in their plain
 * form; all else is asked for again after a minute, and EDITION, its signatures and FRESH every
 * time.
 */
#pragma once

#include "net/coding.h"
#include "net/reply.h"
#include "stand/source.h"
#include "stand/types.h"

typedef struct {
    HttpReply *whole;        /* NULL until asked for */
    HttpReply *not_modified; /* 304; NULL until asked for */
    int64_t absent_until;    /* clock_monotonic: this form did not exist, do not look before */
    int64_t modified;        /* seconds */
    char etag[SOURCE_HASH + 16];
} PageForm;

typedef struct {
    char *name;
    SourceEntry entry;
    const ContentType *type;
    bool immutable; /* under o/ */
    bool https;
    uint64_t generation; /* the edition in which the entry was last looked up */
    size_t cost;         /* bytes of its replies */
    int cell;            /* what a reading counts for (readers.h); -1: nothing */
    PageForm forms[HTTP_CODINGS];
} Page;

/* Takes over what is in `entry` and clears it. `https`: the site's URL is https. */
Page *page_new(const char *name, SourceEntry *entry, bool https);
void page_free(Page *page);

/* The form to answer with: the first of the order that exists, made now if need be. NULL if the
 * object is gone (a damaged edition directory). */
PageForm *page_form(Page *page, Source *source, const HttpCoding *order, size_t count);

/* The 304 for a form. */
HttpReply *page_not_modified(Page *page, PageForm *form);

/* 206 of the plain form, or 416; the caller's reference. NULL if the object is gone. */
HttpReply *page_part(Page *page, Source *source, uint64_t first, uint64_t count);
HttpReply *page_unsatisfiable(const Page *page, uint64_t length);

/* The headers that every answer of the stand has, errors too. */
void page_common_headers(HttpReply *reply, bool https);
