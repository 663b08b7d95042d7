/*
 * Slugs: the last part of a story's address, from its headline. Always [a-z0-9] words joined by
 * single hyphens.
 *
 * Russian (and Ukrainian and Belarusian) letters go by the scheme that Russian web addresses mostly
 * use, that of Yandex.Money: "Жёлтый щенок" → "zheltyy-schenok"; other scripts by ICU's Any-Latin
 * and Latin-ASCII. Apostrophes are dropped ("don't" → "dont"), all else that is no letter or digit
 * parts words. ICU is opened at the first title that needs it (ASCII and Cyrillic never do), once a
 * thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* At most `limit` bytes (LIMIT_SLUG if 0, at least 8), cut between words where the first word fits.
 * Never empty: "story" where nothing can be written in Latin. Invalid UTF-8 parts words. Only the
 * first 4 KB of the title are read. Caller frees. */
char *slug_from_title(const char *title, size_t limit);

/* True if `slug` could come from slug_from_title(…, limit): not empty, not longer, only those
 * letters, no hyphen at an end or doubled. */
bool slug_valid(const char *slug, size_t limit);
