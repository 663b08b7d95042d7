/* Limits by sender: rate.h. */
#include "web/rate.h"

#include "base/clock.h"
#include "base/random.h"

#include <sodium.h>
#include <string.h>

#define SHARED 0 /* the key of those that found no room */

typedef struct {
    uint64_t key;
    unsigned count;
} Count;

struct Rate {
    uint8_t secret[crypto_shorthash_KEYBYTES];
    int64_t window_ends, minute_ends;
    GHashTable *counts; /* of Count, by its key */
    unsigned minute[RATE_KINDS];
};

Rate *rate_new(void)
{
    Rate *rate = g_new0(Rate, 1);
    rate->counts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    random_bytes(rate->secret, sizeof rate->secret);
    return rate;
}

void rate_free(Rate *rate)
{
    if (rate != NULL) {
        g_hash_table_unref(rate->counts);
        sodium_memzero(rate, sizeof *rate);
        g_free(rate);
    }
}

static uint64_t key_of_sender(const Rate *rate, const void *who, unsigned what)
{
    struct {
        HttpAddress group;
        uint32_t what;
    } named = {http_address_group(who), what};

    uint64_t key = 0;
    crypto_shorthash((uint8_t *)&key, (const uint8_t *)&named, sizeof named, rate->secret);
    return key;
}

static uint64_t key_of_number(const Rate *rate, const void *who, unsigned what)
{
    const uint64_t named[] = {*(const uint64_t *)who, what, UINT64_MAX};
    uint64_t key = 0;
    crypto_shorthash((uint8_t *)&key, (const uint8_t *)named, sizeof named, rate->secret);
    return key;
}

static Count *count_of(Rate *rate, uint64_t key)
{
    Count *count = g_hash_table_lookup(rate->counts, &key);
    if (count == NULL && g_hash_table_size(rate->counts) >= RATE_SENDERS && key != SHARED) {
        return count_of(rate, SHARED);
    }
    if (count == NULL) {
        count = g_new0(Count, 1);
        count->key = key;
        g_hash_table_insert(rate->counts, count, count);
    }
    return count;
}

static bool take(Rate *rate, uint64_t (*key)(const Rate *rate, const void *who, unsigned what),
                 const void *who, unsigned what, unsigned most, int64_t now)
{
    if (now >= rate->window_ends) {
        g_hash_table_remove_all(rate->counts);
        random_bytes(rate->secret, sizeof rate->secret);
        rate->window_ends = now + RATE_WINDOW;
    }
    Count *count = count_of(rate, key(rate, who, what));
    if (count->count >= most) {
        return false;
    }
    count->count++;
    return true;
}

bool rate_take(Rate *rate, const HttpAddress *sender, unsigned what, unsigned most, int64_t now)
{
    return take(rate, key_of_sender, sender, what, most, now);
}

bool rate_take_number(Rate *rate, uint64_t number, unsigned what, unsigned most, int64_t now)
{
    return take(rate, key_of_number, &number, what, most, now);
}

bool rate_take_all(Rate *rate, unsigned what, unsigned most, int64_t now)
{
    if (now >= rate->minute_ends) {
        memset(rate->minute, 0, sizeof rate->minute);
        rate->minute_ends = now + CLOCK_MINUTE;
    }
    g_assert(what < RATE_KINDS);
    if (rate->minute[what] >= most) {
        return false;
    }
    rate->minute[what]++;
    return true;
}
