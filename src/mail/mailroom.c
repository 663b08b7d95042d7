/* Opening the mailroom, and what letters say of the site: mailroom.h. */
#include "mail/mailroom.h"

#include "base/error.h"
#include "base/file.h"
#include "mail/address.h"
#include "press/setting.h"
#include "text/mail_address.h"

#include <string.h>

#define PASSWORD_MAX 1000u

static char *read_password(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, PASSWORD_MAX, error);
    if (bytes == NULL) {
        g_prefix_error(error, "kolokol.ini: password-file: ");
        return NULL;
    }
    size_t length = 0;
    const char *text = g_bytes_get_data(bytes, &length);
    return g_strchomp(g_strndup(text, length));
}

static bool is_set(const char *value)
{
    return value != NULL && *value != '\0';
}

/* *dkim stays NULL if mail is not to be signed. */
static bool open_dkim(const MailroomOptions *options, Dkim **dkim, GError **error)
{
    bool named = is_set(options->dkim_selector), keyed = is_set(options->dkim_key_file);
    if (!named && !keyed) {
        return true;
    }
    if (named != keyed) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "kolokol.ini: [mail] dkim-selector and dkim-key-file go together; "
                    "`kolokol keys dkim` prints both");
    }
    g_autoptr(GBytes) bytes = file_read(options->dkim_key_file, SIGNING_KEY_FILE, error);
    if (bytes == NULL) {
        g_prefix_error(error, "kolokol.ini: [mail] dkim-key-file: ");
        return false;
    }
    size_t length = 0;
    const char *pem = g_bytes_get_data(bytes, &length);
    *dkim = dkim_new(options->dkim_selector, pem, length, error);
    if (*dkim == NULL) {
        g_prefix_error(error, "kolokol.ini: [mail] ");
    }
    return *dkim != NULL;
}

static Transport *open_smtp(const MailroomOptions *options, GError **error)
{
    g_autofree char *password = NULL;
    Dkim *dkim = NULL;
    if (*options->password_file != '\0') {
        password = read_password(options->password_file, error);
        if (password == NULL) {
            return NULL;
        }
    }
    if (*options->from == '\0') {
        fail(error, KOLOKOL_ERROR_INVALID,
             "kolokol.ini: [mail] from is needed with transport = smtp: "
             "The Bell <letters@bell.example>");
        return NULL;
    }
    if (!open_dkim(options, &dkim, error)) {
        return NULL;
    }
    SmtpOptions smtp = {.url = options->url, .password = password, .ca_file = options->ca_file};
    Transport *transport = transport_smtp(&smtp, dkim, error);
    if (transport == NULL) {
        g_prefix_error(error, "kolokol.ini: [mail] url: ");
    }
    return transport;
}

static Transport *open_transport(const MailroomOptions *options, GError **error)
{
    if (strcmp(options->transport, "smtp") == 0) {
        return open_smtp(options, error);
    }
    if (strcmp(options->transport, "outbox") == 0) {
        return transport_outbox(options->outbox_dir, error);
    }
    fail(error, KOLOKOL_ERROR_INVALID,
         "kolokol.ini: [mail] transport = %.40s is neither outbox nor smtp", options->transport);
    return NULL;
}

static TokenKeys *open_tokens(const char *keys_dir, GError **error)
{
    FILE_AUTO directory = directory_open(keys_dir, true, error);
    return directory < 0 ? NULL : token_keys_load(directory, "tokens.key", error);
}

