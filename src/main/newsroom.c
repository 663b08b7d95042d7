/* Newsroom directories: newsroom.h. What the commands do with them is in command_*.c. */
#include "main/newsroom.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/media_upload.h"
#include "main/job_rows.h"
#include "press/setting.h"

#include <string.h>

typedef struct {
    const char *group, *key, *fallback;
    const char *setting; /* of the same meaning, for [site] */
    const char *comment;
} IniRow;

static const IniRow rows[INI_KEYS] = {
    [INI_SITE_NAME] = {"site", "name", "Our Newspaper", "name", "The newspaper's name."},
    [INI_SITE_URL] = {"site", "url", "http://paper.localhost:8080", "url",
                      "The main address that readers use."},
    [INI_SITE_FORMS_URLS] = {"site", "forms-urls", "http://forms.localhost:8081", "forms-urls",
                             "Addresses of the public forms, the first one preferred."},
    [INI_SITE_OFFICE_URL] = {"site", "office-url", "http://office.localhost:8082", NULL,
                             "The staff's address."},
    [INI_SITE_LANGUAGES] = {"site", "languages", "en", "languages",
                            "Language codes, the first without a prefix in paths: en,ru"},
    [INI_SITE_TIMEZONE] = {"site", "timezone", "UTC", "timezone",
                           "The zone of dates and paths, like Europe/Riga."},
    [INI_LISTEN_STAND] = {"listen", "stand", "127.0.0.1:8080", NULL,
                          "host:port of the readers' door; port 0 takes a free one."},
    [INI_LISTEN_FORMS] = {"listen", "forms", "127.0.0.1:8081", NULL,
                          "host:port of the forms' door."},
    [INI_LISTEN_OFFICE] = {"listen", "office", "127.0.0.1:8082", NULL,
                           "host:port of the staff's door."},
    [INI_LISTEN_TRUSTED_PROXIES] =
        {"listen", "trusted-proxies", "", NULL,
         "Addresses whose X-Forwarded-For is believed, separated by commas."},
    [INI_DATABASE_URL] = {"database", "url", "sqlite:newsroom.db", NULL,
                          "sqlite:FILE or postgresql://…; KOLOKOL_DATABASE_URL goes before it."},
    [INI_DATABASE_INTAKE] =
        {"database", "intake", "sqlite:intake.db", NULL,
         "The forms' own database, for what came in and answers; on PostgreSQL a "
         "schema or database of its own."},
    [INI_MAIL_TRANSPORT] = {"mail", "transport", "outbox", NULL,
                            "outbox (files in outbox/) or smtp."},
    [INI_MAIL_URL] = {"mail", "url", "smtp://localhost:25", NULL,
                      "Where smtp delivers: smtp://USER@HOST:587 (STARTTLS) or smtps://USER@HOST."},
    [INI_MAIL_PASSWORD_FILE] = {"mail", "password-file", "", NULL,
                                "The file with USER's password."},
    [INI_MAIL_CA_FILE] = {"mail", "ca-file", "", NULL,
                          "Certificates to believe in the place of the system's."},
    [INI_MAIL_FROM] = {"mail", "from", "", NULL,
                       "The sender of letters, like The Bell <letters@bell.example>."},
    [INI_MAIL_DKIM_SELECTOR] = {"mail", "dkim-selector", "", NULL,
                                "DKIM: the selector, one a key, separated by commas; "
                                "`kolokol keys dkim` prints it."},
    [INI_MAIL_DKIM_KEY_FILE] =
        {"mail", "dkim-key-file", "", NULL,
         "DKIM: the file with the private keys; without it mail is not signed."},
    [INI_PAYMENTS_PROVIDERS] = {"payments", "providers", "practice", NULL,
                                "practice, or real ones such as stripe,bank."},
};

static const char *const group_comments[][2] = {
    {"site", "Seeds the settings at `kolokol init`; afterwards `kolokol settings` rules."},
    {"listen",
     "The doors of this machine. In production each is behind Caddy or nginx with a host name."},
    {"database", "One newsroom, one database."},
    {"mail", "How mail leaves."},
    {"payments", "Who takes contributions."},
};

static int row_find(const char *group, const char *key)
{
    for (int i = 0; i < INI_KEYS; i++) {
        if (strcmp(rows[i].group, group) == 0 && strcmp(rows[i].key, key) == 0) {
            return i;
        }
    }
    return -1;
}

static bool take_group(Newsroom *newsroom, GKeyFile *file, const char *group, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, error);
    for (char **key = keys; key != NULL && *key != NULL; key++) {
        int row = row_find(group, *key);
        if (row < 0) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "kolokol.ini: there is no key \"%s\" in [%s]; see docs/configuration.md",
                        *key, group);
        }
        char *value = g_key_file_get_string(file, group, *key, error);
        if (value == NULL) {
            g_prefix_error(error, "kolokol.ini: ");
            return false;
        }
        g_free(newsroom->values[row]);
        newsroom->values[row] = value;
    }
    return keys != NULL;
}

static bool take_file(Newsroom *newsroom, GBytes *bytes, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!g_key_file_load_from_bytes(file, bytes, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "kolokol.ini: ");
        return false;
    }
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group != NULL; group++) {
        if (!take_group(newsroom, file, *group, error)) {
            return false;
        }
    }
    return true;
}

/* The environment goes before the file; a relative path is the newsroom's. */
static char *database_url(const char *dir, const char *variable, const char *line)
{
    const char *given = g_getenv(variable);
    const char *url = given != NULL ? given : line;
    if (g_str_has_prefix(url, "sqlite:") && url[7] != '/') {
        return g_strdup_printf("sqlite:%s/%s", dir, url + 7);
    }
    return g_strdup(url);
}

