/*
 * A name outside stories; for withhold.c. Looked at are the words of pictures, the names of
 * sections, authors and topics (merged ones too) and what is said about them, the settings that
 * readers see (name and description of the newspaper, in each language), and the breaking lines. An
 * address that has the name keeps it, unless it is an author's or topic's of exactly that name
 * (withhold.c).
 */
#pragma once

#include "desk/story_withhold.h"

typedef enum {
    WITHHOLD_PICTURE, /* what: its number */
    WITHHOLD_SECTION, /* "en/city", as of the next two */
    WITHHOLD_AUTHOR,
    WITHHOLD_TOPIC,
    WITHHOLD_SETTING,  /* "description.ru" */
    WITHHOLD_BREAKING, /* "en" */
    WITHHOLD_PLACES
} WithholdPlace;

/* Each place that has one of the names, in that order; writes nothing. */
typedef bool (*WithholdPlaceTaker)(WithholdPlace place, const char *what, void *data,
                                   GError **error);
bool withhold_elsewhere(Store *store, const GPtrArray *names, WithholdPlaceTaker take, void *data,
                        GError **error);

/* Replaces it in all of them but the breaking lines, which the order itself takes away; and in what
 * is nobody's to see beforehand: for whom links for readers outside are (staff/reading.h), names of
 * files that were uploaded, redirects made by hand, which go as a story's forgotten address does,
 * and the audit log (staff/audit.h), where the slugs of authors and topics of that name go too. May
 * be done again. */
bool withhold_elsewhere_replace(Store *store, const DeskSite *site, const WithheldName *name,
                                int64_t now, GError **error);
