/* Settings of the newsroom: setting.h. The command that lists and sets them is
 * main/command_settings.c. */
#include "press/setting.h"

#include "base/error.h"
#include "base/file.h"
#include "press/press.h"
#include "press_sql.h"
#include "seal/signature.h"
#include "text/mail_address.h"

#include <string.h>

#define LANGUAGES_MAX   12u
#define NAME_MAX_LENGTH 200 /* characters */

/* It stands in the masthead and in headers of letters (MESSAGE_HEADER_MAX of mail/message.h). */
static bool check_name(const char *value, GError **error)
{
    glong length = g_utf8_strlen(value, -1);
    if (*value == '\0') {
        return fail(error, KOLOKOL_ERROR_INVALID, "it must not be empty");
    }
    return length <= NAME_MAX_LENGTH ||
           fail(error, KOLOKOL_ERROR_LIMIT, "it has %ld characters; the limit is %d", length,
                NAME_MAX_LENGTH);
}

static bool check_url(const char *value, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GUri) uri = g_uri_parse(value, G_URI_FLAGS_NONE, &reason);
    const char *scheme = uri == NULL ? "" : g_uri_get_scheme(uri);
    if (uri == NULL || (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0) ||
        g_uri_get_host(uri) == NULL || *g_uri_get_host(uri) == '\0' ||
        g_uri_get_query(uri) != NULL || g_uri_get_fragment(uri) != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.100s\" is not an address like https://example.org", value);
    }
    return true;
}

static bool check_mail_address(const char *value, GError **error)
{
    g_autofree char *parsed = *value == '\0' ? NULL : mail_address_parse(value, error);
    return *value == '\0' || parsed != NULL;
}

static bool check_address(const char *value, GError **error)
{
    const char *at = strchr(value, '@');
    bool good = at != NULL && at != value && at[1] != '\0' && strpbrk(value, " <>\"'?&%") == NULL;
    return *value == '\0' || good ||
           fail(error, KOLOKOL_ERROR_INVALID, "\"%.100s\" is not an address like a@example.org",
                value);
}

static bool check_urls(const char *value, GError **error)
{
    g_auto(GStrv) urls = g_strsplit(value, ",", -1);
    for (char **url = urls; *url != NULL; url++) {
        if (!check_url(g_strstrip(*url), error)) {
            return false;
        }
    }
    return true;
}

static bool check_mirrors(const char *value, GError **error)
{
    return *value == '\0' || check_urls(value, error);
}

/* Empty, or the key as `keys show` prints it. */
static bool check_key(const char *value, GError **error)
{
    PublicKey key;
    return *value == '\0' || public_key_parse(value, &key, error);
}

static bool is_language(const char *text)
{
    size_t length = strlen(text);
    return length >= 2 && length <= 3 && strspn(text, "abcdefghijklmnopqrstuvwxyz") == length;
}

static bool check_languages(const char *value, GError **error)
{
    g_auto(GStrv) codes = g_strsplit(value, ",", -1);
    if (g_strv_length(codes) > LANGUAGES_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "at most %u languages", LANGUAGES_MAX);
    }
    for (char **code = codes; *code != NULL; code++) {
        const char *letters = *code;
        if (!is_language(letters)) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "\"%.20s\" is not a language code; write them like en,ru", letters);
        }
        if (g_strv_contains((const char *const *)(code + 1), letters)) {
            return fail(error, KOLOKOL_ERROR_INVALID, "the language %s stands there twice",
                        letters);
        }
    }
    return true;
}

