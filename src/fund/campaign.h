/*
 * A campaign: what the paper asks its readers for, in one language (DESIGN 1.5, 1.6). It is written
 * as a Markdown file with front matter and set with `kolokol campaign set FILE`; the same name and
 * language again changes it.
 *
 * The *running* campaign of a language is, of those that have begun and not ended, the one that
 * began last; pages of the last 90 days carry its letter and call. Older pages carry the *standing*
 * one: the first that was set, until another is marked `standing: yes`; a marked one that has not
 * begun leaves them to the first that has. So an old page rarely changes, and nothing of a campaign
 * is public before it starts.
 *
 * A letter may say {{minimum_monthly}}: the least payment in the main currency, from the table of
 * amounts (amounts.h) that the form reads too.
 */
#pragma once

#include "fund/amounts.h"
#include "store/store.h"

#define CAMPAIGN_NAME_MAX     60u          /* bytes */
#define CAMPAIGN_LANGUAGE_MAX 10u          /* bytes */
#define CAMPAIGN_LINE_MAX     200u         /* bytes of call and minimum */
#define CAMPAIGN_TEXT_MAX     1000u        /* bytes of heading, amounts, share */
#define CAMPAIGN_LETTER_MAX   (64u * 1024) /* bytes of the letter, and of danger */

typedef struct {
    char *name, *language;
    char *heading; /* "A Message from The Harbour Bell:" */
    char *call;    /* "Support us", in the masthead */
    char *amounts; /* amounts.h; may be empty */
    char *minimum; /* amounts.h: "2.00" */
    char *danger;  /* who must not give, and why; may be empty */
    char *share;   /* other ways to help; may be empty */
    char *letter;  /* Markdown */
    int64_t starts;
    int64_t ends; /* INT64_MAX: no end */
    bool standing;
} Campaign;

void campaign_free(Campaign *campaign);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Campaign, campaign_free)

/* Reads a campaign file. Dates without a zone are in `zone`; without `starts` it begins at `now`,
 * or when the stored one does, if that is given.
 * INVALID names the key and what is wrong with it. */
Campaign *campaign_parse(const char *text, size_t length, GTimeZone *zone, int64_t now,
                         GError **error);

/* The same from its texts, as a form or a program sends them. An empty one, or NULL, is one that is
 * not said; moments are as in a file. */
typedef struct {
    const char *name, *language, *heading, *call, *amounts, *minimum, *danger, *share, *letter;
    const char *starts, *ends;
    bool standing;
} CampaignTexts;

Campaign *campaign_of(const CampaignTexts *texts, GTimeZone *zone, int64_t now, GError **error);

/* A mark of what it says, which tells it from what it said before; "-" of NULL. Caller frees. */
char *campaign_mark(const Campaign *campaign);

/* Sets it. *changed tells whether anything differs from before. */
bool campaign_set(Store *store, const Campaign *campaign, int64_t now, bool *changed,
                  GError **error);

/* The campaign that pages show; NULL without an error if there is none. */
Campaign *campaign_shown(Store *store, const char *language, bool standing, int64_t as_of,
                         GError **error);

/* The campaign of that name, whether it runs or not; NULL without an error if there is none. */
Campaign *campaign_named(Store *store, const char *name, const char *language, GError **error);

typedef bool (*CampaignTaker)(const Campaign *campaign, void *data, GError **error);

/* All campaigns, without letters. */
bool campaign_each(Store *store, CampaignTaker take, void *data, GError **error);
