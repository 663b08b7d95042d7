/* SMTP over libcurl: smtp.h. Building messages is not here (mail/message.c). */
#include "net/smtp.h"

#include "base/error.h"
#include "base/fault.h"

#include <curl/curl.h>
#include <string.h>
#include <unistd.h>

#define CONNECT_SECONDS 30
#define MESSAGE_SECONDS 120

struct Smtp {
    CURL *curl;

    /* Of the message under way: */
    const char *message;
    size_t length, at;
    bool finished; /* curl has been told of the end, so the final dot follows */
    SmtpReply *reply;
    char trouble[CURL_ERROR_SIZE];
};

static size_t give(char *buffer, size_t size, size_t count, void *data)
{
    Smtp *smtp = data;
    size_t rest = smtp->length - smtp->at;
    size_t part = MIN(rest, size * count);
    memcpy(buffer, smtp->message + smtp->at, part);
    smtp->at += part;
    smtp->finished = smtp->finished || part == 0; /* then curl writes the final dot */
    return part;
}

/* "250 2.0.0 queued": code and enhanced code; letters that a terminal could obey become '?'. The
 * answer to QUIT, which curl sends after a refusal, is no news. */
static void read_answer(SmtpReply *reply, const char *line, size_t length)
{
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) {
        length--;
    }
    if (length < 3 || !g_ascii_isdigit(line[0]) || !g_ascii_isdigit(line[1]) ||
        !g_ascii_isdigit(line[2]) || strncmp(line, "221", 3) == 0) {
        return;
    }
    reply->code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    size_t kept = MIN(length, SMTP_TEXT_MAX);
    for (size_t i = 0; i < kept; i++) {
        reply->text[i] = line[i] >= ' ' && line[i] <= '~' ? line[i] : '?';
    }
    reply->text[kept] = '\0';
    reply->enhanced[0] = '\0';
    size_t end = 4;
    while (end < kept && (g_ascii_isdigit(reply->text[end]) || reply->text[end] == '.')) {
        end++;
    }
    size_t number = end > 4 ? end - 4 : 0;
    if (number >= 5 && number < sizeof reply->enhanced && reply->text[4] == line[0] &&
        reply->text[5] == '.') {
        memcpy(reply->enhanced, reply->text + 4, number);
        reply->enhanced[number] = '\0';
    }
}

static size_t answered(char *line, size_t size, size_t count, void *data)
{
    Smtp *smtp = data;
    if (smtp->reply != NULL) {
        read_answer(smtp->reply, line, size * count);
    }
    return size * count;
}

static bool local(const char *host)
{
    return strcmp(host, "localhost") == 0 || g_str_has_prefix(host, "127.") ||
           strcmp(host, "::1") == 0 || strcmp(host, "[::1]") == 0;
}

/* The server's address for curl, whose path is the name that we give in EHLO. */
static char *address_of(const SmtpOptions *options, char **user, bool *is_local, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(options->url, G_URI_FLAGS_HAS_PASSWORD, NULL);
    const char *scheme = uri == NULL ? "" : g_uri_get_scheme(uri);
    const char *host = uri == NULL ? NULL : g_uri_get_host(uri);
    if ((strcmp(scheme, "smtp") != 0 && strcmp(scheme, "smtps") != 0) || host == NULL ||
        *host == '\0' || g_uri_get_query(uri) != NULL) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "\"%.100s\" is not an address like smtp://host:587 or smtps://host", options->url);
        return NULL;
    }
    if (g_uri_get_password(uri) != NULL) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "the password does not belong in the address of the mail server: put it into a file");
        return NULL;
    }
    char name[256] = "localhost";
    if (options->hello == NULL) {
        gethostname(name, sizeof name - 1);
    }
    *user = g_strdup(g_uri_get_user(uri));
    *is_local = local(host);
    bool bare = strchr(host, ':') != NULL;
    g_autofree char *port =
        g_uri_get_port(uri) < 0 ? g_strdup("") : g_strdup_printf(":%d", g_uri_get_port(uri));
    return g_strdup_printf("%s://%s%s%s%s/%s", scheme, bare ? "[" : "", host, bare ? "]" : "", port,
                           options->hello == NULL ? name : options->hello);
}

