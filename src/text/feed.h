/*
 * Feeds: one record, three forms. RSS 2.0 (rssboard.org, with content:encoded, dc:creator and
 * atom:link), Atom (RFC 4287), JSON Feed 1.1 (jsonfeed.org).
 *
 * The caller gives everything, in order, newest first: nothing here looks at a clock, so equal
 * records give equal bytes. `updated` of the feed is that of its newest item (DESIGN 5). All
 * strings are borrowed. URLs are absolute.
 */
#pragma once

#include "text/html.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FEED_ITEM_LIMIT 1000u

typedef struct {
    const char *id;    /* never changes, also when the address does: "tag:host,2026-11-26:story/key"
                          (RFC 4151) */
    const char *url;   /* the page */
    const char *title; /* plain text */
    const char *summary;           /* plain text, or NULL */
    const SafeHtml *content;       /* the whole body with absolute links, or NULL */
    const char *const *authors;    /* names, NULL-terminated, or NULL */
    const char *const *categories; /* NULL-terminated, or NULL */
    const char *image_url;         /* or NULL */
    const char *image_type;        /* "image/jpeg"; needed with image_url */
    int64_t image_length;          /* bytes; 0 unknown */
    const char *language;          /* BCP 47, where it differs from the feed's, or NULL */
    int64_t published;             /* microseconds UTC */
    int64_t updated;               /* ≥ published; 0 is published */
} FeedItem;

typedef struct {
    const char *title;
    const char *description; /* or NULL: the title, as RSS wants something */
    const char *id;          /* "tag:host,2026:feed" (RFC 4151), or NULL: the home_url */
    const char *home_url;    /* the page that the feed is of */
    const char *self_url;    /* the address of this form of the feed */
    const char *language;    /* BCP 47 */
    const char *author;      /* the newsroom: used where an item has no author (RFC 4287 4.1.1) */
    const char *icon_url;    /* or NULL */
    const char *copyright;   /* or NULL */
    int64_t
        updated; /* 0: nothing is in it yet; for Atom, which wants a date, there is no such feed */
    const FeedItem *items;
    size_t count; /* ≤ FEED_ITEM_LIMIT */
} Feed;

/* Append to `out`, which is untouched on failure: INVALID (a missing field, named), LIMIT. */
bool feed_rss2(const Feed *feed, GString *out, GError **error);
bool feed_atom(const Feed *feed, GString *out, GError **error);
bool feed_json(const Feed *feed, GString *out, GError **error);
