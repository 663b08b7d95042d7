/*
 * The door against two public collections of requests, where they are at hand (KOLOKOL_SHARED, or
 * ../shared beside the source): every invalid one is refused and nothing after it is answered,
 * every valid one is answered. Cases that we decide otherwise are in the lists here, with their
 * reasons in docs/decisions/http-server.md. Cases that lack only a Host are sent a second time with
 * one, so that the refusal is for the fault they are there for.
 */
#include "client.h"
#include "net/server.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    HttpServer *server;
    GThread *thread;
    uint16_t port;
} Door;

static HttpReply *answer(const HttpRequest *request, void *data)
{
    Door *door = data;
    if (strcmp(request->path, "/kolokol-stop") == 0) {
        http_server_stop(door->server);
    }
    return http_reply_new_text(200, "yes");
}

static size_t limit(const HttpRequest *request, void *data)
{
    return request->method == HTTP_GET || request->method == HTTP_HEAD ? 0 : 100000;
}

static gpointer run(gpointer data)
{
    http_server_run(((Door *)data)->server);
    return NULL;
}

static void door_open(Door *door)
{
    HttpServerOptions options = HTTP_SERVER_OPTIONS;
    HttpHandler handler = {answer, limit, door};
    door->server = http_server_new(&options, &handler, NULL);
    g_assert_nonnull(door->server);
    door->port = http_server_port(door->server);
    door->thread = g_thread_new("door", run, door);
}

static void door_close(Door *door)
{
    static const char stop[] = "GET /kolokol-stop HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    g_string_free(client_exchange(door->port, stop, sizeof stop - 1, 2000).bytes, TRUE);
    g_thread_join(door->thread);
    http_server_free(door->server);
}

static char *shared(const char *below)
{
    const char *place = g_getenv("KOLOKOL_SHARED");
    g_autofree char *beside = g_build_filename(SOURCE_ROOT, "..", "shared", NULL);
    char *path = g_build_filename(place != NULL ? place : beside, below, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        return path;
    }
    g_free(path);
    return NULL;
}

static bool listed(const char *const *list, const char *name)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Puts a Host line after the request line if the head has none. */
static void add_host(GString *bytes)
{
    static const char host[] = "Host: a.example\r\n";
    g_autofree char *lower = g_ascii_strdown(bytes->str, (gssize)bytes->len);
    const char *end = memmem(bytes->str, bytes->len, "\r\n", 2);
    if (end != NULL && strstr(lower, "\nhost") == NULL) {
        g_string_insert_len(bytes, end + 2 - bytes->str, host, sizeof host - 1);
    }
}

/* A further request, which must not be answered when the one before was invalid. */
static const char second[] = "GET /second HTTP/1.1\r\nHost: a\r\n\r\n";

static void must_refuse(const Door *door, const char *name, const GString *bytes)
{
    g_autoptr(GString) text = g_string_new_len(bytes->str, (gssize)bytes->len);
    if (strstr(text->str, "\r\n\r\n") == NULL) {
        g_string_append(text, "\r\n\r\n"); /* many of them end before the head does */
    }
    g_string_append(text, second);
    Heard heard = client_exchange(door->port, text->str, text->len, 60);
    g_autofree char *codes = client_codes(heard.bytes);
    if (strchr(codes, '2') != NULL) {
        g_error("%s: accepted (%s):\n%.300s", name, codes, bytes->str);
    }
    if (codes[0] == '\0' && !heard.closed) {
        g_test_message("%s: waits for more, until the deadline", name);
    }
    g_string_free(heard.bytes, TRUE);
}

static void must_accept(const Door *door, const char *name, const GString *bytes)
{
    Heard heard = client_exchange(door->port, bytes->str, bytes->len, 60);
    g_autofree char *codes = client_codes(heard.bytes);
    if (!g_str_has_prefix(codes, "200")) {
        g_error("%s: refused (%s):\n%.300s", name, codes, bytes->str);
    }
    g_string_free(heard.bytes, TRUE);
}

/* ---- gunicorn: a file a case, "\r\n" written out, real line ends not part of it ---- */

/* Invalid only by an option of theirs: few or short headers, a line or field of 8190 bytes. */
static const char *const gunicorn_ours[] = {"006.http", "007.http", "011.http", "012.http", NULL};

/* Valid there; here a target must start with '/', a body must have a length, a GET
 * brings no body, and no option makes us read a proxy's preamble or odd methods. */
static const char *const gunicorn_refused[] = {"010.http",
                                               "013.http",
                                               "rfc9112_chunked_size_leading_zeros_01.http",
                                               "020.http",
                                               "025.http",
                                               "028.http",
                                               "031compat.http",
                                               "040_compat.http",
                                               "099.http",
                                               "pp_01.http",
                                               "pp_02.http",
                                               "pp_04.http",
                                               "pp_05.http",
                                               "rfc9112_smuggle_gzip_chunked_01.http",
                                               "rfc9112_smuggle_te_identity_chunked_01.http",
                                               "rfc9112_target_absolute_01.http",
                                               "rfc9112_target_absolute_userinfo_01.http",
                                               "rfc9112_target_asterisk_options_01.http",
                                               "rfc9112_target_authority_ipv6_01.http",
                                               NULL};

static GString *gunicorn_read(const char *path)
{
    char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    GString *bytes = g_string_new(text);
    g_free(text);
    g_string_replace(bytes, "\n", "", 0);
    g_string_replace(bytes, "\\r", "\r", 0);
    g_string_replace(bytes, "\\n", "\n", 0);
    return bytes;
}

