/* Whole requests to the stand, without a socket, over a real edition. */
#include "edition/gone.h"
#include "fixture.h"
#include "net/conditional.h"
#include "stand/site.h"

#include <string.h>
#include <unistd.h>

#define STORY "2026/11/23/ferry.html"

typedef struct {
    Fixture *fixture;
    Site *site;
    char *picture; /* a hash-named file */
} Stage;

static void stage_open(Stage *stage)
{
    SiteOptions options = {0};
    static const char status[] = "301 2026/11/20/old.html 2026/11/23/ferry.html\n"
                                 "301 old/home.html index.html\n"
                                 "301 old/shop.html https://shop.example/a?b=c\n"
                                 "410 2026/11/21/gone.html\n";
    stage->fixture = fixture_new();
    fixture_put(stage->fixture, "index.html", "<p>front");
    fixture_put(stage->fixture, "index.txt", "front");
    fixture_put(stage->fixture, STORY, "<p>the ferry story, long enough to be worth coding");
    fixture_put(stage->fixture, "section/politics/index.html", "<p>politics");
    fixture_put(stage->fixture, "404.html", "<p>nothing here");
    fixture_put(stage->fixture, "ru/404.html", "<p>ничего нет");
    fixture_put(stage->fixture, "ru/index.html", "<p>первая");
    fixture_put(stage->fixture, "feed.xml", "<rss/>");
    fixture_put(stage->fixture, "sw.js", "self.x = 1");
    fixture_put(stage->fixture, "2026/11/20/old.html", "stub: moved");
    fixture_put(stage->fixture, "old/home.html", "stub: home");
    fixture_put(stage->fixture, "old/shop.html", "stub: shop");
    fixture_put(stage->fixture, "2026/11/21/gone.html", "stub: gone");
    fixture_put_plain(stage->fixture, "STATUS/2026-11", status, strlen(status));
    stage->picture = fixture_object(stage->fixture, "jpg", "0123456789", 10);
    fixture_press(stage->fixture);
    options.directory = stage->fixture->directory;
    stage->site = site_new(&options, NULL);
    g_assert_nonnull(stage->site);
}

static void stage_close(Stage *stage)
{
    site_free(stage->site);
    g_free(stage->picture);
    fixture_free(stage->fixture);
}

/* Asks with up to two headers, given as name, value, …, NULL. */
static HttpReply *ask(Stage *stage, const char *method, const char *path, ...)
{
    HttpRequest request;
    va_list headers;
    const char *name;
    http_request_init(&request, method, path);
    va_start(headers, path);
    while ((name = va_arg(headers, const char *)) != NULL) {
        http_request_add(&request, name, va_arg(headers, const char *));
    }
    va_end(headers);
    return site_answer(&request, stage->site);
}

static void is_status(Stage *stage, const char *path, unsigned status)
{
    g_autoptr(HttpReply) reply = ask(stage, "GET", path, NULL);
    if (http_reply_status(reply) != status) {
        g_error("%s: %u, not %u", path, http_reply_status(reply), status);
    }
}

static void is_body(const HttpReply *reply, const char *text)
{
    g_autofree char *body = g_strndup(http_reply_body(reply), http_reply_length(reply));
    g_assert_cmpstr(body, ==, text);
}

static void is_header(const HttpReply *reply, const char *name, const char *value)
{
    g_assert_cmpstr(http_reply_find(reply, name), ==, value);
}

static void test_paths(void)
{
    Stage stage;
    stage_open(&stage);
    is_status(&stage, "/", 200);
    is_status(&stage, "/index.html", 200);
    is_status(&stage, "/" STORY, 200);
    is_status(&stage, "/2026/11/23/%66erry.html", 200);
    is_status(&stage, "/section/politics/", 200);
    is_status(&stage, "/ru/", 200);
    is_status(&stage, "/MANIFEST", 404); /* the root has EDITION instead */
    is_status(&stage, "/2026/MANIFEST", 200);
    is_status(&stage, "/EDITION", 200);
    is_status(&stage, "/EDITION.sig", 200);
    is_status(&stage, "/STATUS/2026-11", 200);
    is_status(&stage, "/2026/", 404);
    is_status(&stage, "/nothing", 404);
    is_status(&stage, "/" STORY "/", 404);
    stage_close(&stage);
}

