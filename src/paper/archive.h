/*
 * What the pages of the archive by date say, read once for both forms: archive_page.c makes the
 * pages of it, archive_text.c the texts beside them. Each call names what it reads as inputs of the
 * page (list:day/LANG/DATE, count:month/…, count:year/…, count:years/LANG).
 */
#pragma once

#include "paper/page_base.h"

typedef struct {
    char *language;
    char *date; /* "2026", "2026-11", "2026-11-18", or "archive": the years */
    char *path; /* "ru/2026/11/", without the name of the file */

    GPtrArray *cards; /* of a day: StoryCard, never empty; else NULL */
    int64_t moment;   /* of a day: its beginning in the site's zone */
    GArray *counts;   /* of all others: StoryCount, in growing order, never empty; else NULL */
} PaperArchive;

void paper_archive_clear(PaperArchive *archive);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PaperArchive, paper_archive_clear)

/* Key "LANG/2026-11-18". *exists is false (and true returned) if there is no such page: not such a
 * key, no such language, no story on that day. INVALID: a day that no calendar has. */
bool paper_archive_day(PaperArchive *archive, PressPage *press, const char *key, bool *exists,
                       GError **error);

/* Key "LANG/2026-11", "LANG/2026", or "LANG": what `class_name` ("count:month/") counts, likewise.
 * `length` is that of the date, 0 for the years. */
bool paper_archive_counts(PaperArchive *archive, PressPage *press, const char *class_name,
                          size_t length, const char *key, bool *exists, GError **error);

/* "2026-11-18", "2026-11" or "2026" in words of a language. Caller frees. */
char *paper_archive_name(const PaperRun *run, const char *language, const char *date);
