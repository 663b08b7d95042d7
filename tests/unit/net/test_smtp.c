#include "net/smtp.h"

#include "base/error.h"
#include "base/fault.h"
#include "doubles/sink.h"

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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/smtp/accepted", test_accepted);
    g_test_add_func("/smtp/refused", test_refused);
    g_test_add_func("/smtp/broken", test_broken);
    g_test_add_func("/smtp/again", test_again);
    g_test_add_func("/smtp/options", test_options);
    g_test_add_func("/smtp/fault", test_fault);
    return g_test_run();
}
