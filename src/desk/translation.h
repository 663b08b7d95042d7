/*
 * A translation beside the story that it was made from: which that is, whether it was marked as
 * saying the same (match.h), and paragraph by paragraph what has changed in it since
 * (text/parallel.h). What is kept of it is match.h's.
 */
#pragma once

#include "desk/match.h"

typedef struct {
    Story *story;
    GPtrArray *group;      /* of Story, the story itself too, the oldest first */
    const Story *original; /* in the group; NULL: the story is nobody's translation */
    Match match;           /* original 0: not with this original */
} Translation;

void translation_clear(Translation *translation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Translation, translation_clear)

/* The original is the one asked for (0: none was), else the one that the story was marked with,
 * else the group's oldest. NOT_FOUND: there is no such story. */
bool translation_read(Store *store, int64_t story, int64_t asked, Translation *translation,
                      GError **error);

/* Headline, standfirst unless there is none, then the paragraphs; of an original that was never
 * marked, or whose old text a takedown has forgotten, nothing has changed. There must be an
 * original. Elements ParallelRow. */
GPtrArray *translation_rows(Store *store, const Translation *translation, GError **error);

/* Who marks or begins a translation, and by which token of the API, or NULL. */
typedef struct {
    int64_t person;
    const char *name, *token;
} TranslationActor;

/* match_set(), and a row of the audit log. Needs an open transaction. */
bool translation_mark(Store *store, int64_t story, int64_t original, int64_t revision,
                      const TranslationActor *by, int64_t now, GError **error);

/* The same of match_begin(). */
bool translation_begin(Store *store, const DeskSite *site, int64_t original, const char *language,
                       const TranslationActor *by, int64_t now, int64_t *story, GError **error);