Mailroom *mailroom_open(const MailroomOptions *options, GError **error)
{
    g_autoptr(Mailroom) room = g_new0(Mailroom, 1);
    g_autofree char *name = NULL, *address = NULL;
    room->from = g_strdup(options->from);
    if (*room->from != '\0' && !address_parse_named(room->from, &name, &address, error)) {
        g_prefix_error(error, "kolokol.ini: [mail] from: ");
        return NULL;
    }
    if (!secret_load(options->keys_dir, &room->secret, error)) {
        return NULL;
    }
    room->theme = theme_load(options->theme_dir, error);
    if (room->theme == NULL || options->transport == NULL) {
        return room->theme == NULL ? NULL : g_steal_pointer(&room);
    }
    room->tokens = open_tokens(options->keys_dir, error);
    room->transport = room->tokens == NULL ? NULL : open_transport(options, error);
    return room->transport == NULL ? NULL : g_steal_pointer(&room);
}

void mailroom_free(Mailroom *room)
{
    if (room == NULL) {
        return;
    }
    secret_clear(&room->secret);
    g_clear_pointer(&room->tokens, token_keys_free);
    g_clear_pointer(&room->theme, theme_free);
    g_clear_pointer(&room->transport, transport_free);
    g_free(room->from);
    g_free(room);
}

/* Without the slashes at its end. */
static char *trimmed(const char *url)
{
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    return g_strndup(url, length);
}

bool mail_site_read(Store *store, const char *language, MailSite *site, GError **error)
{
    g_autofree char *url = setting_get(store, "url", error);
    g_autofree char *forms = url == NULL ? NULL : setting_get(store, "forms-urls", error);
    g_autofree char *name = forms == NULL ? NULL : setting_get_in(store, "name", language, error);
    g_auto(GStrv) languages = name == NULL ? NULL : setting_languages(store, error);
    g_autofree char *stop =
        languages == NULL ? NULL : setting_get(store, "unsubscribe-mail", error);
    GTimeZone *zone = stop == NULL ? NULL : setting_timezone(store, error);
    if (zone == NULL) {
        return false;
    }
    char *parsed = *stop == '\0' ? NULL : mail_address_parse(stop, NULL);
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    g_auto(GStrv) each = g_strsplit(forms, ",", -1);
    *site = (MailSite){.name = g_steal_pointer(&name),
                       .url = trimmed(url),
                       .host = g_strdup(uri == NULL ? "localhost" : g_uri_get_host(uri)),
                       .forms_url = trimmed(each[0] == NULL ? "" : g_strstrip(each[0])),
                       .first_language = g_strdup(languages[0]),
                       .unsubscribe_mail = parsed == NULL ? g_strdup("") : parsed,
                       .zone = zone};
    return true;
}

void mail_site_clear(MailSite *site)
{
    g_clear_pointer(&site->name, g_free);
    g_clear_pointer(&site->url, g_free);
    g_clear_pointer(&site->host, g_free);
    g_clear_pointer(&site->forms_url, g_free);
    g_clear_pointer(&site->first_language, g_free);
    g_clear_pointer(&site->unsubscribe_mail, g_free);
    g_clear_pointer(&site->zone, g_time_zone_unref);
}

char *mail_site_address(const MailSite *site, const char *path)
{
    size_t length = strlen(path);
    if (strcmp(path, "index.html") == 0) {
        length = 0;
    } else if (g_str_has_suffix(path, "/index.html")) {
        length -= strlen("index.html");
    }
    return g_strdup_printf("%s/%.*s", site->url, (int)length, path);
}

char *mail_site_form(const MailSite *site, const char *language, const char *form,
                     const char *token)
{
    return g_strdup_printf("%s/%s/%s/%s", site->forms_url, language, form, token);
}

bool mailroom_sender(const Mailroom *room, const MailSite *site, char **name, char **address,
                     GError **error)
{
    if (*room->from != '\0') {
        return address_parse_named(room->from, name, address, error);
    }
    *name = g_strdup(site->name);
    *address = g_strdup_printf("noreply@%s", site->host);
    return true;
}

char *mailroom_message_id(const Mailroom *room, const MailSite *site, const char *what)
{
    g_autofree char *hex = secret_mac_hex(&room->secret, "message-id", what);
    return g_strdup_printf("%.32s@%s", hex, site->host);
}
