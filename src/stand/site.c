/*
 * Routing of names and conditional requests. Bytes and headers of replies: page.c; editions:
 * source.c; which of the kept pages to let go: cache.c; sockets: stand.c.
 */
#include "stand/site.h"

#include "base/error.h"
#include "base/file.h"
#include "net/conditional.h"
#include "net/target.h"
#include "stand/cache.h"
#include "stand/readers.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct Site {
    int directory;
    bool https;
    char *current; /* where the link pointed when `source` was opened; NULL before the first */
    Source *source;
    uint64_t generation;
    PageCache *pages;
    Tally *tally;
};

Site *site_new(const SiteOptions *options, GError **error)
{
    int directory = open(options->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "stand: %s: %s; `kolokol init` makes a newsroom with one", options->directory,
             strerror(errno));
        return NULL;
    }
    Site *site = g_new0(Site, 1);
    site->directory = directory;
    site->https = options->https;
    site->tally = options->tally;
    site->pages = page_cache_new(options->cache != 0 ? options->cache : SITE_CACHE);
    site_refresh(site, NULL);
    return site;
}

void site_free(Site *site)
{
    if (site == NULL) {
        return;
    }
    page_cache_free(site->pages);
    source_free(site->source);
    file_close(&site->directory);
    g_free(site->current);
    g_free(site);
}

bool site_refresh(Site *site, GError **error)
{
    g_autofree char *now = source_current(site->directory);
    if (now == NULL || g_strcmp0(now, site->current) == 0) {
        return false;
    }
    Source *source = source_open(site->directory, error);
    if (source == NULL) {
        return false;
    }
    source_free(site->source);
    site->source = source;
    site->generation++;
    g_free(site->current);
    site->current = g_steal_pointer(&now);
    return true;
}

uint64_t site_generation(const Site *site)
{
    return site->generation;
}

size_t site_kept(const Site *site)
{
    return page_cache_bytes(site->pages);
}

static HttpReply *plain(const Site *site, unsigned status, const char *text)
{
    HttpReply *reply = http_reply_new_text(status, text);
    page_common_headers(reply, site->https);
    return reply;
}

static bool entry_same(const SourceEntry *a, const SourceEntry *b)
{
    return a->status == b->status && strcmp(a->hash, b->hash) == 0 &&
           g_strcmp0(a->target, b->target) == 0;
}

/* Asked once for each page that is kept, not for each request. The directory of a language has a
 * front page. */
static int cell_of(Site *site, const char *name)
{
    char cell[TALLY_NAME], front[TALLY_NAME + sizeof "index.html"];
    SourceEntry entry = {0};
    size_t length = readers_tongue(name);
    if (site->tally == NULL) {
        return -1;
    }
    g_snprintf(front, sizeof front, "%.*s/index.html", (int)length, name);
    bool tongue = length > 0 && source_find(site->source, front, &entry);
    source_entry_clear(&entry);
    return readers_cell(name, tongue, cell) ? tally_cell(site->tally, cell) : -1;
}

/* The page of a name in the current edition, kept or looked up; NULL if there is none. A kept page
 * of an older edition stays if the new nodes say the same of it. */
static Page *page_of(Site *site, const char *name)
{
    Page *page = page_cache_find(site->pages, name);
    SourceEntry entry = {0};
    if (page != NULL && page->generation == site->generation) {
        return page;
    }
    if (!source_find(site->source, name, &entry)) {
        page_cache_drop(site->pages, name);
        return NULL;
    }
    if (page != NULL && entry_same(&page->entry, &entry)) {
        source_entry_clear(&entry);
    } else {
        page = page_new(name, &entry, site->https);
        page->cell = cell_of(site, name);
        page_cache_put(site->pages, page);
    }
    page->generation = site->generation;
    return page;
}

static HttpReply *damaged(const Site *site)
{
    return plain(site, 500, "This page cannot be read here now; try a mirror.");
}

static size_t order_of(const HttpRequest *request, HttpCoding order[HTTP_CODINGS])
{
    const HttpHeader *accept = http_request_find(request, "Accept-Encoding", 15);
    return http_coding_order(accept != NULL ? accept->value : NULL, order);
}

/* True if what the client has is what we would send: RFC 9110 13.2.2, steps 3 and 4. */
static bool fresh(const HttpRequest *request, const PageForm *form)
{
    const HttpHeader *tags = http_request_find(request, "If-None-Match", 13);
    int64_t since;
    if (tags != NULL) {
        return http_etag_listed(tags->value, form->etag);
    }
    const HttpHeader *date = http_request_find(request, "If-Modified-Since", 17);
    return date != NULL && http_date_parse(date->value, &since) && form->modified <= since;
}

/* A part of a plain hash-named file, or NULL for the whole. */
static HttpReply *ranged(Site *site, const HttpRequest *request, Page *page, const PageForm *form)
{
    uint64_t first, count, length = http_reply_length(form->whole);
    const HttpHeader *range = http_request_find(request, "Range", 5);
    if (range == NULL || !page->immutable || form != &page->forms[HTTP_IDENTITY] ||
        request->method != HTTP_GET) {
        return NULL;
    }
    const HttpHeader *validator = http_request_find(request, "If-Range", 8);
    if (validator != NULL && !http_if_range(validator->value, form->etag, form->modified)) {
        return NULL;
    }
    switch (http_range_parse(range->value, length, &first, &count)) {
    case HTTP_RANGE_PART:
        return page_part(page, site->source, first, count);
    case HTTP_RANGE_UNSATISFIABLE:
        return page_unsatisfiable(page, length);
    default:
        return NULL;
    }
}

