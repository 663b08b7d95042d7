/*
 * A card: what a list, a front or a reference shows of a story, without its body.
 *
 * A page that shows a card reads these inputs (press.h): the list it came from, or "card:ID"; where
 * it shows the section's or an author's display name, also "section:LANG/NAME" or
 * "author:LANG/NAME"; where it shows the picture, "media:ID". `updated` is the one field that
 * "list:…" and "card:…" do not cover: it counts for "story:ID", "text:…" and "sitemap:…", so that a
 * changed body leaves the lists alone.
 */
#pragma once

#include "desk/story.h"

typedef struct {
    char *slug;
    char *name;     /* the slug where the record is missing */
    bool reporting; /* "Reporting by" rather than "By" */
} StoryByline;

typedef struct {
    int64_t id, group;
    StoryKind kind;
    char *language;
    char *path; /* never NULL in a visible story */
    char *headline, *standfirst;
    char *section, *section_name; /* both NULL without a section */
    GPtrArray *bylines;           /* of StoryByline: authors first, then reporters */
    bool withheld;                /* one more author, whose name is withheld */
    char *agency;                 /* "" if none */
    int64_t photo;                /* media id, or 0 */
    char *alt;                    /* the story's own for the photo; "" means the media's */
    int64_t published, updated;   /* updated 0 if never */
    int64_t day;                  /* YYYYMMDD of published in the site's calendar */
} StoryCard;

/* The card of a story visible at as_of; NOT_FOUND if it is not. The caller reads "card:ID". */
StoryCard *story_card(Store *store, int64_t id, int64_t as_of, GError **error);
/* An empty one, all NULL and 0, to be filled. */
StoryCard *story_card_new(void);
void story_card_free(StoryCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoryCard, story_card_free)

/* The path under which the story first went out: `path` unless it moved since. It never changes.
 * Caller frees. */
char *story_first_path(Store *store, int64_t id, const char *path, GError **error);

/* The stories of a translation group visible at as_of, by language in byte order. Elements
 * StoryCard, of which a page may use language, path and headline by the input "group:GID". */
GPtrArray *story_group(Store *store, int64_t group, int64_t as_of, GError **error);
