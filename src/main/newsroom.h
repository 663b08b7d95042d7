/*
 * A newsroom directory and its kolokol.ini (DESIGN 8): what is this machine's own. The file is read
 * once at the start of a process; every key is a row with its default and its comment, from which
 * `init` writes the file. An unknown group or key is refused by name, so that a misspelt line is
 * not silently without effect.
 *
 * [site] seeds the settings at `init`; afterwards `kolokol settings` rules, and
 * newsroom_site_differs() lets a process say so when the file says something else.
 */
#pragma once

#include "store/store.h"

#define NEWSROOM_INI     "kolokol.ini"
#define NEWSROOM_INI_MAX (64u * 1024) /* bytes of kolokol.ini */

typedef enum {
    INI_SITE_NAME,
    INI_SITE_URL,
    INI_SITE_FORMS_URLS,
    INI_SITE_OFFICE_URL,
    INI_SITE_LANGUAGES,
    INI_SITE_TIMEZONE,
    INI_LISTEN_STAND,
    INI_LISTEN_FORMS,
    INI_LISTEN_OFFICE,
    INI_LISTEN_TRUSTED_PROXIES,
    INI_DATABASE_URL,
    INI_DATABASE_INTAKE,
    INI_MAIL_TRANSPORT,
    INI_MAIL_URL,
    INI_MAIL_PASSWORD_FILE,
    INI_MAIL_CA_FILE,
    INI_MAIL_FROM,
    INI_MAIL_DKIM_SELECTOR,
    INI_MAIL_DKIM_KEY_FILE,
    INI_PAYMENTS_PROVIDERS,
    INI_KEYS
} IniKey;

typedef struct {
    char *dir;              /* absolute */
    char *values[INI_KEYS]; /* never NULL */
    char *database; /* the store's URL, with an absolute path; KOLOKOL_DATABASE_URL goes before the
                       file */
    char *intake;   /* the same of the forms' intake; KOLOKOL_INTAKE_URL goes before the file */
    char *edition_dir, *keys_dir, *media_dir, *theme_dir, *run_dir;
} Newsroom;

/* Reads DIR/kolokol.ini. NOT_FOUND with the way out (`kolokol init`) if there is none. */
Newsroom *newsroom_load(const char *dir, GError **error);

/* The same from the file's text, for a newsroom that is being made. */
Newsroom *newsroom_of_text(const char *dir, GBytes *text, GError **error);
void newsroom_free(Newsroom *newsroom);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Newsroom, newsroom_free)

/* What holds where the file says nothing. */
const char *newsroom_ini_default(IniKey key);

/* A line that kolokol.ini may have. */
typedef struct {
    const char *group, *key;
    const char *setting; /* that it seeds; NULL: it is the machine's own */
    const char *comment;
} NewsroomLine;

NewsroomLine newsroom_ini_line(IniKey key);

/* The text of a kolokol.ini with these values (NULL entries: the default), every key with its
 * comment. */
char *newsroom_ini_text(const char *const values[INI_KEYS]);

/* Opens the store and brings its schema up to date. */
Store *newsroom_store(const Newsroom *newsroom, GError **error);

/* The first setting that [site] contradicts, as a sentence for the log; NULL if none. Caller frees.
 */
char *newsroom_site_differs(const Newsroom *newsroom, Store *store);

/* The host name of the site's address, for EDITION. Caller frees. */
char *newsroom_host(Store *store, GError **error);
