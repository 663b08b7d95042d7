/* What the API remembers of stories: story_once.h. The requests are story_api_change.c. */
#include "desk/story_once.h"

#include "base/error.h"
#include "desk_api_sql.h"
#include "seal/hash.h"

#include <string.h>

static void hex_of(const void *bytes, size_t length, char hex[HASH_HEX])
{
    Hash hash = hash_of(bytes, length);
    hash_hex(&hash, hex);
}

bool story_once_find(Store *store, const StoryOnce *once, int64_t now, int64_t *story,
                     GError **error)
{
    char key[HASH_HEX], digest[HASH_HEX];
    hex_of(once->key, strlen(once->key), key);
    hex_of(once->body, once->length, digest);
    if (!desk_api_key_sweep(store, now - STORY_ONCE_KEPT, error)) {
        return false;
    }
    g_autoptr(StoreRows) rows = desk_api_key_read(store, once->token, key, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW && strcmp(store_text(rows, 0), digest) != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "this Idempotency-Key was used for something else within a day");
    }
    if (step != STORE_FAILED) {
        *story = step == STORE_ROW ? store_number(rows, 1) : 0;
    }
    return step != STORE_FAILED;
}

bool story_once_keep(Store *store, const StoryOnce *once, int64_t story, int64_t now,
                     GError **error)
{
    char key[HASH_HEX], digest[HASH_HEX];
    hex_of(once->key, strlen(once->key), key);
    hex_of(once->body, once->length, digest);
    return desk_api_key_put(store, once->token, key, digest, story, now, error);
}

/* Texts belong to the key: a page that is gone back to and filled in anew makes something new. */
static char *form_key(const FormOnce *once)
{
    return g_strdup_printf("form %s %zu %s %s", once->word, strlen(once->first), once->first,
                           once->second);
}

bool form_once_find(Store *store, const FormOnce *once, int64_t now, int64_t *story, GError **error)
{
    g_autofree char *key = form_key(once);
    StoryOnce all = {.token = -once->person, .key = key, .body = ""};
    *story = 0;
    return *once->word == '\0' || story_once_find(store, &all, now, story, error);
}

bool form_once_keep(Store *store, const FormOnce *once, int64_t story, int64_t now, GError **error)
{
    g_autofree char *key = form_key(once);
    StoryOnce all = {.token = -once->person, .key = key, .body = ""};
    return *once->word == '\0' || story_once_keep(store, &all, story, now, error);
}

bool story_once_untouched(Store *store, int64_t story, int64_t version, bool *untouched,
                          GError **error)
{
    g_autoptr(StoreRows) rows = desk_api_put_read(store, story, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *untouched = step == STORE_ROW && store_number(rows, 0) == version;
    }
    return step != STORE_FAILED;
}

bool story_once_put(Store *store, int64_t story, int64_t version, GError **error)
{
    return desk_api_put_write(store, story, version, error);
}
