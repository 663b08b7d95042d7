/*
 * The table of content types. Feeds are told by their whole names, because ".xml" alone does not
 * say.
 */
#include "stand/types.h"

#include <glib.h>
#include <string.h>

#define PLAIN "text/plain; charset=utf-8"

/* Whole last segments first, then suffixes; the first row that fits is taken. */
static const ContentType names[] = {
    {"feed.xml", "application/rss+xml", true, true, true},
    {"atom.xml", "application/atom+xml", true, true, true},
    {"feed.json", "application/feed+json", true, false, false},
    {"EDITION", PLAIN, true, false, false},
    {"EDITION.sig", PLAIN, true, false, false},
    {"FRESH", PLAIN, true, false, false},
    {"FRESH.sig", PLAIN, true, false, false},
    {"OBJECTS", PLAIN, true, false, false},
};

static const ContentType suffixes[] = {
    {".html", "text/html; charset=utf-8", true, true, false},
    {".txt", PLAIN, true, false, false},
    {".css", "text/css; charset=utf-8", true, false, false},
    {".js", "text/javascript; charset=utf-8", true, false, false},
    {".json", "application/json", true, false, false},
    {".webmanifest", "application/manifest+json", true, false, false},
    {".xml", "application/xml", true, true, true},
    {".svg", "image/svg+xml", true, true, true},
    {".jpg", "image/jpeg", false, false, false},
    {".jpeg", "image/jpeg", false, false, false},
    {".png", "image/png", false, false, false},
    {".webp", "image/webp", false, false, false},
    {".avif", "image/avif", false, false, false},
    {".gif", "image/gif", false, false, false},
    {".ico", "image/x-icon", false, false, false},
    {".woff2", "font/woff2", false, false, false},
    {".mp3", "audio/mpeg", false, false, false},
    {".m4a", "audio/mp4", false, false, false},
    {".mp4", "video/mp4", false, false, false},
    {".webm", "video/webm", false, false, false},
    {".pdf", "application/pdf", false, false, false},
    {".zip", "application/zip", false, false, false},
    {".pub", PLAIN, true, false, false},
    {".sig", PLAIN, true, false, false},
};

static const ContentType manifest = {"MANIFEST", PLAIN, true, false, false};
static const ContentType unknown = {"", "application/octet-stream", false, false, false};

const ContentType *content_type_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *last = slash != NULL ? slash + 1 : name;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(last, names[i].suffix) == 0) {
            return &names[i];
        }
    }
    const char *dot = strrchr(last, '.');
    for (size_t i = 0; dot != NULL && i < G_N_ELEMENTS(suffixes); i++) {
        if (strcmp(dot, suffixes[i].suffix) == 0) {
            return &suffixes[i];
        }
    }
    if (g_str_has_prefix(last, "MANIFEST") || g_str_has_prefix(last, "OBJECTS") ||
        g_str_has_prefix(name, "STATUS/") || g_str_has_prefix(name, "GONE/")) {
        return &manifest;
    }
    return &unknown;
}
