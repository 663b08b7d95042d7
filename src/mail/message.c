/* Building mails: message.h. What a letter says is letter.c and issue_text.c. */
#include "mail/message.h"

#include "base/clock.h"
#include "base/error.h"

#include <gmime/gmime.h>
#include <string.h>

static bool header_fine(const char *name, const char *value, GError **error)
{
    if (value == NULL) {
        return true;
    }
    for (const char *c = value; *c != '\0'; c++) {
        if (g_ascii_iscntrl(*c)) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "the mail's %s has a control character; it must be one line", name);
        }
    }
    if (strlen(value) > MESSAGE_HEADER_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the mail's %s is longer than %u bytes", name,
                    MESSAGE_HEADER_MAX);
    }
    return g_utf8_validate(value, -1, NULL) ||
           fail(error, KOLOKOL_ERROR_INVALID, "the mail's %s is not UTF-8", name);
}

/* What goes between < and > must not end it. */
bool message_bare_fine(const char *name, const char *value, GError **error)
{
    return header_fine(name, value, error) &&
           (value == NULL || strpbrk(value, "<>, ") == NULL ||
            fail(error, KOLOKOL_ERROR_INVALID, "the mail's %s has a blank, comma or bracket",
                 name));
}

static bool headers_fine(const Message *m, GError **error)
{
    if (strlen(m->text) + (m->html == NULL ? 0 : strlen(m->html)) > MESSAGE_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "a mail has at most %u bytes of text", MESSAGE_MAX);
    }
    return header_fine("sender's name", m->from_name, error) &&
           message_bare_fine("sender", m->from, error) &&
           message_bare_fine("recipient", m->to, error) &&
           header_fine("subject", m->subject, error) &&
           message_bare_fine("Message-ID", m->message_id, error) &&
           message_bare_fine("language", m->language, error) &&
           message_bare_fine("List-Id", m->list_id, error) &&
           header_fine("list's name", m->list_name, error) &&
           message_bare_fine("address to unsubscribe", m->unsubscribe_url, error) &&
           message_bare_fine("mail address to unsubscribe", m->unsubscribe_address, error);
}

static GMimeObject *part_new(const char *subtype, const char *language, const char *text)
{
    GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
    g_mime_text_part_set_charset(part, "utf-8");
    /* Not g_mime_text_part_set_text(): it first looks for the smallest charset. */
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(GMIME_PART(part), content);
    g_object_unref(content);
    g_object_unref(stream);
    g_mime_object_set_header(GMIME_OBJECT(part), "Content-Language", language, NULL);
    GMimeContentEncoding coding =
        g_mime_part_get_best_content_encoding(GMIME_PART(part), GMIME_ENCODING_CONSTRAINT_7BIT);
    /* Long lines of pure ASCII are legal to GMime and not to RFC 5321. */
    g_mime_part_set_content_encoding(GMIME_PART(part),
                                     coding == GMIME_CONTENT_ENCODING_BASE64
                                         ? GMIME_CONTENT_ENCODING_BASE64
                                         : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return GMIME_OBJECT(part);
}

/* The plain one first: the last alternative is the preferred (RFC 2046 5.1.4). The boundary follows
 * from the Message-ID, so that the same mail has the same bytes. */
static GMimeObject *body_new(const Message *m)
{
    GMimeObject *text = part_new("plain", m->language, m->text);
    if (m->html == NULL) {
        return text;
    }
    GMimeObject *html = part_new("html", m->language, m->html);
    GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
    g_autofree char *digest = g_compute_checksum_for_string(
        G_CHECKSUM_SHA256, m->seed == NULL ? m->message_id : m->seed, -1);
    g_autofree char *boundary = g_strdup_printf("=_%.32s", digest);
    g_mime_multipart_set_boundary(both, boundary);
    g_mime_multipart_add(both, text);
    g_mime_multipart_add(both, html);
    g_object_unref(text);
    g_object_unref(html);
    return GMIME_OBJECT(both);
}

/* A header whose bytes we make ourselves: GMime would put an address that is longer than a line
 * into an encoded word, which no machine looks into. */
static void set_raw(GMimeObject *mail, const char *name, const char *value)
{
    g_autofree char *raw = g_strdup_printf(" %s\n", value);
    g_mime_object_set_header(mail, name, "", NULL);
    GMimeHeader *header = g_mime_header_list_get_header(g_mime_object_get_header_list(mail), name);
    g_mime_header_set_raw_value(header, raw);
}

static void set_list(GMimeObject *mail, const Message *m)
{
    bool named = m->list_name != NULL && *m->list_name != '\0';
    g_autofree char *phrase =
        named ? g_mime_utils_header_encode_phrase(NULL, m->list_name, "utf-8") : g_strdup("");
    g_auto(GStrv) words = g_strsplit(phrase, "?= =?", -1);
    g_autofree char *folded = g_strjoinv("?=\n =?", words);
    g_autofree char *id = g_strdup_printf("%s%s<%s>", folded, named ? "\n " : "", m->list_id);
    g_autofree char *to = m->unsubscribe_address == NULL /* RFC 6068 2 */
                              ? NULL
                              : g_uri_escape_string(m->unsubscribe_address, "@!$'*+", FALSE);
    g_autofree char *stop = to == NULL ? g_strdup_printf("<%s>", m->unsubscribe_url)
                                       : g_strdup_printf("<%s>,\n <mailto:%s?subject=unsubscribe>",
                                                         m->unsubscribe_url, to);
    set_raw(mail, "List-Id", id);
    set_raw(mail, "List-Unsubscribe", stop);
    set_raw(mail, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

static void add_mailbox(InternetAddressList *list, const char *name, const char *address)
{
    InternetAddress *mailbox = internet_address_mailbox_new(*name == '\0' ? NULL : name, address);
    internet_address_set_charset(mailbox, "utf-8");
    internet_address_list_add(list, mailbox);
    g_object_unref(mailbox);
}

static GMimeMessage *mail_new(const Message *m)
{
    GMimeMessage *mail = g_mime_message_new(FALSE);
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(m->date / CLOCK_SECOND);
    add_mailbox(g_mime_message_get_from(mail), m->from_name, m->from);
    add_mailbox(g_mime_message_get_to(mail), "", m->to);
    g_mime_message_set_subject(mail, m->subject, "utf-8");
    g_mime_message_set_date(mail, date);
    g_mime_message_set_message_id(mail, m->message_id);
    if (m->automatic) {
        g_mime_object_set_header(GMIME_OBJECT(mail), "Auto-Submitted", "auto-generated", NULL);
    }
    if (m->list_id != NULL) {
        set_list(GMIME_OBJECT(mail), m);
    }
    GMimeObject *body = body_new(m);
    g_mime_message_set_mime_part(mail, body);
    g_object_unref(body);
    return mail;
}

bool message_write(const Message *message, GString *out, GError **error)
{
    static gsize ready;
    if (g_once_init_enter(&ready)) {
        g_mime_init();
        g_once_init_leave(&ready, 1);
    }
    if (!headers_fine(message, error)) {
        return false;
    }
    GMimeMessage *mail = mail_new(message);
    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    GByteArray *bytes = g_byte_array_sized_new(32 * 1024);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    bool written = g_mime_object_write_to_stream(GMIME_OBJECT(mail), options, stream) >= 0;
    g_string_append_len(out, (const char *)bytes->data, bytes->len);
    g_object_unref(stream);
    g_byte_array_unref(bytes);
    g_mime_format_options_free(options);
    g_object_unref(mail);
    return written || fail(error, KOLOKOL_ERROR_IO, "a mail could not be written");
}
