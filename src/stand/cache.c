/*
 * A hash table for finding and a list for ageing. What a page holds is page.c's.
 */
#include "stand/cache.h"

typedef struct {
    GList link; /* in the list, link.data is the slot */
    Page *page;
    size_t counted; /* of the page's cost, in `bytes` */
} Slot;

struct PageCache {
    GHashTable *slots; /* page name → Slot; the name is the page's own */
    GQueue ages;       /* newest at the head */
    size_t ceiling, bytes;
};

static void slot_free(gpointer data)
{
    Slot *slot = data;
    page_free(slot->page);
    g_free(slot);
}

PageCache *page_cache_new(size_t ceiling)
{
    PageCache *cache = g_new0(PageCache, 1);
    cache->slots = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, slot_free);
    g_queue_init(&cache->ages);
    cache->ceiling = ceiling;
    return cache;
}

void page_cache_free(PageCache *cache)
{
    if (cache == NULL) {
        return;
    }
    g_hash_table_unref(cache->slots);
    g_free(cache);
}

Page *page_cache_find(PageCache *cache, const char *name)
{
    Slot *slot = g_hash_table_lookup(cache->slots, name);
    if (slot == NULL) {
        return NULL;
    }
    if (cache->ages.head != &slot->link) {
        g_queue_unlink(&cache->ages, &slot->link);
        g_queue_push_head_link(&cache->ages, &slot->link);
    }
    return slot->page;
}

static void slot_drop(PageCache *cache, Slot *slot)
{
    g_queue_unlink(&cache->ages, &slot->link);
    cache->bytes -= slot->counted;
    g_hash_table_remove(cache->slots, slot->page->name);
}

void page_cache_drop(PageCache *cache, const char *name)
{
    Slot *slot = g_hash_table_lookup(cache->slots, name);
    if (slot != NULL) {
        slot_drop(cache, slot);
    }
}

static void shrink(PageCache *cache, const Slot *keep)
{
    while (cache->bytes > cache->ceiling && cache->ages.tail != NULL) {
        Slot *oldest = cache->ages.tail->data;
        if (oldest == keep) {
            return;
        }
        slot_drop(cache, oldest);
    }
}

void page_cache_put(PageCache *cache, Page *page)
{
    Slot *slot = g_new0(Slot, 1);
    page_cache_drop(cache, page->name);
    slot->page = page;
    slot->link.data = slot;
    slot->counted = page->cost;
    cache->bytes += page->cost;
    g_hash_table_insert(cache->slots, page->name, slot);
    g_queue_push_head_link(&cache->ages, &slot->link);
    shrink(cache, slot);
}

void page_cache_account(PageCache *cache, Page *page)
{
    Slot *slot = g_hash_table_lookup(cache->slots, page->name);
    if (slot == NULL || slot->counted == page->cost) {
        return;
    }
    cache->bytes += page->cost - slot->counted;
    slot->counted = page->cost;
    shrink(cache, slot);
}

size_t page_cache_bytes(const PageCache *cache)
{
    return cache->bytes;
}

unsigned page_cache_count(const PageCache *cache)
{
    return g_hash_table_size(cache->slots);
}
