/*
 * Settings: named values of the newsroom that pages may read. Each is a row with its default, its
 * check and its help; the row alone makes it readable by `kolokol settings`, validated, and an
 * input of pages. What is a machine's own (ports, directories, database) is not a setting but a
 * line of kolokol.ini.
 *
 * A page reads a setting through press_page_setting(), which records the global input
 * "setting:NAME".
 */
#pragma once

#include "store/store.h"

#define SETTING_VALUE_MAX 4000u /* bytes */

typedef struct {
    const char *name;
    const char *fallback; /* the default */
    /* Refuses a value with one clear line. NULL takes any text up to the limit. */
    bool (*check)(const char *value, GError **error);
    const char *help; /* one line */
    bool by_language; /* NAME.LANG, "name.ru", may be set beside it: what that language says */
} SettingRow;

/* All settings, ended by name NULL. */
extern const SettingRow setting_rows[];

/* The row of "name", and of "name.ru" where the row is one by language. */
const SettingRow *setting_row(const char *name, GError **error);

/* The value, or the default where none is set; that of "name.ru" is the one of "name" where none is
 * set. Caller frees. NOT_FOUND for a name without a row. */
char *setting_get(Store *store, const char *name, GError **error);

/* What a setting says in a language: "name.ru" of "name" and "ru". Caller frees. */
char *setting_get_in(Store *store, const char *name, const char *language, GError **error);

/* What setting_set() refuses before it looks at the store, with the same line. */
bool setting_check(const char *name, const char *value, GError **error);

/* Sets and touches "setting:NAME"; NULL goes back to the default. *changed tells whether the value
 * differs from before. INVALID if it is for a language that the site does not have. */
bool setting_set(Store *store, const char *name, const char *value, bool *changed, GError **error);

/* The site's languages in order, the first being the one without a prefix in paths. Caller frees.
 */
char **setting_languages(Store *store, GError **error);

/* INVALID if the site does not have it. */
bool setting_has_language(Store *store, const char *language, GError **error);

/* The site's zone; UTC if this machine does not know it (the setting was checked on another).
 * Caller unrefs. NULL: an error. */
GTimeZone *setting_timezone(Store *store, GError **error);
