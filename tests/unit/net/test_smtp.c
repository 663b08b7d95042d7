#include "net/smtp.h"

#include "base/error.h"
#include "base/fault.h"
#include "doubles/sink.h"
#include "doubles/stores.h"

#include <gio/gio.h>
#include <string.h>

static const char message[] = "Subject: a\r\n\r\nline\r\n.dot\r\n..two\r\n";

static Smtp *client(const char *url)
{
    SmtpOptions options = {.url = url, .connect_seconds = 5, .message_seconds = 5};
    g_autoptr(GError) error = NULL;
    Smtp *smtp = smtp_new(&options, &error);
    g_assert_no_error(error);
    return smtp;
}

static SmtpReply send_one(Smtp *smtp)
{
    SmtpReply reply;
    smtp_send(smtp, "a@paper.example", "b@reader.example", message, strlen(message), &reply);
    return reply;
}

static unsigned taken(const Sink *sink)
{
    g_autoptr(GPtrArray) all = sink_messages(sink);
    return all->len;
}

static void test_accepted(void)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    g_autoptr(Smtp) smtp = client(sink_url(sink));
    for (unsigned i = 0; i < 3; i++) {
        SmtpReply reply = send_one(smtp);
        g_assert_cmpstr(reply.text, !=, "");
        g_assert_cmpint(reply.outcome, ==, SMTP_ACCEPTED);
        g_assert_cmpint(reply.code, ==, 250);
        g_assert_cmpstr(reply.enhanced, ==, "2.0.0");
    }
    g_autoptr(GPtrArray) all = sink_messages(sink);
    g_assert_cmpuint(all->len, ==, 3);
    const char *text = all->pdata[0];
    g_assert_nonnull(strstr(text, "X-Mail-Args: <a@paper.example>"));
    g_assert_nonnull(strstr(text, "X-Rcpt-Args: <b@reader.example>"));
    g_assert_nonnull(strstr(text, "\nline\n.dot\n..two\n"));
}

/* Each command refused for good and for now: what that means, and that nothing was taken. */
static void test_refused(void)
{
    static const struct {
        const char *option, *command;
        SmtpOutcome outcome;
        int code;
    } cases[] = {
        {"-f", "rcpt", SMTP_REJECTED, 500},       {"-r", "rcpt", SMTP_DEFERRED, 450},
        {"-f", "data", SMTP_REJECTED, 500},       {"-r", "data", SMTP_DEFERRED, 450},
        {"-f", ".", SMTP_REJECTED, 500},          {"-r", ".", SMTP_DEFERRED, 450},
        {"-f", "mail", SMTP_UNREACHABLE, 500},    {"-r", "mail", SMTP_UNREACHABLE, 450},
        {"-f", "connect", SMTP_UNREACHABLE, 500}, {"-r", "connect", SMTP_UNREACHABLE, 450},
        {"-Q", "rcpt", SMTP_DEFERRED, 421},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *options[] = {cases[i].option, cases[i].command, NULL};
        g_autoptr(Sink) sink = sink_start(options);
        g_autoptr(Smtp) smtp = client(sink_url(sink));
        SmtpReply reply = send_one(smtp);
        g_test_message("%s %s: %s %d %s", cases[i].option, cases[i].command,
                       smtp_outcome_name(reply.outcome), reply.code, reply.text);
        g_assert_cmpint(reply.outcome, ==, cases[i].outcome);
        g_assert_cmpint(reply.code / 100, ==, cases[i].code / 100);
    }
}

/* The connection ends at each command. Only after the final dot is it not known. */
static void test_broken(void)
{
    static const struct {
        const char *command;
        SmtpOutcome outcome;
    } cases[] = {
        {"connect", SMTP_UNREACHABLE}, {"ehlo", SMTP_UNREACHABLE}, {"mail", SMTP_UNREACHABLE},
        {"rcpt", SMTP_UNREACHABLE},    {"data", SMTP_UNREACHABLE}, {".", SMTP_UNCERTAIN},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *options[] = {"-q", cases[i].command, NULL};
        g_autoptr(Sink) sink = sink_start(options);
        g_autoptr(Smtp) smtp = client(sink_url(sink));
        SmtpReply reply = send_one(smtp);
        g_test_message("-q %s: %s %d %s", cases[i].command, smtp_outcome_name(reply.outcome),
                       reply.code, reply.text);
        g_assert_cmpint(reply.outcome, ==, cases[i].outcome);
        g_assert_cmpint(reply.code, ==, 0);
        g_assert_cmpstr(reply.text, !=, "");
    }
}

/* A client outlives its server's rest. */
static void test_again(void)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    g_autoptr(Smtp) smtp = client(sink_url(sink));
    g_assert_cmpint(send_one(smtp).outcome, ==, SMTP_ACCEPTED);
    sink_stop(sink);
    g_assert_cmpint(send_one(smtp).outcome, ==, SMTP_UNREACHABLE);
    sink_again(sink, NULL);
    g_assert_cmpint(send_one(smtp).outcome, ==, SMTP_ACCEPTED);
    g_assert_cmpuint(taken(sink), ==, 2);
}