static void test_tricks(void)
{
    static const char *const paths[] = {
        "/../EDITION",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/..\\etc",
        "/%00",
        "/index.html%00.txt",
        "//etc/passwd",
        "/./index.html",
        "/objects/",
        "/editions/",
        "/current/EDITION",
        "/../objects/ab",
        "/%c0%ae%c0%ae/etc",
        "/index.html/..",
        "/proc/self/environ",
        "/.../.../etc",
        "/o/",
        "/o/ab/",
        "/o/../index.html",
        "/EDITION/",
    };
    Stage stage;
    stage_open(&stage);
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        is_status(&stage, paths[i], 404);
    }
    stage_close(&stage);
}

static void test_methods(void)
{
    Stage stage;
    stage_open(&stage);
    static const char *const methods[] = {"POST", "PUT", "DELETE", "OPTIONS"};
    for (size_t i = 0; i < G_N_ELEMENTS(methods); i++) {
        g_autoptr(HttpReply) reply = ask(&stage, methods[i], "/", NULL);
        g_assert_cmpuint(http_reply_status(reply), ==, 405);
        is_header(reply, "Allow", "GET, HEAD");
    }
    g_autoptr(HttpReply) head = ask(&stage, "HEAD", "/", NULL);
    g_autoptr(HttpReply) get = ask(&stage, "GET", "/", NULL);
    g_assert_true(head == get); /* one kept reply; the server leaves out the body */
    stage_close(&stage);
}

static void test_headers(void)
{
    Stage stage;
    stage_open(&stage);
    g_autoptr(HttpReply) page = ask(&stage, "GET", "/" STORY, "Accept-Encoding", "gzip", NULL);
    is_header(page, "Content-Type", "text/html; charset=utf-8");
    is_header(page, "Content-Encoding", "gzip");
    is_header(page, "Vary", "Accept-Encoding");
    is_header(page, "Cache-Control", "public, max-age=0, s-maxage=60, must-revalidate");
    is_header(page, "Content-Security-Policy", "frame-ancestors 'none'");
    is_header(page, "Referrer-Policy", "no-referrer");
    is_header(page, "X-Content-Type-Options", "nosniff");
    is_header(page, "Cross-Origin-Opener-Policy", "same-origin");
    is_header(page, "Access-Control-Allow-Origin", "*");
    is_header(page, "Strict-Transport-Security", NULL);
    is_header(page, "Set-Cookie", NULL);
    g_assert_nonnull(strstr(http_reply_find(page, "Permissions-Policy"), "camera=()"));
    g_assert_nonnull(http_reply_find(page, "Last-Modified"));
    g_assert_true(g_str_has_suffix(http_reply_find(page, "ETag"), "-gzip9\""));
    g_autoptr(HttpReply) feed = ask(&stage, "GET", "/feed.xml", NULL);
    is_header(feed, "Content-Type", "application/rss+xml");
    g_assert_nonnull(
        strstr(http_reply_find(feed, "Content-Security-Policy"), "default-src 'none'"));
    g_autoptr(HttpReply) worker = ask(&stage, "GET", "/sw.js", NULL);
    g_assert_nonnull(strstr(http_reply_find(worker, "Content-Security-Policy"), "connect-src"));
    g_autoptr(HttpReply) edition = ask(&stage, "GET", "/EDITION", NULL);
    is_header(edition, "Content-Type", "text/plain; charset=utf-8");
    is_header(edition, "Cache-Control", "public, no-cache");
    stage_close(&stage);
}

static void test_https(void)
{
    Stage stage;
    stage_open(&stage);
    SiteOptions options = {.directory = stage.fixture->directory, .https = true};
    g_autoptr(Site) site = site_new(&options, NULL);
    HttpRequest request;
    static const char *const paths[] = {"/", "/nothing", "/%00", "/section/politics"};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        http_request_init(&request, "GET", paths[i]);
        g_autoptr(HttpReply) reply = site_answer(&request, site);
        g_assert_nonnull(http_reply_find(reply, "Strict-Transport-Security"));
        is_header(reply, "X-Content-Type-Options", "nosniff");
    }
    stage_close(&stage);
}

static void coded(Stage *stage, const char *accept, const char *coding)
{
    g_autoptr(HttpReply) reply = ask(stage, "GET", "/" STORY, "Accept-Encoding", accept, NULL);
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
    is_header(reply, "Content-Encoding", coding);
    is_header(reply, "Vary", "Accept-Encoding");
}

