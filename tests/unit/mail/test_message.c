#include "mail/message.h"

#include "base/clock.h"
#include "base/error.h"

#include <gmime/gmime.h>
#include <string.h>

static Message plain(void)
{
    return (Message){.from_name = "The Bell",
                     .from = "letters@bell.example",
                     .to = "a@reader.example",
                     .subject = "Hello",
                     .message_id = "abc@bell.example",
                     .date = INT64_C(1796547600) * CLOCK_SECOND,
                     .language = "en",
                     .text = "line\n.dot\n",
                     .html = "<p>line</p>\n"};
}

static GMimeMessage *parse(const GString *bytes)
{
    g_auto(GStrv) lines = g_strsplit(bytes->str, "\r\n", -1);
    g_autofree char *unix_text = g_strjoinv("\n", lines);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(unix_text, strlen(unix_text));
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *mail = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    g_assert_nonnull(mail);
    return mail;
}

/* What every mail must be on the wire: 7 bit, CRLF, no line over 998. */
static void check_wire(const GString *bytes)
{
    size_t line = 0;
    for (size_t i = 0; i < bytes->len; i++) {
        guint8 byte = (guint8)bytes->str[i];
        g_assert_cmpuint(byte, <, 0x80);
        g_assert_cmpuint(byte, !=, 0);
        g_assert_true((byte != '\n') || (i > 0 && bytes->str[i - 1] == '\r'));
        line = byte == '\n' ? 0 : line + 1;
        g_assert_cmpuint(line, <=, 998);
    }
}

static char *part_text(GMimeMessage *mail, int index)
{
    GMimeMultipart *both = GMIME_MULTIPART(g_mime_message_get_mime_part(mail));
    return g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, index)));
}

/* A header's text. Each encoded word stands by itself (RFC 2047 2); GMime's reader joins them first
 * and then stops at the padding. */
