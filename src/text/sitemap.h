/*
 * Sitemaps (sitemaps.org 0.9): urlset, index, and the news form (Google News sitemap 0.9). Nothing
 * looks at a clock. URLs are absolute and borrowed; at most SITEMAP_LIMIT entries (sitemaps.org),
 * SITEMAP_NEWS_LIMIT for news.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SITEMAP_LIMIT      50000u
#define SITEMAP_NEWS_LIMIT 1000u

typedef struct {
    const char *language; /* BCP 47 */
    const char *url;
} SitemapAlternate;

typedef struct {
    const char *url;
    int64_t modified;                   /* microseconds UTC; 0 leaves lastmod out */
    const SitemapAlternate *alternates; /* xhtml:link rel=alternate, itself included, or NULL */
    size_t alternate_count;
} SitemapEntry;

typedef struct {
    const char *url;
    const char *title;
    const char *publication; /* the newspaper's name */
    const char *language;    /* ISO 639: "en", "ru", "zh-cn" */
    int64_t published;
} SitemapNews;

/* Append to `out`, untouched on failure (INVALID, LIMIT). */
bool sitemap_urls(const SitemapEntry *entries, size_t count, GString *out, GError **error);
bool sitemap_index(const SitemapEntry *entries, size_t count, GString *out, GError **error);
bool sitemap_news(const SitemapNews *entries, size_t count, GString *out, GError **error);