static void test_codings(void)
{
    Stage stage;
    stage_open(&stage);
    coded(&stage, "br, gzip", "gzip"); /* no brotli yet: falls back */
    coded(&stage, "br", NULL);
    coded(&stage, "gzip;q=0", NULL);
    coded(&stage, "identity;q=0", NULL);
    coded(&stage, "*", "gzip");
    stage_close(&stage);
    stage_open(&stage);
    fixture_brotli(stage.fixture, STORY, "as if it were brotli");
    coded(&stage, "gzip, br", "br");
    coded(&stage, "gzip, br;q=0.5", "gzip");
    g_autoptr(HttpReply) brotli = ask(&stage, "GET", "/" STORY, "Accept-Encoding", "br", NULL);
    is_body(brotli, "as if it were brotli");
    g_assert_true(g_str_has_suffix(http_reply_find(brotli, "ETag"), "-br11\""));
    g_autoptr(HttpReply) plain = ask(&stage, "GET", "/" STORY, NULL);
    is_body(plain, "<p>the ferry story, long enough to be worth coding");
    g_assert_cmpstr(http_reply_find(plain, "ETag"), !=, http_reply_find(brotli, "ETag"));
    stage_close(&stage);
}

static void test_conditions(void)
{
    Stage stage;
    stage_open(&stage);
    g_autoptr(HttpReply) page = ask(&stage, "GET", "/" STORY, NULL);
    const char *etag = http_reply_find(page, "ETag");
    const char *modified = http_reply_find(page, "Last-Modified");
    g_autofree char *weak = g_strconcat("\"x\", W/", etag, NULL);

    const struct {
        const char *name, *value;
        unsigned status;
    } rows[] = {
        {"If-None-Match", etag, 304},
        {"If-None-Match", weak, 304},
        {"If-None-Match", "*", 304},
        {"If-None-Match", "\"other\"", 200},
        {"If-Modified-Since", modified, 304},
        {"If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 304},
        {"If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", 200},
        {"If-Modified-Since", "yesterday", 200},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(HttpReply) reply =
            ask(&stage, "GET", "/" STORY, rows[i].name, rows[i].value, NULL);
        g_assert_cmpuint(http_reply_status(reply), ==, rows[i].status);
        is_header(reply, "ETag", etag);
        is_header(reply, "Vary", "Accept-Encoding");
    }
    /* the entity tag decides where both are given */
    g_autoptr(HttpReply) both = ask(&stage, "GET", "/" STORY, "If-None-Match", "\"other\"",
                                    "If-Modified-Since", modified, NULL);
    g_assert_cmpuint(http_reply_status(both), ==, 200);
    /* the tag of one coding is not that of another */
    g_autoptr(HttpReply) other =
        ask(&stage, "GET", "/" STORY, "If-None-Match", etag, "Accept-Encoding", "gzip", NULL);
    g_assert_cmpuint(http_reply_status(other), ==, 200);
    stage_close(&stage);
}

static void part(Stage *stage, const char *range, unsigned status, const char *content_range,
                 uint64_t length)
{
    g_autofree char *path = g_strconcat("/", stage->picture, NULL);
    g_autoptr(HttpReply) reply = ask(stage, "GET", path, "Range", range, NULL);
    g_assert_cmpuint(http_reply_status(reply), ==, status);
    is_header(reply, "Content-Range", content_range);
    if (status != 416) {
        g_assert_cmpuint(http_reply_length(reply), ==, length);
    }
}

static void test_media(void)
{
    Stage stage;
    stage_open(&stage);
    g_autofree char *path = g_strconcat("/", stage.picture, NULL);
    g_autoptr(HttpReply) whole = ask(&stage, "GET", path, "Accept-Encoding", "gzip, br", NULL);
    g_assert_cmpuint(http_reply_status(whole), ==, 200);
    is_header(whole, "Content-Type", "image/jpeg");
    is_header(whole, "Cache-Control", "public, max-age=31536000, immutable");
    is_header(whole, "Accept-Ranges", "bytes");
    is_header(whole, "Vary", NULL);
    is_header(whole, "Content-Encoding", NULL);
    part(&stage, "bytes=2-4", 206, "bytes 2-4/10", 3);
    part(&stage, "bytes=-1", 206, "bytes 9-9/10", 1);
    part(&stage, "bytes=0-99", 206, "bytes 0-9/10", 10);
    part(&stage, "bytes=10-", 416, "bytes */10", 0);
    part(&stage, "bytes=0-1,3-4", 200, NULL, 10);
    part(&stage, "pages=1", 200, NULL, 10);
    const char *etag = http_reply_find(whole, "ETag");
    g_autoptr(HttpReply) same =
        ask(&stage, "GET", path, "Range", "bytes=1-2", "If-Range", etag, NULL);
    g_assert_cmpuint(http_reply_status(same), ==, 206);
    g_autoptr(HttpReply) changed =
        ask(&stage, "GET", path, "Range", "bytes=1-2", "If-Range", "\"other\"", NULL);
    g_assert_cmpuint(http_reply_status(changed), ==, 200);
    g_autoptr(HttpReply) head = ask(&stage, "HEAD", path, "Range", "bytes=1-2", NULL);
    g_assert_cmpuint(http_reply_status(head), ==, 200);
    g_autoptr(HttpReply) page = ask(&stage, "GET", "/" STORY, "Range", "bytes=1-2", NULL);
    g_assert_cmpuint(http_reply_status(page), ==, 200);
    stage_close(&stage);
}

/* Bytes of the store asked for under a type that they do not have. */
static void test_object_types(void)
{
    Stage stage;
    stage_open(&stage);
    static const char *const extensions[] = {"html", "xml", "svgz", "htm", "xhtml", "HTML"};
    for (size_t i = 0; i < G_N_ELEMENTS(extensions); i++) {
        g_autofree char *stem = g_strndup(stage.picture, strlen(stage.picture) - 3);
        g_autofree char *path = g_strconcat("/", stem, extensions[i], NULL);
        g_autoptr(HttpReply) reply = ask(&stage, "GET", path, NULL);
        const char *type = http_reply_find(reply, "Content-Type");
        g_assert_true(http_reply_status(reply) == 404 ||
                      strcmp(type, "application/octet-stream") == 0);
    }
    stage_close(&stage);
}

/* Larger than what is kept in memory: sent from the file. */
static void test_large(void)
{
    Stage stage;
    stage_open(&stage);
    g_autofree char *bytes = g_malloc0(1 << 20);
    g_autofree char *name = fixture_object(stage.fixture, "mp4", bytes, 1 << 20);
    g_autofree char *path = g_strconcat("/", name, NULL);
    g_autoptr(HttpReply) reply = ask(&stage, "GET", path, NULL);
    g_assert_cmpuint(http_reply_status(reply), ==, 200);
    g_assert_cmpuint(http_reply_length(reply), ==, 1 << 20);
    g_assert_null(http_reply_body(reply));
    stage_close(&stage);
}

static void test_moved(void)
{
    Stage stage;
    stage_open(&stage);

    const struct {
        const char *path;
        unsigned status;
        const char *place;
    } rows[] = {
        {"/2026/11/20/old.html", 301, "/" STORY},
        {"/old/home.html", 301, "/"},
        {"/old/shop.html", 301, "https://shop.example/a?b=c"},
        {"/2026/11/21/gone.html", 410, NULL},
        {"/2026/11/20/old.txt", 301, "/" STORY}, /* which has no text edition here */
        {"/old/home.txt", 301, "/index.txt"},
        {"/old/shop.txt", 301, "https://shop.example/a?b=c"},
        {"/2026/11/21/gone.txt", 410, NULL},
        {"/2026/11/21/none.txt", 404, NULL},
        {"/section/politics", 301, "/section/politics/"},
        {"/section/politics?x=//evil.example", 404, NULL}, /* the server cuts the query off */
        {"/ru", 301, "/ru/"},
        {"/section", 404, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(HttpReply) reply = ask(&stage, "GET", rows[i].path, NULL);
        g_assert_cmpuint(http_reply_status(reply), ==, rows[i].status);
        is_header(reply, "Location", rows[i].place);
    }
    g_autoptr(HttpReply) gone = ask(&stage, "GET", "/2026/11/21/gone.html", NULL);
    is_body(gone, "stub: gone");
    is_header(gone, "ETag", NULL);
    stage_close(&stage);
}

static void test_missing(void)
{
    Stage stage;
    stage_open(&stage);
    g_autoptr(HttpReply) root = ask(&stage, "GET", "/nothing.html", NULL);
    g_assert_cmpuint(http_reply_status(root), ==, 404);
    is_body(root, "<p>nothing here");
    is_header(root, "Content-Type", "text/html; charset=utf-8");
    is_header(root, "Content-Security-Policy", "frame-ancestors 'none'");
    g_autoptr(HttpReply) russian = ask(&stage, "GET", "/ru/2026/nothing.html", NULL);
    g_assert_cmpuint(http_reply_status(russian), ==, 404);
    is_body(russian, "<p>ничего нет");
    g_autoptr(HttpReply) bad = ask(&stage, "GET", "/%00", NULL);
    is_body(bad, "<p>nothing here");
    g_autoptr(HttpReply) again =
        ask(&stage, "GET", "/nothing.html", "If-None-Match", "*", "Accept-Encoding", "gzip", NULL);
    g_assert_cmpuint(http_reply_status(again), ==, 404); /* never 304 */
    is_header(again, "Content-Encoding", "gzip");
    is_status(&stage, "/404.html", 200);
    g_autoptr(HttpReply) no_text = ask(&stage, "GET", "/nothing.txt", NULL);
    is_body(no_text, "<p>nothing here"); /* an edition of an older program has no 404.txt */
    fixture_put(stage.fixture, "404.txt", "nothing here");
    fixture_press(stage.fixture);
    g_assert_true(site_refresh(stage.site, NULL));
    g_autoptr(HttpReply) text = ask(&stage, "GET", "/2026/nothing.txt", NULL);
    g_assert_cmpuint(http_reply_status(text), ==, 404);
    is_body(text, "nothing here");
    is_header(text, "Content-Type", "text/plain; charset=utf-8");
    g_autoptr(HttpReply) nearest = ask(&stage, "GET", "/ru/nothing.txt", NULL);
    is_body(nearest, "<p>ничего нет"); /* its language goes before its form */
    g_autoptr(HttpReply) page = ask(&stage, "GET", "/nothing.html", NULL);
    is_body(page, "<p>nothing here");
    stage_close(&stage);
}

/* An address that only its hash is told of: the page of what is missing, as 410. */
static void test_untold(void)
{
    Stage stage;
    stage_open(&stage);
    g_autofree char *line = gone_line_path("2026/11/20/secret.html");
    g_autofree char *text = g_strdup_printf("before 2026-11-28T10:00:00Z\n%s\n", line);
    fixture_put_plain(stage.fixture, "GONE/2026-11", text, strlen(text));
    fixture_press(stage.fixture);
    g_assert_true(site_refresh(stage.site, NULL));
    g_autoptr(HttpReply) gone = ask(&stage, "GET", "/2026/11/20/secret.html", NULL);
    g_assert_cmpuint(http_reply_status(gone), ==, 410);
    is_body(gone, "<p>nothing here");
    is_status(&stage, "/2026/11/20/secret.txt", 410);
    is_status(&stage, "/2026/11/20/other.html", 404);
    is_status(&stage, "/GONE/2026-11", 200);
    stage_close(&stage);
}

static void test_swap(void)
{
    Stage stage;
    stage_open(&stage);
    g_autoptr(HttpReply) story = ask(&stage, "GET", "/" STORY, NULL);
    g_autoptr(HttpReply) front = ask(&stage, "GET", "/", NULL);
    uint64_t before = site_generation(stage.site);
    g_assert_false(site_refresh(stage.site, NULL));
    fixture_put(stage.fixture, "index.html", "<p>new front");
    fixture_remove(stage.fixture, "feed.xml");
    is_status(&stage, "/feed.xml", 200);
    fixture_press(stage.fixture);
    g_autoptr(HttpReply) still = ask(&stage, "GET", "/", NULL);
    g_assert_true(still == front);
    g_assert_true(site_refresh(stage.site, NULL));
    g_assert_cmpuint(site_generation(stage.site), ==, before + 1);
    g_autoptr(HttpReply) after = ask(&stage, "GET", "/", NULL);
    is_body(after, "<p>new front");
    is_body(front, "<p>front"); /* one in flight ends with the old bytes */
    g_autoptr(HttpReply) same = ask(&stage, "GET", "/" STORY, NULL);
    g_assert_true(same == story); /* unchanged: the kept reply stays */
    is_status(&stage, "/feed.xml", 404);
    stage_close(&stage);
}

static void test_status_change(void)
{
    static const char status[] = "410 " STORY "\n";
    Stage stage;
    stage_open(&stage);
    is_status(&stage, "/" STORY, 200);
    fixture_put_plain(stage.fixture, "STATUS/2026-12", status, strlen(status));
    fixture_press(stage.fixture);
    g_assert_true(site_refresh(stage.site, NULL));
    is_status(&stage, "/" STORY, 410); /* same bytes, other status */
    stage_close(&stage);
}

/* A newer edition that cannot be read is left alone; the old one is served on. */
static void test_damaged_edition(void)
{
    Stage stage;
    stage_open(&stage);
    fixture_press(stage.fixture);
    g_autofree char *file = g_strdup_printf("%s/editions/%" G_GUINT64_FORMAT "/EDITION",
                                            stage.fixture->directory, stage.fixture->number);
    g_autofree char *good = NULL;
    g_assert_true(g_file_get_contents(file, &good, NULL, NULL));
    g_assert_true(g_file_set_contents(file, "not an edition\n", -1, NULL));
    g_autoptr(GError) error = NULL;
    g_assert_false(site_refresh(stage.site, &error));
    g_assert_nonnull(error);
    is_status(&stage, "/" STORY, 200);
    g_assert_true(g_file_set_contents(file, good, -1, NULL));
    g_assert_true(site_refresh(stage.site, NULL)); /* mended: taken up at the next look */
    stage_close(&stage);
}

static void test_lost_object(void)
{
    Stage stage;
    Hash hash;
    stage_open(&stage);
    hash = *(const Hash *)g_tree_lookup(stage.fixture->pages, STORY);
    g_assert_true(object_store_remove(stage.fixture->objects, &hash, NULL));
    is_status(&stage, "/" STORY, 500);
    is_status(&stage, "/", 200);
    stage_close(&stage);
}

static void test_no_edition(void)
{
    Fixture *fixture = fixture_new();
    SiteOptions options = {.directory = fixture->directory};
    Site *site = site_new(&options, NULL);
    HttpRequest request;
    http_request_init(&request, "GET", "/");
    g_autoptr(HttpReply) reply = site_answer(&request, site);
    g_assert_cmpuint(http_reply_status(reply), ==, 503);
    g_assert_nonnull(http_reply_find(reply, "Retry-After"));
    fixture_put(fixture, "index.html", "<p>first");
    fixture_press(fixture);
    g_assert_true(site_refresh(site, NULL));
    g_autoptr(HttpReply) now = site_answer(&request, site);
    g_assert_cmpuint(http_reply_status(now), ==, 200);
    site_free(site);
    fixture_free(fixture);
    options.directory = "/nonexistent";
    g_autoptr(GError) error = NULL;
    g_assert_null(site_new(&options, &error));
    g_assert_nonnull(error);
}

/* A directory of 400 pages, split into shards; and a cache that holds only a few of them. */
static void test_many(void)
{
    Fixture *fixture = fixture_new();
    SiteOptions options = {.directory = fixture->directory, .cache = 64 * 1024};
    for (unsigned i = 0; i < 400; i++) {
        g_autofree char *path = g_strdup_printf("2026/11/23/story-%u.html", i);
        g_autofree char *text = g_strnfill(1000 + i, 'x');
        fixture_put_plain(fixture, path, text, strlen(text));
    }
    fixture_press(fixture);
    g_autoptr(Site) site = site_new(&options, NULL);
    HttpRequest request;
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < 400; i++) {
            g_autofree char *path = g_strdup_printf("/2026/11/23/story-%u.html", i);
            http_request_init(&request, "GET", path);
            g_autoptr(HttpReply) reply = site_answer(&request, site);
            g_assert_cmpuint(http_reply_status(reply), ==, 200);
            g_assert_cmpuint(http_reply_length(reply), ==, 1000 + i);
            g_assert_cmpuint(site_kept(site), <=, options.cache);
        }
    }
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/site/paths", test_paths);
    g_test_add_func("/site/tricks", test_tricks);
    g_test_add_func("/site/methods", test_methods);
    g_test_add_func("/site/headers", test_headers);
    g_test_add_func("/site/https", test_https);
    g_test_add_func("/site/codings", test_codings);
    g_test_add_func("/site/conditions", test_conditions);
    g_test_add_func("/site/media", test_media);
    g_test_add_func("/site/object-types", test_object_types);
    g_test_add_func("/site/large", test_large);
    g_test_add_func("/site/moved", test_moved);
    g_test_add_func("/site/missing", test_missing);
    g_test_add_func("/site/untold", test_untold);
    g_test_add_func("/site/swap", test_swap);
    g_test_add_func("/site/status-change", test_status_change);
    g_test_add_func("/site/damaged-edition", test_damaged_edition);
    g_test_add_func("/site/lost-object", test_lost_object);
    g_test_add_func("/site/no-edition", test_no_edition);
    g_test_add_func("/site/many", test_many);
    return g_test_run();
}