static bool check_required(const char *value, GError **error)
{
    return strcmp(value, "required") == 0 || strcmp(value, "optional") == 0 ||
           fail(error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is neither required nor optional", value);
}

#define ZONE_NAME 60u         /* bytes; the longest there is has 32 */
#define ZONE_FILE (64 * 1024) /* the largest there is has 4 KB */

/* GLib opens a file of that name, wherever it leads and whatever is in it: so a name has letters,
 * and parts of a path, and nothing that leads out (tz database, theory.html, "Names of timezones").
 * What lies there and is no zone does not begin with "TZif" (RFC 9636). */
static bool names_zone(const char *value)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/";
    g_autofree char *path = g_build_filename("/usr/share/zoneinfo", value, NULL);
    if (*value == '\0' || *value == '/' || strlen(value) > ZONE_NAME ||
        strspn(value, letters) != strlen(value)) {
        return false;
    }
    g_autoptr(GBytes) bytes = file_read(path, ZONE_FILE, NULL);
    return strcmp(value, "UTC") == 0 || (bytes != NULL && g_bytes_get_size(bytes) > 4 &&
                                         memcmp(g_bytes_get_data(bytes, NULL), "TZif", 4) == 0);
}

static bool check_timezone(const char *value, GError **error)
{
    return names_zone(value) ||
           fail(error, KOLOKOL_ERROR_INVALID,
                "\"%.60s\" is not a time zone; write it like Europe/Riga", value);
}

static bool check_names(const char *value, GError **error)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz-,";
    return strspn(value, letters) == strlen(value) ||
           fail(error, KOLOKOL_ERROR_INVALID, "write names like practice,bank");
}

static bool check_countries(const char *value, GError **error)
{
    g_auto(GStrv) codes = g_strsplit(value, ",", -1);
    for (char **code = codes; *code != NULL; code++) {
        if (strlen(*code) != 2 || !g_ascii_isupper((*code)[0]) || !g_ascii_isupper((*code)[1])) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "\"%.20s\" is not a country; write codes like RU,BY", *code);
        }
    }
    return true;
}

const SettingRow setting_rows[] = {
    {"name", "Our Newspaper", check_name,
     "the newspaper's name, in the masthead, feeds and letters; name.ru is the one in Russian",
     true},
    {"description", "", NULL,
     "one sentence on the newspaper, for feeds and search engines; description.ru in Russian",
     true},
    {"url", "http://paper.localhost:8080", check_url,
     "the main address, for canonical links and feeds"},
    {"forms-urls", "http://forms.localhost:8081", check_urls,
     "addresses of the public forms, the first one preferred, separated by commas"},
    {"languages", "en", check_languages,
     "language codes, separated by commas; the first has no prefix in paths"},
    {"timezone", "UTC", check_timezone, "the zone in which dates and paths are made"},
    {"forms-mail", "", check_address,
     "an address that somebody reads, offered beside each form for those who cannot reach it"},
    {"unsubscribe-mail", "", check_mail_address,
     "an address that somebody reads: newsletters name it for those who unsubscribe by mail"},
    {"contact", "", NULL, "an address for readers and security researchers, for security.txt"},
    {"mirrors", "", check_mirrors,
     "other addresses of the paper, separated by commas, for the page that readers find them on"},
    {"publish-key", "", check_key,
     "the key of `kolokol keys show` that readers check a copy by, for the same page"},
    {"picture-words", "required", check_required,
     "required or optional: whether a story goes out only with alt text and credit of its photo"},
    {"providers", "practice", check_names,
     "who takes contributions, separated by commas; the first that may open here does"},
    {"warn-countries", "", check_countries,
     "countries where giving is dangerous: no real provider opens without a campaign's danger "
     "text"},
    {NULL, NULL, NULL, NULL, false},
};

/* The language of "name.ru", NULL in "name". */
static const char *language_of(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot == NULL ? NULL : dot + 1;
}

const SettingRow *setting_row(const char *name, GError **error)
{
    const char *language = language_of(name);
    size_t length = language == NULL ? strlen(name) : (size_t)(language - name) - 1;
    for (const SettingRow *row = setting_rows; row->name != NULL; row++) {
        if (strlen(row->name) == length && strncmp(row->name, name, length) == 0 &&
            (language == NULL || (row->by_language && is_language(language)))) {
            return row;
        }
    }
    fail(error, KOLOKOL_ERROR_NOT_FOUND,
         "there is no setting \"%.60s\"; `kolokol settings` lists them", name);
    return NULL;
}