static void fill(Newsroom *newsroom)
{
    for (int i = 0; i < INI_KEYS; i++) {
        if (newsroom->values[i] == NULL) {
            newsroom->values[i] = g_strdup(rows[i].fallback);
        }
    }
    newsroom->database =
        database_url(newsroom->dir, "KOLOKOL_DATABASE_URL", newsroom->values[INI_DATABASE_URL]);
    newsroom->intake =
        database_url(newsroom->dir, "KOLOKOL_INTAKE_URL", newsroom->values[INI_DATABASE_INTAKE]);
    newsroom->edition_dir = g_build_filename(newsroom->dir, "edition", NULL);
    newsroom->keys_dir = g_build_filename(newsroom->dir, "keys", NULL);
    newsroom->media_dir = g_build_filename(newsroom->dir, "media", NULL);
    newsroom->theme_dir = g_build_filename(newsroom->dir, "theme", NULL);
    newsroom->run_dir = g_build_filename(newsroom->dir, "run", NULL);
}

Newsroom *newsroom_of_text(const char *dir, GBytes *text, GError **error)
{
    g_autoptr(Newsroom) newsroom = g_new0(Newsroom, 1);
    newsroom->dir = g_canonicalize_filename(dir, NULL);
    if (!take_file(newsroom, text, error)) {
        return NULL;
    }
    fill(newsroom);
    return g_steal_pointer(&newsroom);
}

Newsroom *newsroom_load(const char *dir, GError **error)
{
    g_autofree char *whole = g_canonicalize_filename(dir, NULL);
    g_autofree char *path = g_build_filename(whole, NEWSROOM_INI, NULL);
    g_autoptr(GError) reason = NULL;
    g_autoptr(GBytes) bytes = file_read(path, NEWSROOM_INI_MAX, &reason);
    if (bytes != NULL) {
        return newsroom_of_text(whole, bytes, error);
    }
    if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "%s is not a newsroom (it has no kolokol.ini); make one with `kolokol init %s`, "
             "or name another with -C",
             whole, dir);
    } else {
        g_propagate_error(error, g_steal_pointer(&reason));
    }
    return NULL;
}

void newsroom_free(Newsroom *newsroom)
{
    if (newsroom == NULL) {
        return;
    }
    for (int i = 0; i < INI_KEYS; i++) {
        g_free(newsroom->values[i]);
    }
    g_free(newsroom->dir);
    g_free(newsroom->database);
    g_free(newsroom->intake);
    g_free(newsroom->edition_dir);
    g_free(newsroom->keys_dir);
    g_free(newsroom->media_dir);
    g_free(newsroom->theme_dir);
    g_free(newsroom->run_dir);
    g_free(newsroom);
}

NewsroomLine newsroom_ini_line(IniKey key)
{
    const IniRow *row = &rows[key];
    return (NewsroomLine){row->group, row->key, row->setting, row->comment};
}

const char *newsroom_ini_default(IniKey key)
{
    return rows[key].fallback;
}

static const char *comment_of(const char *group)
{
    for (size_t i = 0; i < G_N_ELEMENTS(group_comments); i++) {
        if (strcmp(group_comments[i][0], group) == 0) {
            return group_comments[i][1];
        }
    }
    return "";
}

char *newsroom_ini_text(const char *const values[INI_KEYS])
{
    GString *text =
        g_string_new("# kolokol.ini: what is this machine's own. Secrets go into files named by "
                     "…-file keys.\n");
    const char *group = "";
    for (int i = 0; i < INI_KEYS; i++) {
        if (strcmp(rows[i].group, group) != 0) {
            group = rows[i].group;
            g_string_append_printf(text, "\n# %s\n[%s]\n", comment_of(group), group);
        }
        const char *value = values[i] != NULL ? values[i] : rows[i].fallback;
        g_autoptr(GKeyFile) file = g_key_file_new(); /* it escapes what a value may hold */
        g_key_file_set_string(file, group, rows[i].key, value);
        g_autofree char *escaped = g_key_file_get_value(file, group, rows[i].key, NULL);
        g_string_append_printf(text, "# %s\n%s=%s\n", rows[i].comment, rows[i].key, escaped);
    }
    return g_string_free(text, FALSE);
}

Store *newsroom_store(const Newsroom *newsroom, GError **error)
{
    jobs_register(job_rows()); /* so that whoever writes can enqueue */
    media_jobs_directory(newsroom->media_dir);
    g_autoptr(Store) store = store_open(newsroom->database, error);
    if (store == NULL || !store_migrate(store, error)) {
        return NULL;
    }
    return g_steal_pointer(&store);
}

char *newsroom_site_differs(const Newsroom *newsroom, Store *store)
{
    for (int i = 0; i < INI_KEYS; i++) {
        g_autofree char *value =
            rows[i].setting == NULL ? NULL : setting_get(store, rows[i].setting, NULL);
        if (value != NULL && strcmp(value, newsroom->values[i]) != 0) {
            return g_strdup_printf("kolokol.ini says %s = %s; the setting, which rules, says %s",
                                   rows[i].key, newsroom->values[i], value);
        }
    }
    return NULL;
}

char *newsroom_host(Store *store, GError **error)
{
    g_autofree char *url = setting_get(store, "url", error);
    g_autoptr(GUri) uri = url == NULL ? NULL : g_uri_parse(url, G_URI_FLAGS_NONE, error);
    return uri == NULL ? NULL : g_strdup(g_uri_get_host(uri));
}
