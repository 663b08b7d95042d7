/*
 * The pages that were asked for last, up to a ceiling of bytes; the one not asked for longest goes
 * first. A reply in flight is counted by the server too, so dropping its page never cuts it.
 */
#pragma once

#include "stand/page.h"

typedef struct PageCache PageCache;

PageCache *page_cache_new(size_t ceiling);
void page_cache_free(PageCache *cache);

/* The page of a name, moved to the front; NULL if it is not here. */
Page *page_cache_find(PageCache *cache, const char *name);

/* Puts a page in, which the cache then owns, in place of one of the same name. */
void page_cache_put(PageCache *cache, Page *page);

void page_cache_drop(PageCache *cache, const char *name);

/* Takes a page's changed cost into account and drops old pages above the ceiling, never this one.
 */
void page_cache_account(PageCache *cache, Page *page);

size_t page_cache_bytes(const PageCache *cache);
unsigned page_cache_count(const PageCache *cache);
