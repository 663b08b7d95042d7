/* The ways out by themselves; SMTP's answers are tests/unit/net/test_smtp.c and test_deliver.c. */
#include "mail/transport.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "doubles/sink.h"
#include "doubles/stores.h"

#include <glib/gstdio.h>
#include <string.h>

static Envelope envelope(const char *id)
{
    return (Envelope){.from = "a@bell.example",
                      .to = "b@reader.example",
                      .message_id = id,
                      .date = INT64_C(1795600800) * CLOCK_SECOND};
}

static guint files(const char *folder)
{
    guint count = 0;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    while (g_dir_read_name(dir) != NULL) {
        count++;
    }
    return count;
}

/* One file a mail, however often it is written, that its owner alone can read. */
static void test_outbox(void)
{
    g_autofree char *folder = g_dir_make_tmp("kolokol-outbox-XXXXXX", NULL), *text = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(Transport) transport = transport_outbox(folder, &error);
    g_assert_no_error(error);
    SmtpReply reply;
    Envelope one = envelope("1@bell.example"), two = envelope("2@bell.example");
    transport_send(transport, &one, "Subject: x\r\n\r\n", 14, &reply);
    g_assert_cmpint(reply.outcome, ==, SMTP_ACCEPTED);
    g_assert_true(g_str_has_prefix(reply.text, "outbox/20261125T100000-"));
    g_autofree char *path = g_build_filename(folder, strchr(reply.text, '/') + 1, NULL);
    transport_send(transport, &one, "Subject: y\r\n\r\n", 14, &reply);
    g_assert_cmpuint(files(folder), ==, 1);
    transport_send(transport, &two, "Subject: z\r\n\r\n", 14, &reply);
    g_assert_cmpuint(files(folder), ==, 2);
    GStatBuf status;
    g_assert_cmpint(g_stat(path, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 0777, ==, 0600);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "Subject: y\r\n\r\n");
    stores_remove_tree(folder);
}

/* A full disk is nobody's fault among the recipients. */
static void test_full(void)
{
    g_autofree char *folder = g_dir_make_tmp("kolokol-outbox-XXXXXX", NULL);
    g_autoptr(Transport) transport = transport_outbox(folder, NULL);
    Envelope one = envelope("1@bell.example");
    for (uint64_t nth = 1; nth <= 3; nth++) {
        SmtpReply reply;
        fault_plan(FAULT_FILE, nth, true);
        transport_send(transport, &one, "x", 1, &reply);
        fault_end();
        g_assert_cmpint(reply.outcome, ==, SMTP_UNREACHABLE);
        g_assert_cmpstr(reply.text, !=, "");
    }
    stores_remove_tree(folder);
}

/* Through a real server: what it was handed begins with the signatures, and the rest is as it was.
 */
static void test_signed(void)
{
    static const char message[] = "From: a@bell.example\r\nSubject: x\r\n\r\n.dot\r\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(SigningKey) key = signing_key_new(SIGNING_ED25519, &error);
    char *pem = signing_key_pem(key);
    Dkim *dkim = dkim_new("bell1", pem, strlen(pem), &error);
    g_assert_no_error(error);
    signing_key_pem_free(pem);
    g_autoptr(Sink) sink = sink_start(NULL);
    SmtpOptions options = {.url = sink_url(sink), .connect_seconds = 5, .message_seconds = 5};
    g_autoptr(Transport) transport = transport_smtp(&options, dkim, &error);
    g_assert_no_error(error);
    SmtpReply reply;
    Envelope one = envelope("1@bell.example");
    transport_send(transport, &one, message, strlen(message), &reply);
    g_assert_cmpint(reply.outcome, ==, SMTP_ACCEPTED);
    g_autoptr(GPtrArray) all = sink_messages(sink);
    g_assert_cmpuint(all->len, ==, 1);
    const char *text = strstr(all->pdata[0], "DKIM-Signature: v=1; a=ed25519-sha256;");
    g_assert_nonnull(text);
    g_assert_nonnull(strstr(text, "d=bell.example; s=bell1;"));
    g_assert_true(strstr(text, "\nFrom: a@bell.example\nSubject: x\n\n.dot\n") != NULL);
    /* Who has no domain cannot be signed for: nothing leaves, and no recipient is blamed. */
    one.from = "nobody";
    transport_send(transport, &one, message, strlen(message), &reply);
    g_assert_cmpint(reply.outcome, ==, SMTP_UNREACHABLE);
    g_assert_nonnull(strstr(reply.text, "no domain"));
    g_autoptr(GPtrArray) after = sink_messages(sink);
    g_assert_cmpuint(after->len, ==, 1);
}

static void test_refused(void)
{
    g_autoptr(GError) error = NULL;
    SmtpOptions options = {.url = "http://bell.example"};
    g_assert_null(transport_smtp(&options, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_null(transport_outbox("/proc/no/such/place", &error));
    g_assert_nonnull(error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/transport/outbox", test_outbox);
    g_test_add_func("/transport/full", test_full);
    g_test_add_func("/transport/refused", test_refused);
    g_test_add_func("/transport/signed", test_signed);
    return g_test_run();
}