static HttpReply *page_answer(Site *site, const HttpRequest *request, Page *page)
{
    HttpCoding order[HTTP_CODINGS];
    size_t count = order_of(request, order);
    PageForm *form = page_form(page, site->source, order, count);
    if (form == NULL) {
        return damaged(site);
    }
    HttpReply *part, *reply = form->whole;
    if (page->entry.status == 200) {
        if (fresh(request, form)) {
            reply = page_not_modified(page, form);
        } else if ((part = ranged(site, request, page, form)) != NULL) {
            return part;
        }
        if (request->method == HTTP_GET) {
            tally_count(site->tally, page->cell);
        }
    }
    page_cache_account(site->pages, page);
    return http_reply_ref(reply);
}

/* Keys of kept 404 and 410 answers must not be those of the pages themselves: '\1' and '\2' are in
 * no name. */
static Page *missing_page_of(Site *site, const char *name, unsigned status)
{
    g_autofree char *key = g_strconcat(status == 410 ? "\2" : "\1", name, NULL);
    SourceEntry entry = {0};
    Page *page = page_cache_find(site->pages, key);
    if (page != NULL && page->generation == site->generation) {
        return page;
    }
    if (!source_find(site->source, name, &entry)) {
        return NULL;
    }
    entry.status = status;
    page = page_new(key, &entry, site->https);
    page->type = content_type_of(name);
    page->generation = site->generation;
    page_cache_put(site->pages, page);
    return page;
}

/* "ru/404.html", or "ru/404.txt" if there is one and it is asked for; NULL if there is neither. */
static Page *missing_beside(Site *site, const char *name, int length, bool text, unsigned status)
{
    for (int html = text ? 0 : 1; html < 2; html++) {
        g_autofree char *path = g_strdup_printf("%.*s%s404.%s", length, name, length > 0 ? "/" : "",
                                                html == 1 ? "html" : "txt");
        Page *page = missing_page_of(site, path, status);
        if (page != NULL) {
            return page;
        }
    }
    return NULL;
}

/* `place` is absolute and percent-encoded. */
static HttpReply *elsewhere(const Site *site, const char *place, const char *words)
{
    HttpReply *reply = plain(site, 301, words);
    http_reply_header(reply, "Location", place);
    http_reply_header(reply, "Cache-Control", "public, max-age=60");
    return reply;
}

static HttpReply *missing(Site *site, const HttpRequest *request, const char *name)
{
    const char *slash = strchr(name, '/');
    g_autofree char *moved = NULL;
    unsigned of_page = source_text_moved(site->source, name, &moved);
    if (moved != NULL) {
        return elsewhere(site, moved, "This page has moved.");
    }
    unsigned status = of_page != 0 || source_gone(site->source, name) ? 410 : 404;
    bool text = g_str_has_suffix(name, ".txt"); /* who reads text editions is answered in text */
    Page *page = NULL;
    if (slash != NULL && slash - name >= 2 && slash - name <= 8) {
        page = missing_beside(site, name, (int)(slash - name), text, status);
    }
    if (page == NULL) {
        page = missing_beside(site, name, 0, text, status);
    }
    if (page == NULL) {
        return plain(site, status, "There is no such page here.");
    }
    return page_answer(site, request, page);
}

/* "x" where x/ has an index: to "x/". The path is visible ASCII and begins with a single '/'. */
static HttpReply *to_directory(Site *site, const HttpRequest *request, char *name, size_t length)
{
    SourceEntry entry = {0};
    if (length == 0 || name[length - 1] == '/' || length + strlen("/index.html") > HTTP_NAME) {
        return NULL;
    }
    g_autofree char *index = g_strconcat(name, "/index.html", NULL);
    if (!source_find(site->source, index, &entry)) {
        return NULL;
    }
    source_entry_clear(&entry);
    g_autofree char *place = g_strdup_printf("%.*s/", (int)request->path_length, request->path);
    return elsewhere(site, place, "This page is at the same address with a / after it.");
}

static HttpReply *not_allowed(const Site *site)
{
    HttpReply *reply = plain(site, 405, "Only GET and HEAD are answered here.");
    http_reply_header(reply, "Allow", "GET, HEAD");
    return reply;
}

static HttpReply *no_edition(const Site *site)
{
    HttpReply *reply = plain(site, 503, "No edition has been pressed yet.");
    http_reply_header(reply, "Retry-After", "5");
    return reply;
}

HttpReply *site_answer(const HttpRequest *request, void *data)
{
    static const char index[] = "index.html";
    Site *site = data;
    char name[HTTP_NAME + sizeof index];
    size_t length;
    if (request->method != HTTP_GET && request->method != HTTP_HEAD) {
        return not_allowed(site);
    }
    if (site->source == NULL) {
        return no_edition(site);
    }
    if (!http_target_name(request->path, request->path_length, name, &length)) {
        return missing(site, request, "");
    }
    if (length == 0 || name[length - 1] == '/') {
        memcpy(name + length, index, sizeof index);
    }
    Page *page = page_of(site, name);
    if (page != NULL) {
        return page_answer(site, request, page);
    }
    HttpReply *redirect = to_directory(site, request, name, strlen(name));
    return redirect != NULL ? redirect : missing(site, request, name);
}
