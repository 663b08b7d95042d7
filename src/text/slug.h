/*
 * Slugs: the last part of a story's address, from its headline. Always [a-z0-9] words joined by
 * single hyphens.
 *
 * Russian is written as GOST R 52290-2004 has it on road signs, but letter by letter and without
 * the signs for ъ and ь: "Жёлтый щенок" → "zheltyy-shchenok". Titles with letters that only
 * Ukrainian has go by the Ukrainian rules of 2010 (Cabinet resolution 55), with ў or with both і
 * and ы by the Russian table with Belarusian г → h. Other scripts by ICU's Any-Latin and
 * Latin-ASCII. Apostrophes are dropped
 * ("don't" → "dont"); all else that is no letter or digit parts words. ICU is opened at the first
 * title that needs it (ASCII and the usual Cyrillic alphabets do not), once a thread: slug.c has
 * what that costs.
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
