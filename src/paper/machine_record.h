/*
 * A story for machines: one record, made once, of which feeds, JSON-LD and the cards of messengers
 * are written, so that they cannot disagree (docs/machines.md). Records the inputs that it reads:
 * the authors and the picture.
 */
#pragma once

#include "paper/picture.h"
#include "text/feed.h"

typedef struct {
    const StoryCard *card; /* borrowed */
    char *id;              /* the address under which it first went out: never changes */
    char *url;             /* its address on the main host */
    char **authors;        /* names alone, NULL-ended: paper_byline_names() */
    PaperPicture picture;  /* one JPEG with an absolute address; src NULL: none */
    char *alt;
    const char *type; /* of the picture, "image/jpeg" */
    int64_t updated;  /* ≥ published */
} MachineRecord;

bool machine_record_make(PaperPage *page, const StoryCard *card, MachineRecord *record,
                         GError **error);
void machine_record_clear(MachineRecord *record);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MachineRecord, machine_record_clear)

/* An item of a feed. It borrows the record; `categories` gets what its list is made of. */
FeedItem machine_record_item(const MachineRecord *record, const char *categories[2],
                             const SafeHtml *content);

/* Sets `share` (Open Graph, cards) and `ld` (JSON-LD: NewsArticle, OpinionNewsArticle or
 * LiveBlogPosting with its newest entries) of a story's page. */
bool machine_record_fill(PaperPage *page, const MachineRecord *record, GError **error);

/* The same of a front page: the newspaper itself. */
bool machine_fill_front(PaperPage *page, GError **error);

/* Sets `alternates`: {lang, url} of pages in several languages, with x-default: the one in the
 * site's first language, else the first. Nothing for fewer than two. */
void machine_fill_alternates(PaperPage *page, const char *const *languages,
                             const char *const *paths, size_t count);
