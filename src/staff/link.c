/* One-time links: link.h. What each lets happen is the door's business. */
#include "staff/link.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "seal/hash.h"
#include "staff_sql.h"

#include <string.h>

static const struct {
    const char *name;
    int64_t lasts;
} purposes[LINK_PURPOSES] = {
    [LINK_INVITE] = {"invite", 7 * CLOCK_DAY},
    [LINK_RESET] = {"reset", CLOCK_HOUR},
    [LINK_SIGN_IN] = {"sign-in", CLOCK_DAY},
    [LINK_FIRST] = {"first", CLOCK_DAY},
};

int64_t link_lasts(LinkPurpose purpose)
{
    return purposes[purpose].lasts;
}

static void hash_token(const char *token, char hex[HASH_HEX])
{
    Hash hash = hash_of(token, strlen(token));
    hash_hex(&hash, hex);
}

typedef struct {
    int64_t id, person, now;
    LinkPurpose purpose;
    const char *hash;
} Making;

static bool make_body(Store *store, void *data, GError **error)
{
    Making *making = data;
    const char *purpose = purposes[making->purpose].name;
    return staff_link_end(store, making->person, purpose, error) &&
           store_next_id(store, "staff_link", &making->id, error) &&
           staff_link_insert(store, making->id, making->hash, purpose, making->person, making->now,
                             making->now + purposes[making->purpose].lasts, error);
}

bool link_make(Store *store, LinkPurpose purpose, int64_t person, int64_t now,
               char token[LINK_TOKEN], int64_t *id, GError **error)
{
    g_autofree char *fresh = random_id();
    char hash[HASH_HEX];
    hash_token(fresh, hash);
    Making making = {.person = person, .now = now, .purpose = purpose, .hash = hash};
    if (!store_transact(store, make_body, &making, error)) {
        return false;
    }
    g_strlcpy(token, fresh, LINK_TOKEN);
    if (id != NULL) {
        *id = making.id;
    }
    return true;
}

static bool gone(GError **error)
{
    return fail(error, KOLOKOL_ERROR_NOT_FOUND, "this link was used or has ended");
}

static bool of_row(StoreRows *rows, Link *link, GError **error)
{
    *link = (Link){.id = store_number(rows, 0),
                   .person = store_number(rows, 2),
                   .created = store_number(rows, 3),
                   .ends = store_number(rows, 4)};
    for (unsigned i = 0; i < LINK_PURPOSES; i++) {
        if (strcmp(purposes[i].name, store_text(rows, 1)) == 0) {
            link->purpose = (LinkPurpose)i;
            return true;
        }
    }
    return fail(error, KOLOKOL_ERROR_CORRUPT, "a link of no known purpose");
}

bool link_find(Store *store, const char *token, int64_t now, Link *link, GError **error)
{
    char hash[HASH_HEX];
    if (strlen(token) != LINK_TOKEN - 1) {
        return gone(error);
    }
    hash_token(token, hash);
    g_autoptr(StoreRows) rows = staff_link_by_hash(store, hash, now, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    return step == STORE_ROW ? of_row(rows, link, error) : step == STORE_END && gone(error);
}

bool link_use(Store *store, const Link *link, GError **error)
{
    int64_t rows = 0;
    g_assert(store_in_transaction(store));
    return staff_link_delete_counted(store, link->id, &rows, error) && (rows > 0 || gone(error));
}

bool link_made(Store *store, LinkPurpose purpose, int64_t person, int64_t *made, GError **error)
{
    g_autoptr(StoreRows) rows = staff_link_made(store, person, purposes[purpose].name, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *made = step == STORE_ROW ? store_number(rows, 0) : 0;
    }
    return step != STORE_FAILED;
}

bool link_end_of(Store *store, int64_t person, GError **error)
{
    return staff_link_end_of(store, person, error);
}
