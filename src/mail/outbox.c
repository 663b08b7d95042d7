/* Listing and taking apart: outbox.h. Writing is transport.c; the page is outbox_office.c. */
#include "mail/outbox.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <gmime/gmime.h>
#include <string.h>
#include <unistd.h>

void outbox_mail_free(OutboxMail *mail)
{
    if (mail != NULL) {
        g_free(mail->name);
        g_free(mail->from);
        g_free(mail->to);
        g_free(mail->subject);
        g_free(mail->head);
        g_free(mail->text);
        g_free(mail->html);
        g_free(mail);
    }
}

bool outbox_name_good(const char *name)
{
    const char *dash = strchr(name, '-');
    return strlen(name) < OUTBOX_NAME && g_str_has_suffix(name, ".eml") && dash != NULL &&
           (size_t)(dash - name) == strspn(name, "0123456789T") && dash > name &&
           strspn(dash + 1, "0123456789abcdef") == strlen(dash + 1) - strlen(".eml");
}

/* ---- Names ---------------------------------------------------------------------------------- */

static int newest_first(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)b, *(const char *const *)a);
}

/* -1 if there is no such directory, which is no error. */
static int open_box(const char *path, GError **error)
{
    int box = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (box < 0 && errno != ENOENT) {
        fail(error, KOLOKOL_ERROR_IO, "cannot look into %s: %s", path, g_strerror(errno));
    }
    return box;
}

static GPtrArray *names_in(int box)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    int copy = fcntl(box, F_DUPFD_CLOEXEC, 0);
    DIR *directory = copy < 0 ? NULL : fdopendir(copy);
    const struct dirent *entry;
    while (directory != NULL && names->len < OUTBOX_SCANNED &&
           (entry = readdir(directory)) != NULL) {
        if (outbox_name_good(entry->d_name)) {
            g_ptr_array_add(names, g_strdup(entry->d_name));
        }
    }
    if (directory != NULL) {
        closedir(directory);
    } else if (copy >= 0) {
        close(copy);
    }
    g_ptr_array_sort(names, newest_first);
    return names;
}

/* ---- A mail --------------------------------------------------------------------------------- */

static GMimeMessage *parse(const char *bytes, size_t length)
{
    static gsize once;
    if (g_once_init_enter(&once)) {
        g_mime_init();
        g_once_init_leave(&once, 1);
    }
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

static char *addresses(InternetAddressList *list)
{
    return list == NULL ? g_strdup("") : internet_address_list_to_string(list, NULL, FALSE);
}

static char *valid(const char *text)
{
    return text == NULL ? g_strdup("") : g_utf8_make_valid(text, -1);
}

static void take_head(OutboxMail *mail, GMimeMessage *message)
{
    g_autofree char *from = addresses(g_mime_message_get_from(message));
    g_autofree char *to = addresses(g_mime_message_get_to(message));
    GDateTime *date = g_mime_message_get_date(message);
    mail->from = valid(from);
    mail->to = valid(to);
    mail->subject = valid(g_mime_message_get_subject(message));
    mail->date = date == NULL ? 0 : g_date_time_to_unix(date) * CLOCK_SECOND;
}

/* The first part of each kind. */
static void take_part(GMimeObject *parent, GMimeObject *part, gpointer data)
{
    OutboxMail *mail = data;
    GMimeContentType *type = g_mime_object_get_content_type(part);
    bool html = g_mime_content_type_is_type(type, "text", "html");
    char **place = html ? &mail->html : &mail->text;
    if (GMIME_IS_TEXT_PART(part) && *place == NULL &&
        (html || g_mime_content_type_is_type(type, "text", "plain"))) {
        g_autofree char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
        *place = valid(text);
    }
}

/* Up to the empty line, or all there is. */
static char *head_of(const char *bytes, size_t length)
{
    size_t most = MIN(length, OUTBOX_HEAD);
    const char *end = memmem(bytes, most, "\r\n\r\n", 4);
    g_autofree char *head = g_strndup(bytes, end != NULL ? (size_t)(end - bytes) : most);
    g_auto(GStrv) lines = g_strsplit(head, "\r", -1);
    g_autofree char *joined = g_strjoinv("", lines);
    return g_utf8_make_valid(joined, -1);
}

static OutboxMail *mail_of(const char *name, const char *bytes, size_t length, bool whole,
                           GError **error)
{
    GMimeMessage *message = parse(bytes, length);
    if (message == NULL) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "outbox/%s is no mail", name);
        return NULL;
    }
    OutboxMail *mail = g_new0(OutboxMail, 1);
    mail->name = g_strdup(name);
    mail->head = head_of(bytes, length);
    take_head(mail, message);
    if (whole) {
        g_mime_message_foreach(message, take_part, mail);
    }
    g_object_unref(message);
    return mail;
}

/* ---- What is asked for ---------------------------------------------------------------------- */

/* Its first bytes suffice: a mail cut short is parsed as far as it goes. */
static OutboxMail *read_head(int box, const char *name)
{
    FILE_AUTO file = openat(box, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    g_autofree char *bytes = g_malloc(OUTBOX_HEAD);
    ssize_t got = file < 0 ? -1 : read(file, bytes, OUTBOX_HEAD);
    return got <= 0 ? NULL : mail_of(name, bytes, (size_t)got, false, NULL);
}

GPtrArray *outbox_list(const char *directory, unsigned most, unsigned *count, GError **error)
{
    g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)outbox_mail_free);
    g_autoptr(GError) reason = NULL;
    FILE_AUTO box = open_box(directory, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    *count = 0;
    if (box < 0) {
        return g_steal_pointer(&mails);
    }
    g_autoptr(GPtrArray) names = names_in(box);
    *count = names->len;
    for (guint i = 0; i < names->len && mails->len < most; i++) {
        OutboxMail *mail = read_head(box, names->pdata[i]);
        if (mail != NULL) {
            g_ptr_array_add(mails, mail);
        }
    }
    return g_steal_pointer(&mails);
}

OutboxMail *outbox_read(const char *directory, const char *name, GError **error)
{
    g_autoptr(GError) reason = NULL;
    FILE_AUTO box = outbox_name_good(name) ? open_box(directory, &reason) : -1;
    if (box < 0) {
        if (reason != NULL) {
            g_propagate_error(error, g_steal_pointer(&reason));
        } else {
            fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such mail in outbox/");
        }
        return NULL;
    }
    g_autoptr(GBytes) bytes = file_read_at(box, name, OUTBOX_MAIL, error);
    return bytes == NULL
               ? NULL
               : mail_of(name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), true, error);
}
