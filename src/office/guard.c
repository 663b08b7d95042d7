/* Guessing made slow: guard.h. */
#include "office/guard.h"

#include "base/clock.h"
#include "base/random.h"

#include <sodium.h>
#include <string.h>

#define SHARED 0 /* the key of those that found no room */

typedef enum { PAIR, CLIENT, NAME, KINDS } Kind;

static const struct {
    unsigned free;
    int64_t most; /* µs */
} rules[KINDS] = {
    [PAIR] = {5, 15 * CLOCK_MINUTE},
    [CLIENT] = {20, 5 * CLOCK_MINUTE},
    [NAME] = {60, 5 * CLOCK_MINUTE},
};

typedef struct {
    uint64_t key;
    unsigned wrong;
    int64_t until, forget;
} Count;

struct Guard {
    uint8_t secret[crypto_shorthash_KEYBYTES];
    GHashTable *counts; /* of Count, by its key */
};

Guard *guard_new(void)
{
    Guard *guard = g_new0(Guard, 1);
    guard->counts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    random_bytes(guard->secret, sizeof guard->secret);
    return guard;
}

void guard_free(Guard *guard)
{
    if (guard != NULL) {
        g_hash_table_unref(guard->counts);
        sodium_memzero(guard, sizeof *guard);
        g_free(guard);
    }
}

/* The count's key; a try from a known browser has one only, that of the address in it. */
static bool key_of(const Guard *guard, const GuardTry *try, Kind kind, uint64_t *key)
{
    if (try->browser != NULL && kind != PAIR) {
        return false;
    }
    g_autofree char *name = g_ascii_strdown(kind == CLIENT ? "" : try->name, -1);
    g_autoptr(GString) text = g_string_new(NULL);
    HttpAddress group = http_address_group(&try->client);
    g_string_append_printf(text, "%d %s %s ", kind, try->browser == NULL ? "-" : try->browser,
                           name);
    if (kind != NAME && try->browser == NULL) {
        g_string_append_len(text, (const char *)group.bytes, sizeof group.bytes);
    }
    crypto_shorthash((uint8_t *)key, (const uint8_t *)text->str, text->len, guard->secret);
    return true;
}

int64_t guard_wait(const Guard *guard, const GuardTry *try, int64_t now)
{
    int64_t longest = 0;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        uint64_t key = 0, shared = SHARED;
        if (!key_of(guard, try, (Kind)kind, &key)) {
            continue;
        }
        const Count *count = g_hash_table_lookup(guard->counts, &key);
        if (count == NULL && g_hash_table_size(guard->counts) >= GUARD_MOST) {
            count = g_hash_table_lookup(guard->counts, &shared);
        }
        if (count != NULL && count->forget > now) {
            longest = MAX(longest, count->until - now);
        }
    }
    return longest;
}

static gboolean forgotten(gpointer key, gpointer value, gpointer now)
{
    return ((const Count *)value)->forget <= *(const int64_t *)now;
}

static Count *count_of(Guard *guard, uint64_t key, int64_t now)
{
    Count *count = g_hash_table_lookup(guard->counts, &key);
    if (count == NULL && g_hash_table_size(guard->counts) >= GUARD_MOST && key != SHARED) {
        g_hash_table_foreach_remove(guard->counts, forgotten, &now);
        if (g_hash_table_size(guard->counts) >= GUARD_MOST) {
            return count_of(guard, SHARED, now);
        }
    }
    if (count == NULL) {
        count = g_new0(Count, 1);
        count->key = key;
        g_hash_table_insert(guard->counts, count, count);
    }
    if (count->forget <= now) {
        count->wrong = 0;
        count->until = 0;
    }
    return count;
}

void guard_wrong(Guard *guard, const GuardTry *try, int64_t now)
{
    for (unsigned kind = 0; kind < KINDS; kind++) {
        uint64_t key = 0;
        if (!key_of(guard, try, (Kind)kind, &key)) {
            continue;
        }
        Count *count = count_of(guard, key, now);
        count->wrong++;
        count->forget = now + GUARD_FORGET;
        if (count->wrong >= rules[kind].free) {
            unsigned doubled = MIN(count->wrong - rules[kind].free, 20u);
            count->until = now + MIN(CLOCK_SECOND << doubled, rules[kind].most);
        }
    }
}

void guard_right(Guard *guard, const GuardTry *try)
{
    uint64_t key = 0;
    if (key_of(guard, try, PAIR, &key)) {
        g_hash_table_remove(guard->counts, &key);
    }
}
