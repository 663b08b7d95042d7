/* Opening the mailroom: newsroom_mail.h. */
#include "main/newsroom_mail.h"

/* A file named in kolokol.ini is relative to the newsroom. */
static char *file_of(const Newsroom *newsroom, IniKey key)
{
    const char *name = newsroom->values[key];
    return *name == '\0' ? g_strdup("") : g_canonicalize_filename(name, newsroom->dir);
}

Mailroom *newsroom_mailroom_indoors(const Newsroom *newsroom, GError **error)
{
    MailroomOptions options = {.keys_dir = newsroom->keys_dir,
                               .theme_dir = newsroom->theme_dir,
                               .from = newsroom->values[INI_MAIL_FROM]};
    return mailroom_open(&options, error);
}

Mailroom *newsroom_mailroom(const Newsroom *newsroom, GError **error)
{
    g_autofree char *outbox = g_build_filename(newsroom->dir, "outbox", NULL);
    g_autofree char *password = file_of(newsroom, INI_MAIL_PASSWORD_FILE);
    g_autofree char *ca = file_of(newsroom, INI_MAIL_CA_FILE);
    g_autofree char *dkim = file_of(newsroom, INI_MAIL_DKIM_KEY_FILE);
    MailroomOptions options = {.keys_dir = newsroom->keys_dir,
                               .theme_dir = newsroom->theme_dir,
                               .outbox_dir = outbox,
                               .transport = newsroom->values[INI_MAIL_TRANSPORT],
                               .url = newsroom->values[INI_MAIL_URL],
                               .password_file = password,
                               .ca_file = ca,
                               .dkim_selector = newsroom->values[INI_MAIL_DKIM_SELECTOR],
                               .dkim_key_file = dkim,
                               .from = newsroom->values[INI_MAIL_FROM]};
    return mailroom_open(&options, error);
}
