/*
 * Building the replies of a page. Which one to send, and conditional requests, is site.c; keeping
 * them is cache.c.
 */
#include "stand/page.h"

#include "base/clock.h"
#include "base/limits.h"
#include "net/conditional.h"

#include <string.h>
#include <unistd.h>

#define IN_MEMORY (256u * 1024) /* larger bodies are sent from the file */
#define FILE_COST                                                                                  \
    (128u * 1024) /* what an open file, twice at most (net/reply.c), counts for in                 \
                     the cache: bounds descriptors */
#define LOOK_AGAIN (5 * CLOCK_SECOND)

Page *page_new(const char *name, SourceEntry *entry, bool https)
{
    Page *page = g_new0(Page, 1);
    page->name = g_strdup(name);
    page->entry = *entry;
    *entry = (SourceEntry){0};
    page->type = content_type_of(name);
    page->immutable = g_str_has_prefix(name, "o/");
    page->https = https;
    page->cell = -1;
    page->cost = sizeof *page + strlen(name) + 128;
    return page;
}

void page_free(Page *page)
{
    for (unsigned i = 0; i < HTTP_CODINGS; i++) {
        http_reply_unref(page->forms[i].whole);
        http_reply_unref(page->forms[i].not_modified);
    }
    source_entry_clear(&page->entry);
    g_free(page->name);
    g_free(page);
}

void page_common_headers(HttpReply *reply, bool https)
{
    http_reply_header(reply, "X-Content-Type-Options", "nosniff");
    http_reply_header(reply, "Referrer-Policy", "no-referrer");
    http_reply_header(reply, "Access-Control-Allow-Origin", "*");
    if (https) {
        http_reply_header(reply, "Strict-Transport-Security", HTTP_HSTS);
    }
}

static const char *cache_control(const Page *page)
{
    if (page->immutable) {
        return "public, max-age=31536000, immutable";
    }
    if (g_str_has_prefix(page->name, "EDITION") || g_str_has_prefix(page->name, "FRESH")) {
        return "public, no-cache";
    }
    /* A browser asks each time, mostly for a 304, so that who publishes sees it; a cache between
     * may keep a page for a minute. */
    return "public, max-age=0, s-maxage=60, must-revalidate";
}