char *setting_get(Store *store, const char *name, GError **error)
{
    const SettingRow *row = setting_row(name, error);
    if (row == NULL) {
        return NULL;
    }
    g_autoptr(StoreRows) rows = press_setting_read(store, name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return NULL;
    }
    if (step == STORE_ROW) {
        return store_text_copy(rows, 0);
    }
    return strcmp(name, row->name) == 0 ? g_strdup(row->fallback)
                                        : setting_get(store, row->name, error);
}

char *setting_get_in(Store *store, const char *name, const char *language, GError **error)
{
    g_autofree char *whole = g_strconcat(name, ".", language, NULL);
    return setting_get(store, whole, error);
}

typedef struct {
    const char *name, *value;
    bool changed;
} Change;

/* A language that the site lacks is a slip of the pen: nobody would ever see the value. */
static bool language_known(Store *store, const Change *change, GError **error)
{
    const char *language = language_of(change->name);
    if (language == NULL || change->value == NULL) {
        return true;
    }
    g_auto(GStrv) languages = setting_languages(store, error);
    if (languages == NULL || g_strv_contains((const char *const *)languages, language)) {
        return languages != NULL;
    }
    g_autofree char *all = g_strjoinv(",", languages);
    return fail(error, KOLOKOL_ERROR_INVALID,
                "%s: the site has no language \"%s\"; it has %s (`kolokol settings languages`)",
                change->name, language, all);
}

static bool set_body(Store *store, void *data, GError **error)
{
    Change *change = data;
    g_autofree char *before = setting_get(store, change->name, error);
    if (before == NULL || !language_known(store, change, error) ||
        !(change->value == NULL ? press_setting_delete(store, change->name, error)
                                : press_setting_put(store, change->name, change->value, error))) {
        return false;
    }
    g_autofree char *after = setting_get(store, change->name, error);
    g_autofree char *input = g_strconcat("setting:", change->name, NULL);
    change->changed = after == NULL || strcmp(before, after) != 0;
    if (after == NULL || !change->changed) {
        return after != NULL;
    }
    return press_touch(store, input, error) &&
           (strcmp(change->name, "languages") != 0 || press_touch(store, PRESS_EVERYTHING, error));
}

bool setting_check(const char *name, const char *value, GError **error)
{
    const SettingRow *row = setting_row(name, error);
    if (row == NULL) {
        return false;
    }
    if (value != NULL && (strlen(value) > SETTING_VALUE_MAX || !g_utf8_validate(value, -1, NULL))) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "%s: at most %u bytes of UTF-8", name,
                    SETTING_VALUE_MAX);
    }
    if (value != NULL && row->check != NULL && !row->check(value, error)) {
        g_prefix_error(error, "%s: ", name);
        return false;
    }
    return true;
}

bool setting_set(Store *store, const char *name, const char *value, bool *changed, GError **error)
{
    Change change = {name, value, false};
    if (!setting_check(name, value, error) || !store_transact(store, set_body, &change, error)) {
        return false;
    }
    *changed = change.changed;
    return true;
}

char **setting_languages(Store *store, GError **error)
{
    g_autofree char *value = setting_get(store, "languages", error);
    return value == NULL ? NULL : g_strsplit(value, ",", -1);
}

bool setting_has_language(Store *store, const char *language, GError **error)
{
    g_auto(GStrv) languages = setting_languages(store, error);
    return languages != NULL && (g_strv_contains((const char *const *)languages, language) ||
                                 fail(error, KOLOKOL_ERROR_INVALID,
                                      "`language: %.20s` is none of the newspaper's", language));
}

GTimeZone *setting_timezone(Store *store, GError **error)
{
    g_autofree char *value = setting_get(store, "timezone", error);
    GTimeZone *zone = value == NULL ? NULL : g_time_zone_new_identifier(value);
    return value == NULL || zone != NULL ? zone : g_time_zone_new_utc();
}