static void test_options(void)
{
    static const SmtpOptions wrong[] = {
        {.url = ""},
        {.url = "http://host"},
        {.url = "smtp://"},
        {.url = "smtp://host:99999"},
        {.url = "smtp://user:secret@host"},
        {.url = "smtp://user@host"},
        {.url = "smtp://host", .password = "x"},
        {.url = "smtp://host", .ca_file = "/nothing/here.pem"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(smtp_new(&wrong[i], &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    g_autoptr(Smtp) fine = client("smtp://[::1]:1");
    g_assert_cmpint(send_one(fine).outcome, ==, SMTP_UNREACHABLE);
}

static void test_fault(void)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    g_autoptr(Smtp) smtp = client(sink_url(sink));
    fault_plan(FAULT_SOCKET, 1, false);
    g_assert_cmpint(send_one(smtp).outcome, ==, SMTP_UNREACHABLE);
    fault_end();
    g_assert_cmpuint(taken(sink), ==, 0);
}

/* ---- TLS and log-in: "tls.localhost" is this machine, and not by a name that we excuse from TLS
 * ---- */

typedef struct {
    GSubprocess *process;
    char *folder, *certificate, *url;
} TlsServer;

static void tls_server_clear(TlsServer *server)
{
    g_output_stream_close(g_subprocess_get_stdin_pipe(server->process), NULL, NULL);
    g_subprocess_wait(server->process, NULL, NULL);
    g_object_unref(server->process);
    stores_remove_tree(server->folder);
    g_free(server->folder);
    g_free(server->certificate);
    g_free(server->url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TlsServer, tls_server_clear)

static void make_certificate(const char *certificate, const char *key)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) openssl = g_subprocess_new(
        G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl", "req", "-x509", "-newkey", "rsa:2048",
        "-nodes", "-days", "2", "-subj", "/CN=tls.localhost", "-addext",
        "subjectAltName=DNS:tls.localhost", "-out", certificate, "-keyout", key, NULL);
    g_assert_no_error(error);
    g_assert_true(g_subprocess_wait_check(openssl, NULL, NULL));
}

static void tls_server_start(TlsServer *server)
{
    g_autoptr(GError) error = NULL;
    server->folder = g_dir_make_tmp("kolokol-tls-XXXXXX", NULL);
    server->certificate = g_build_filename(server->folder, "cert.pem", NULL);
    g_autofree char *key = g_build_filename(server->folder, "key.pem", NULL);
    g_autofree char *script =
        g_build_filename(g_getenv("KOLOKOL_SOURCE"), "tests/doubles/smtp_tls.py", NULL);
    make_certificate(server->certificate, key);
    server->process =
        g_subprocess_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                         "/usr/bin/python3", script, server->certificate, key, NULL);
    g_assert_no_error(error);
    g_autoptr(GDataInputStream) lines =
        g_data_input_stream_new(g_subprocess_get_stdout_pipe(server->process));
    g_autofree char *port = g_data_input_stream_read_line(lines, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_nonnull(port);
    server->url = g_strdup_printf("smtp://letters@tls.localhost:%s", port);
}

static SmtpReply send_with(const char *url, const char *password, const char *certificates)
{
    SmtpOptions options = {.url = url, .password = password, .ca_file = certificates};
    g_autoptr(GError) error = NULL;
    g_autoptr(Smtp) smtp = smtp_new(&options, &error);
    g_assert_no_error(error);
    return send_one(smtp);
}

static void test_tls(void)
{
    g_auto(TlsServer) server = {0};
    tls_server_start(&server);
    SmtpReply fine = send_with(server.url, "right", server.certificate);
    g_test_message("%s", fine.text);
    g_assert_cmpint(fine.outcome, ==, SMTP_ACCEPTED);
    /* A wrong password and a certificate that nobody vouches for are nobody's fault among readers.
     */
    g_assert_cmpint(send_with(server.url, "wrong", server.certificate).outcome, ==,
                    SMTP_UNREACHABLE);
    g_assert_cmpint(send_with(server.url, "right", NULL).outcome, ==, SMTP_UNREACHABLE);
}

/* A server without TLS that is not this machine gets neither mail nor password. */
static void test_tls_demanded(void)
{
    g_autoptr(Sink) sink = sink_start(NULL);
    const char *port = strrchr(sink_url(sink), ':');
    g_autofree char *url = g_strconcat("smtp://tls.localhost", port, NULL);
    g_assert_cmpint(send_with(url, NULL, NULL).outcome, ==, SMTP_UNREACHABLE);
    g_assert_cmpuint(taken(sink), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/smtp/accepted", test_accepted);
    g_test_add_func("/smtp/refused", test_refused);
    g_test_add_func("/smtp/broken", test_broken);
    g_test_add_func("/smtp/again", test_again);
    g_test_add_func("/smtp/options", test_options);
    g_test_add_func("/smtp/fault", test_fault);
    g_test_add_func("/smtp/tls", test_tls);
    g_test_add_func("/smtp/tls-demanded", test_tls_demanded);
    return g_test_run();
}
