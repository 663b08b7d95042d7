/* The randomness seam of random.h, over libsodium. */
#include "base/random.h"

#include <glib.h>
#include <sodium.h>

static RandomFunction replaced;
static void *replaced_data;

void random_bytes(void *bytes, size_t length)
{
    if (replaced != NULL) {
        replaced(bytes, length, replaced_data);
    } else {
        randombytes_buf(bytes, length);
    }
}

uint64_t random_unseen(void)
{
    uint64_t number;
    randombytes_buf(&number, sizeof number);
    return number;
}

char *random_id(void)
{
    uint8_t bytes[16];
    random_bytes(bytes, sizeof bytes);
    char *hex = g_malloc(sizeof bytes * 2 + 1);
    return sodium_bin2hex(hex, sizeof bytes * 2 + 1, bytes, sizeof bytes);
}

void random_replace(RandomFunction function, void *data)
{
    replaced = function;
    replaced_data = data;
}