/* A service worker is ruled by the policy its own script came with, not by a page's. */
static const char *policy(const Page *page)
{
    if (strcmp(page->name, "sw.js") == 0) {
        return "default-src 'none'; connect-src 'self' https:; frame-ancestors 'none'";
    }
    if (page->type->active) {
        return "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    }
    return page->type->document ? "frame-ancestors 'none'" : NULL;
}

static void validators(const PageForm *form, HttpReply *reply)
{
    char date[HTTP_DATE];
    http_date_format(form->modified, date);
    http_reply_header(reply, "ETag", form->etag);
    http_reply_header(reply, "Last-Modified", date);
}

static void headers(const Page *page, const PageForm *form, HttpCoding coding, HttpReply *reply)
{
    http_reply_header(reply, "Content-Type", page->type->type);
    if (coding != HTTP_IDENTITY) {
        http_reply_header(reply, "Content-Encoding", http_coding_name(coding));
    }
    http_reply_header(reply, "Cache-Control",
                      page->entry.status == 404 ? "public, max-age=10" : cache_control(page));
    if (page->type->text) {
        http_reply_header(reply, "Vary", "Accept-Encoding");
    }
    if (page->entry.status == 200) {
        validators(form, reply);
    }
    if (page->immutable && coding == HTTP_IDENTITY) {
        http_reply_header(reply, "Accept-Ranges", "bytes");
    }
    if (page->entry.status == 301 && page->entry.target != NULL) {
        http_reply_header(reply, "Location", page->entry.target);
    }
    if (policy(page) != NULL) {
        http_reply_header(reply, "Content-Security-Policy", policy(page));
    }
    if (page->type->document) {
        http_reply_header(reply, "Cross-Origin-Opener-Policy", "same-origin");
        http_reply_header(reply, "Permissions-Policy", HTTP_PERMISSIONS);
    }
    page_common_headers(reply, page->https);
}

/* The bytes of an object, or NULL if they cannot be read whole. Closes the file. */
static GBytes *object_read(SourceObject *object)
{
    size_t length = (size_t)object->length, got = 0;
    char *bytes = g_try_malloc(length + 1);
    while (bytes != NULL && got < length) {
        ssize_t n = pread(object->file, bytes + got, length - got, (off_t)got);
        if (n <= 0) {
            g_clear_pointer(&bytes, g_free);
        } else {
            got += (size_t)n;
        }
    }
    close(object->file);
    return bytes != NULL ? g_bytes_new_take(bytes, length) : NULL;
}

static HttpReply *object_reply(SourceObject *object, unsigned status, size_t *cost)
{
    if (object->length > IN_MEMORY) {
        *cost += FILE_COST;
        return http_reply_new_file(status, object->file, 0, object->length);
    }
    g_autoptr(GBytes) bytes = object_read(object);
    return bytes != NULL ? http_reply_new(status, bytes) : NULL;
}

static bool form_make(Page *page, Source *source, HttpCoding coding)
{
    PageForm *form = &page->forms[coding];
    SourceObject object;
    if (form->absent_until > 0 && clock_monotonic() < form->absent_until) {
        return false;
    }
    if ((coding != HTTP_IDENTITY && !page->type->text) ||
        !source_object(source, page->entry.hash, coding, &object)) {
        form->absent_until = clock_monotonic() + LOOK_AGAIN;
        return false;
    }
    if (object.length > LIMIT_OBJECT) {
        close(object.file);
        return false;
    }
    HttpReply *reply = object_reply(&object, page->entry.status, &page->cost);
    if (reply == NULL) {
        return false;
    }
    form->modified = object.modified;
    g_snprintf(form->etag, sizeof form->etag, "\"%s%s\"", page->entry.hash,
               source_etag_suffix(coding));
    headers(page, form, coding, reply);
    page->cost += http_reply_cost(reply);
    form->whole = reply;
    return true;
}

PageForm *page_form(Page *page, Source *source, const HttpCoding *order, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (page->forms[order[i]].whole != NULL || form_make(page, source, order[i])) {
            return &page->forms[order[i]];
        }
    }
    return NULL;
}

HttpReply *page_not_modified(Page *page, PageForm *form)
{
    if (form->not_modified == NULL) {
        HttpReply *reply = http_reply_new_unsent(304, http_reply_length(form->whole));
        validators(form, reply);
        http_reply_header(reply, "Cache-Control", cache_control(page));
        if (page->type->text) {
            http_reply_header(reply, "Vary", "Accept-Encoding");
        }
        http_reply_header(reply, "Access-Control-Allow-Origin", "*");
        form->not_modified = reply;
        page->cost += http_reply_cost(reply);
    }
    return form->not_modified;
}

HttpReply *page_part(Page *page, Source *source, uint64_t first, uint64_t count)
{
    SourceObject object;
    const PageForm *form = &page->forms[HTTP_IDENTITY];
    if (!source_object(source, page->entry.hash, HTTP_IDENTITY, &object)) {
        return NULL;
    }
    HttpReply *reply = http_reply_new_file(206, object.file, first, count);
    g_autofree char *range =
        g_strdup_printf("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                        first, first + count - 1, object.length);
    http_reply_header(reply, "Content-Range", range);
    headers(page, form, HTTP_IDENTITY, reply);
    return reply;
}

HttpReply *page_unsatisfiable(const Page *page, uint64_t length)
{
    HttpReply *reply = http_reply_new_text(416, "The range lies outside the file.");
    g_autofree char *range = g_strdup_printf("bytes */%" G_GUINT64_FORMAT, length);
    http_reply_header(reply, "Content-Range", range);
    page_common_headers(reply, page->https);
    return reply;
}