static unsigned gunicorn_run(const Door *door, const char *unpacked, bool valid)
{
    g_autofree char *place = g_build_filename(unpacked, valid ? "valid" : "invalid", NULL);
    g_autoptr(GDir) dir = g_dir_open(place, 0, NULL);
    const char *name;
    unsigned count = 0;
    g_assert_nonnull(dir);
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(place, name, NULL);
        if (!g_str_has_suffix(name, ".http") ||
            listed(valid ? gunicorn_refused : gunicorn_ours, name)) {
            continue;
        }
        g_autoptr(GString) bytes = gunicorn_read(path);
        count++;
        if (!valid) {
            must_refuse(door, name, bytes);
        }
        add_host(bytes);
        if (valid) {
            must_accept(door, name, bytes);
        } else {
            must_refuse(door, name, bytes);
        }
    }
    return count;
}

static void test_gunicorn(void)
{
    g_autofree char *archive = shared("data/conf-http-requests/gunicorn.tar.zst");
    if (archive == NULL) {
        g_test_skip("the shared requests are not here");
        return;
    }
    g_autofree char *unpacked = g_dir_make_tmp("requests-XXXXXX", NULL);
    char *unpack[] = {(char[]){"tar"}, (char[]){"-xf"}, archive, (char[]){"-C"}, unpacked, NULL};
    char *remove[] = {(char[]){"rm"}, (char[]){"-rf"}, unpacked, NULL};
    int status = -1;
    Door door;
    g_assert_true(g_spawn_sync(NULL, unpack, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                               &status, NULL));
    g_assert_cmpint(status, ==, 0);
    door_open(&door);
    unsigned invalid = gunicorn_run(&door, unpacked, false);
    unsigned valid = gunicorn_run(&door, unpacked, true);
    door_close(&door);
    g_test_message("%u invalid refused, %u valid accepted", invalid, valid);
    g_assert_cmpuint(invalid, >=, 37);
    g_assert_cmpuint(valid, >=, 7);
    g_spawn_sync(NULL, remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* ---- llhttp: Markdown; a title, a meta comment, an ```http block, a ```log block ---- */

/* The first of two messages is good by itself, and the second is what is wrong; the connection is
 * closed after the first, or the second refused. */
static const char *const llhttp_two[] = {"No restart when keep-alive is off (1.0)",
                                         "Resetting flags when keep-alive is off (1.0, lenient)",
                                         "CRLF between requests, implicit `keep-alive`",
                                         "Second request header value (lenient)", NULL};

static GString *llhttp_message(const char *block, size_t length)
{
    GString *bytes = g_string_new_len(block, (gssize)length);
    static const char *const pairs[][2] = {{"\\\n", ""},  {"\n", "\r\n"}, {"\\r", "\r"},
                                           {"\\n", "\n"}, {"\\t", "\t"},  {"\\f", "\f"}};
    if (g_str_has_suffix(bytes->str, "\n")) {
        g_string_truncate(bytes, bytes->len - 1);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_string_replace(bytes, pairs[i][0], pairs[i][1], 0);
    }
    for (char *at = bytes->str; (at = strstr(at, "\\x")) != NULL && g_ascii_isxdigit(at[2]); at++) {
        *at = (char)(g_ascii_xdigit_value(at[2]) * 16 + g_ascii_xdigit_value(at[3]));
        g_string_erase(bytes, at + 1 - bytes->str, 3);
    }
    return bytes;
}

/* Their strict parser stops with an error, other than the pauses that a test asked for. */
static bool llhttp_invalid(const char *meta, const char *log, size_t log_length)
{
    const char *error = g_strstr_len(log, (gssize)log_length, "error code=");
    if (strstr(meta, "lenient") != NULL) {
        return true;
    }
    if (error == NULL) {
        return false;
    }
    guint64 code = g_ascii_strtoull(error + strlen("error code="), NULL, 10);
    return code < 21 || code > 31;
}

static unsigned llhttp_case(const Door *door, GMatchInfo *match)
{
    g_autofree char *title = g_match_info_fetch(match, 1), *meta = g_match_info_fetch(match, 2);
    g_autofree char *block = g_match_info_fetch(match, 3), *log = g_match_info_fetch(match, 4);
    if (!llhttp_invalid(meta, log, strlen(log)) || listed(llhttp_two, title)) {
        return 0;
    }
    g_autoptr(GString) bytes = llhttp_message(block, strlen(block));
    must_refuse(door, title, bytes);
    add_host(bytes);
    must_refuse(door, title, bytes);
    return 1;
}

static unsigned llhttp_file(const Door *door, const char *path)
{
    char *text = NULL;
    g_autoptr(GMatchInfo) match = NULL;
    g_autoptr(GRegex) regex =
        g_regex_new("^#+ ([^\\n]+)\\n(?:(?!^#).)*?<!-- meta=(\\{[^\\n]*\\}) -->\\n"
                    "```http\\n(.*?)```\\n+```log\\n(.*?)```",
                    G_REGEX_DOTALL | G_REGEX_MULTILINE, 0, NULL);
    unsigned count = 0;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_regex_match(regex, text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        count += llhttp_case(door, match);
    }
    g_free(text);
    return count;
}

static void test_llhttp(void)
{
    g_autofree char *place = shared("data/conf-http-requests/llhttp/request");
    const char *name;
    unsigned count = 0;
    Door door;
    if (place == NULL) {
        g_test_skip("the shared requests are not here");
        return;
    }
    g_autoptr(GDir) dir = g_dir_open(place, 0, NULL);
    door_open(&door);
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(place, name, NULL);
        count += llhttp_file(&door, path);
    }
    door_close(&door);
    g_test_message("%u refused", count);
    g_assert_cmpuint(count, >=, 30);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shared/requests/gunicorn", test_gunicorn);
    g_test_add_func("/shared/requests/llhttp", test_llhttp);
    return g_test_run();
}
