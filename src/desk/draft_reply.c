/* Drafts as answers: draft_reply.h. Who may see which is preview_office.c and reading_office.c. */
#include "desk/draft_reply.h"

#include "base/error.h"
#include "desk/story.h"
#include "office/frame.h"
#include "press/setting.h"
#include "web/page.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The page has a policy of its own, as it will have; this one only takes away. With the origin of
 * the door, so that its pictures may be asked for with the cookie; without scripts that is safe. */
#define POLICY                                                                                     \
    "default-src 'none'; img-src 'self'; font-src 'self'; style-src 'unsafe-inline'; "             \
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "                                \
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

bool draft_show(OfficeVisit *visit, int64_t story, int64_t person, PressShown *shown,
                GError **error)
{
    const PressRecipes *recipes = office_options(visit->office)->drafts;
    g_autofree char *name = g_strdup_printf("draft:%" PRId64 "/%" PRId64, story, person);
    if (recipes == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "this office makes no previews");
    }
    g_autoptr(Story) known = story_read(visit->store, story, error); /* else NOT_FOUND */
    return known != NULL && press_show(visit->store, recipes, visit->now, name, shown, error);
}

HttpReply *draft_to_page(OfficeVisit *visit, const char *base, const PressShown *shown)
{
    g_autofree char *escaped = g_uri_escape_string(shown->path, "/", FALSE);
    g_autofree char *path = g_strconcat(base, "/", escaped, NULL);
    return office_see_other(visit, path);
}

static void headers(const OfficeVisit *visit, HttpReply *reply, const char *policy)
{
    WebHeaders common = {
        .policy = policy, .referrer = "no-referrer", .https = office_https(visit->office)};
    web_headers(reply, &common);
}

/* Scripts would not run, and a browser would complain of each; what the page weighs is measured
 * with them. */
static void drop_scripts(GString *html)
{
    static const char end[] = "</script>";
    const char *from = html->str;
    while ((from = strstr(from, "<script")) != NULL) {
        size_t at = (size_t)(from - html->str);
        const char *to = strstr(from, end);
        size_t length = to == NULL ? html->len - at : (size_t)(to - from) + strlen(end);
        g_string_erase(html, (gssize)at, (gssize)length);
        from = html->str + at;
    }
}

/* Links open beside the preview, which they would otherwise replace. */
static HttpReply *page_reply(const OfficeVisit *visit, const PressShown *shown)
{
    static const char head[] = "<head>", target[] = "<base target=\"_blank\">";
    size_t length = 0;
    const char *html = g_bytes_get_data(shown->html, &length);
    const char *at = g_strstr_len(html, (gssize)length, head);
    GString *all = g_string_new_len(html, (gssize)length);
    if (at != NULL) {
        g_string_insert(all, at - html + (gssize)strlen(head), target);
    }
    drop_scripts(all);
    g_autoptr(GBytes) body = g_string_free_to_bytes(all);
    HttpReply *reply = http_reply_new(200, body);
    http_reply_header(reply, "Content-Type", "text/html; charset=utf-8");
    headers(visit, reply, POLICY);
    return reply;
}

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        {".jpg", "image/jpeg"},  {".png", "image/png"},   {".gif", "image/gif"},
        {".webp", "image/webp"}, {".avif", "image/avif"}, {".woff2", "font/woff2"},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(types); i++) {
        if (g_str_has_suffix(name, types[i][0])) {
            return types[i][1];
        }
    }
    return "application/octet-stream";
}

static HttpReply *open_source(const char *source)
{
    struct stat info;
    int file = open(source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file >= 0 && fstat(file, &info) == 0 && S_ISREG(info.st_mode)) {
        return http_reply_new_file(200, file, 0, (uint64_t)info.st_size);
    }
    if (file >= 0) {
        close(file);
    }
    return NULL;
}

/* Without ETag: that is for files that are everybody's. */
static HttpReply *object_reply(OfficeVisit *visit, const PressShownObject *object, bool keep)
{
    HttpReply *reply =
        object->bytes != NULL ? http_reply_new(200, object->bytes) : open_source(object->source);
    if (reply == NULL) {
        return office_not_found(visit);
    }
    http_reply_header(reply, "Content-Type", type_of(object->name));
    http_reply_header(reply, "Cache-Control",
                      keep ? "private, max-age=86400, immutable" : "no-store");
    http_reply_header(reply, "X-Content-Type-Options", "nosniff");
    http_reply_header(reply, "X-Robots-Tag", "noindex, nofollow");
    http_reply_header(reply, "Referrer-Policy", "no-referrer");
    http_reply_header(reply, "Content-Security-Policy", "default-src 'none'; sandbox");
    http_reply_header(reply, "Cross-Origin-Resource-Policy", "same-origin");
    return reply;
}

/* The newspaper at a path of the edition. */
static HttpReply *paper_reply(OfficeVisit *visit, const char *path)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *url = setting_get(visit->store, "url", &reason);
    if (url == NULL) {
        return office_failed(visit, reason);
    }
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    g_autofree char *address = g_strdup_printf("%.*s/%s", (int)length, url, path);
    HttpReply *reply = http_reply_new(303, NULL);
    http_reply_header(reply, "Location", address);
    headers(visit, reply, POLICY);
    return reply;
}

HttpReply *draft_reply(OfficeVisit *visit, const PressShown *shown, const char *path, bool keep)
{
    g_autofree char *plain = g_uri_unescape_string(path, NULL);
    if (plain != NULL && strcmp(plain, shown->path) == 0) {
        return page_reply(visit, shown);
    }
    if (g_str_has_prefix(path, "o/")) {
        const PressShownObject *object = press_shown_object(shown, path);
        return object == NULL ? office_not_found(visit) : object_reply(visit, object, keep);
    }
    return paper_reply(visit, path);
}