static bool configure(Smtp *smtp, const SmtpOptions *options, GError **error)
{
    g_autofree char *user = NULL;
    bool is_local = false;
    g_autofree char *url = address_of(options, &user, &is_local, error);
    if (url == NULL) {
        return false;
    }
    if ((user == NULL) != (options->password == NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    user == NULL
                        ? "there is a password for the mail server and no user: smtp://USER@HOST"
                        : "there is a user for the mail server and no password");
    }
    CURL *curl = smtp->curl;
    long tls = is_local || options->tls_optional ? CURLUSESSL_TRY : CURLUSESSL_ALL;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, tls);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, answered);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, smtp);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, smtp->trouble);
    curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(
        curl, CURLOPT_CONNECTTIMEOUT,
        (long)(options->connect_seconds > 0 ? options->connect_seconds : CONNECT_SECONDS));
    curl_easy_setopt(
        curl, CURLOPT_TIMEOUT,
        (long)(options->message_seconds > 0 ? options->message_seconds : MESSAGE_SECONDS));
    if (user != NULL) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, options->password);
    }
    if (options->ca_file != NULL && *options->ca_file != '\0') {
        if (access(options->ca_file, R_OK) != 0) {
            return fail(error, KOLOKOL_ERROR_INVALID, "cannot read the certificates in %s",
                        options->ca_file);
        }
        curl_easy_setopt(curl, CURLOPT_CAINFO, options->ca_file);
    }
    return true;
}

Smtp *smtp_new(const SmtpOptions *options, GError **error)
{
    static gsize ready;
    if (g_once_init_enter(&ready)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        g_once_init_leave(&ready, 1);
    }
    g_autoptr(Smtp) smtp = g_new0(Smtp, 1);
    smtp->curl = curl_easy_init();
    if (smtp->curl == NULL) {
        fail(error, KOLOKOL_ERROR_IO, "libcurl does not start");
        return NULL;
    }
    return configure(smtp, options, error) ? g_steal_pointer(&smtp) : NULL;
}

void smtp_free(Smtp *smtp)
{
    if (smtp != NULL) {
        curl_easy_cleanup(smtp->curl);
        g_free(smtp);
    }
}

/* What failed, where the server's own answer does not say it. */
static void say(SmtpReply *reply, const char *what)
{
    g_strlcpy(reply->text, what, sizeof reply->text);
}

/* Up to the first command that concerns this message, the sender's address included: the same would
 * happen to any other. Curl says SEND_ERROR for a refused MAIL, RCPT and DATA, and
 * WEIRD_SERVER_REPLY for a refused greeting and for a refused message. */
static bool before_recipient(const Smtp *smtp, CURLcode result, bool negative)
{
    if (smtp->finished || smtp->at > 0) {
        return false;
    }
    return !negative || result != CURLE_SEND_ERROR ||
           g_str_has_prefix(smtp->trouble, "MAIL failed");
}

/* How far did it come? */
static SmtpOutcome judge(const Smtp *smtp, CURLcode result, SmtpReply *reply)
{
    if (result == CURLE_OK) {
        return SMTP_ACCEPTED;
    }
    bool negative = reply->code >= 400 && reply->code <= 599;
    if (!negative) { /* the last answer was to something else */
        say(reply, smtp->trouble[0] != '\0' ? smtp->trouble : curl_easy_strerror(result));
        reply->code = 0;
        reply->enhanced[0] = '\0';
    }
    if (before_recipient(smtp, result, negative)) {
        return SMTP_UNREACHABLE;
    }
    if (negative) {
        return reply->code >= 500 ? SMTP_REJECTED : SMTP_DEFERRED;
    }
    return smtp->finished ? SMTP_UNCERTAIN : SMTP_DEFERRED;
}

void smtp_send(Smtp *smtp, const char *from, const char *to, const char *message, size_t length,
               SmtpReply *reply)
{
    *reply = (SmtpReply){.outcome = SMTP_UNREACHABLE};
    if (fault_here(FAULT_SOCKET)) {
        say(reply, "the connection was refused");
        return;
    }
    smtp->message = message;
    smtp->length = length;
    smtp->at = 0;
    smtp->finished = false;
    smtp->trouble[0] = '\0';
    smtp->reply = reply;
    g_autofree char *sender = g_strdup_printf("<%s>", from);
    g_autofree char *recipient = g_strdup_printf("<%s>", to);
    struct curl_slist *recipients = curl_slist_append(NULL, recipient);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, sender);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients);
    CURLcode result = curl_easy_perform(smtp->curl);
    reply->outcome = judge(smtp, result, reply);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
    smtp->reply = NULL;
}

const char *smtp_outcome_name(SmtpOutcome outcome)
{
    static const char *const names[] = {
        [SMTP_ACCEPTED] = "accepted",   [SMTP_REJECTED] = "rejected",
        [SMTP_DEFERRED] = "deferred",   [SMTP_UNREACHABLE] = "unreachable",
        [SMTP_UNCERTAIN] = "uncertain",
    };
    return names[outcome];
}