static char *header_text(GMimeMessage *mail, const char *name)
{
    GMimeHeader *header =
        g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(mail)), name);
    g_auto(GStrv) words =
        g_regex_split_simple("(?<=\\?=)\\s+(?==\\?)", g_mime_header_get_raw_value(header), 0, 0);
    g_autoptr(GString) text = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++) {
        g_autofree char *part = g_mime_utils_header_decode_text(NULL, g_strstrip(*word));
        g_string_append(text, part);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void test_simple(void)
{
    Message m = plain();
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(message_write(&m, out, NULL));
    check_wire(out);
    GMimeMessage *mail = parse(out);
    g_assert_cmpstr(g_mime_message_get_subject(mail), ==, "Hello");
    g_assert_cmpstr(g_mime_message_get_message_id(mail), ==, "abc@bell.example");
    g_autofree char *text = part_text(mail, 0), *html = part_text(mail, 1);
    g_assert_cmpstr(text, ==, "line\n.dot\n");
    g_assert_cmpstr(html, ==, "<p>line</p>\n");
    g_assert_null(strstr(out->str, "List-"));
    g_assert_null(strstr(out->str, "Auto-Submitted"));
    g_assert_null(strstr(out->str, "User-Agent"));
    g_object_unref(mail);
    g_autoptr(GString) again = g_string_new(NULL);
    g_assert_true(message_write(&m, again, NULL));
    g_assert_cmpstr(out->str, ==, again->str); /* the same mail has the same bytes */
}

static void test_languages(void)
{
    static const char *const texts[] = {
        ("Портовый колокол: «Снег» и ещё одна длинная тема, которая не "
         "помещается в одну строку заголовка письма"),
        "جرس الميناء", "新聞", "Ärger “quoted” — 🔔"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        Message m = plain();
        g_autoptr(GString) out = g_string_new(NULL);
        m.subject = m.from_name = m.list_name = m.text = m.html = texts[i];
        m.list_id = "weekly.bell.example";
        m.unsubscribe_url = "https://forms.bell.example/ru/unsubscribe/1.1.unsubscribe.12.0.abc";
        g_assert_true(message_write(&m, out, NULL));
        check_wire(out);
        GMimeMessage *mail = parse(out);
        g_autofree char *text = part_text(mail, 0);
        g_assert_cmpstr(text, ==, texts[i]);
        g_autofree char *subject = header_text(mail, "Subject");
        g_autofree char *from = header_text(mail, "From");
        g_assert_cmpstr(subject, ==, texts[i]);
        g_assert_true(g_str_has_suffix(from, "<letters@bell.example>"));
        g_assert_null(strstr(out->str, "windows-125"));
        g_assert_null(strstr(out->str, "iso-8859"));
        g_assert_nonnull(strstr(out->str, "<weekly.bell.example>"));
        g_object_unref(mail);
    }
}

/* The address to unsubscribe stands there in plain letters, however long. */
static void test_list(void)
{
    Message m = plain();
    g_autofree char *token = g_strnfill(150, 'x');
    g_autofree char *url = g_strconcat("https://forms.bell.example/en/unsubscribe/", token, NULL);
    g_autofree char *header = g_strdup_printf("\r\nList-Unsubscribe: <%s>\r\n", url);
    g_autoptr(GString) out = g_string_new(NULL);
    m.list_id = "weekly.bell.example";
    m.unsubscribe_url = url;
    g_assert_true(message_write(&m, out, NULL));
    check_wire(out);
    g_assert_nonnull(strstr(out->str, header));
    g_assert_nonnull(strstr(out->str, "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    g_assert_nonnull(strstr(out->str, "\r\nList-Id: <weekly.bell.example>\r\n"));
    m.unsubscribe_address = "stop@bell.example";
    m.automatic = true;
    g_string_truncate(out, 0);
    g_assert_true(message_write(&m, out, NULL));
    g_assert_nonnull(strstr(out->str, "\r\n <mailto:stop@bell.example?subject=unsubscribe>\r\n"));
    g_assert_nonnull(strstr(out->str, "\r\nAuto-Submitted: auto-generated\r\n"));
}

static void refused(const Message *m, int code)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new("before");
    g_assert_false(message_write(m, out, &error));
    g_assert_error(error, KOLOKOL_ERROR, code);
    g_assert_cmpstr(out->str, ==, "before");
}

/* No header can be ended from inside, whichever it is. */
static void test_injection(void)
{
    static const char *const bad[] = {
        "a\r\nBcc: x@y.example", "a\nBcc: x@y.example", "a\rb", "a\tb", "a\x7f", "\xff\xfe"};
    static const size_t fields[] = {offsetof(Message, from_name),
                                    offsetof(Message, from),
                                    offsetof(Message, to),
                                    offsetof(Message, subject),
                                    offsetof(Message, message_id),
                                    offsetof(Message, language),
                                    offsetof(Message, list_id),
                                    offsetof(Message, list_name),
                                    offsetof(Message, unsubscribe_url),
                                    offsetof(Message, unsubscribe_address)};
    for (size_t f = 0; f < G_N_ELEMENTS(fields); f++) {
        for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
            Message m = plain();
            m.list_id = "l.bell.example";
            m.unsubscribe_url = "https://f.example/x";
            *(const char **)(void *)((char *)&m + fields[f]) = bad[i];
            refused(&m, KOLOKOL_ERROR_INVALID);
        }
    }
    Message m = plain();
    m.to = "a@b.example>, <c@d.example";
    refused(&m, KOLOKOL_ERROR_INVALID);
    g_autofree char *long_text = g_strnfill(2000, 'x');
    m = plain();
    m.subject = long_text;
    refused(&m, KOLOKOL_ERROR_LIMIT);
    g_autofree char *too_much = g_strnfill(MESSAGE_MAX + 1, 'x');
    m = plain();
    m.text = too_much;
    refused(&m, KOLOKOL_ERROR_LIMIT);
}

static void test_text_only(void)
{
    Message m = plain();
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *line = g_strnfill(5000, 'x');
    m.html = NULL;
    m.text = line;
    g_assert_true(message_write(&m, out, NULL));
    check_wire(out);
    g_assert_null(strstr(out->str, "multipart"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/message/simple", test_simple);
    g_test_add_func("/message/languages", test_languages);
    g_test_add_func("/message/list", test_list);
    g_test_add_func("/message/injection", test_injection);
    g_test_add_func("/message/text-only", test_text_only);
    return g_test_run();
}
