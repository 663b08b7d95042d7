/*
 * A name taken out of one story; for withhold.c. Looked at are the row (headline, standfirst,
 * agency, caption, credit, alternative text, reason), the byline and the topics, all revisions,
 * working copies, live entries (removed ones too), corrections, comments on its text, and the
 * address.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"
#include "store/store.h"

typedef struct {
    const GPtrArray *names;   /* char *: exact spellings (text/replace.h) */
    const GPtrArray *authors; /* char *: "en/anna-petrova", whose name it is */
    const GPtrArray *topics;  /* the same of topics */
    const char *instead;      /* "" for the language's own words */
} WithheldName;

/* What stands for the name in a language. */
const char *withheld_instead(const WithheldName *name, const char *language);

/* How often it stands in a story; writes nothing. NOT_FOUND, those of the store. */
bool story_withheld_count(Store *store, int64_t id, const WithheldName *name, unsigned *found,
                          GError **error);

/* Replaces it everywhere, in one transaction with its touches: the current text as a new revision,
 * older ones in place. In a byline the author becomes one whose name is withheld; an address that
 * has one of the spellings gets another, and the old one is forgotten as by a takedown. */
bool story_withhold(Store *store, const DeskSite *site, int64_t id, const WithheldName *name,
                    int64_t now, unsigned *found, GError **error);
