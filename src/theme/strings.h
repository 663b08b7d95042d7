/*
 * Interface texts: what the newspaper says around its stories, per language.
 *
 * The texts are site/po/LANGUAGE.po and those of the office site/po/office/LANGUAGE.po, made into
 * constant tables by tools/pogen. An id is a short
 * name ("latest", "read_more"); English has all of them, another language falls back to English
 * text by text, and a language without a file is English throughout. Language tags are BCP 47
 * ("ru", "zh-Hans"); for the tables only the part before the first hyphen counts.
 *
 * Plurals, lists and numbers are ICU's (CLDR), with the language given at each call; nothing reads
 * or sets the locale of the process. ICU's objects are opened once per language and kept, behind a
 * lock: any thread may call. Texts with {places} are filled by strings_fill().
 */
#pragma once

#include "text/value.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The text; constant. An id that English lacks too answers the id itself, so that it is seen. */
const char *strings_get(const char *language, const char *id);

/* The same, but NULL for an id that this language's own table lacks. */
const char *strings_own(const char *language, const char *id);

/* The form of the text for `number`, its {n} replaced by the number as the language writes it:
 * "1 story", "2 истории". Caller frees. */
char *strings_plural(const char *language, const char *id, int64_t number);

/* The text with {name} replaced for each pair of name and value; NULL ends the pairs. A place
 * without a pair stays. Caller frees. */
char *strings_fill(const char *language, const char *id, ...) G_GNUC_NULL_TERMINATED;

/* "A, B and C" as the language joins a list. Empty for no items. Caller frees. */
char *strings_join(const char *language, const char *const *items, size_t count);

/* "9.7", "9,7", "10": at most one digit behind the mark. Caller frees. */
char *strings_decimal(const char *language, double number);

/* "12,345", "12 345". Caller frees. */
char *strings_number(const char *language, int64_t number);

/* Every text without plural as a map, for templates: {{t.latest}}; the office's own (ids office_…)
 * are left out, which no template shows. Texts are constants, so the map costs a few kilobytes of
 * the arena; make it once per language and share it (value_map_over). */
Value *strings_value(ValueArena *arena, const char *language);

/* Differs if and only if any text of any language does (hex, constant for a build). Part of each
 * template's version. */
const char *strings_version(void);

/* "rtl" for languages written from right to left, else "ltr". */
const char *language_direction(const char *language);

/* The language's name in itself, with a capital: "Русский". The tag itself if ICU knows no name.
 * Caller frees. */
char *language_name(const char *language);

#define LANGUAGE_LOCALE 160u

/* ICU's name of a language, with Latin digits in every language: texts of editors, amounts and
 * tables have them, and a page has one set of digits. `locale` has LANGUAGE_LOCALE bytes; empty
 * (ICU's root) for a tag that is none. */
void language_locale(const char *language, char *locale);

/* True for a well-formed tag of a language that ICU knows: what `languages` may hold. */
bool language_known(const char *language);

/* The language with texts of its own that a tag's first part names ("ru" for "ru-RU", in any case),
 * constant; NULL if there is none. */
const char *strings_language(const char *tag, size_t length);
