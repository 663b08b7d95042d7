/* Links for readers outside: reading.h. Their pages are desk/reading_office.c. */
#include "staff/reading.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "seal/hash.h"
#include "staff/audit.h"
#include "staff/permission.h"
#include "staff_reading_sql.h"

#include <inttypes.h>
#include <string.h>

void reading_free(Reading *reading)
{
    if (reading != NULL) {
        g_free(reading->name);
        g_free(reading->maker);
        g_free(reading);
    }
}

bool reading_good(const Reading *reading, int64_t now)
{
    return reading->ended == 0 && reading->ends > now && reading->opened < READING_OPENINGS;
}

static bool gone(GError **error)
{
    return fail(error, KOLOKOL_ERROR_NOT_FOUND, "this link was ended or has run out");
}

static void hash_token(const char *token, char hex[HASH_HEX])
{
    Hash hash = hash_of(token, strlen(token));
    hash_hex(&hash, hex);
}

static Reading *of_row(StoreRows *rows)
{
    Reading *reading = g_new0(Reading, 1);
    reading->id = store_number(rows, 0);
    reading->story = store_number(rows, 1);
    reading->person = store_number(rows, 2);
    reading->name = store_text_copy(rows, 3);
    reading->created = store_number(rows, 4);
    reading->ends = store_number(rows, 5);
    reading->ended = store_number(rows, 6);
    reading->opened = store_number(rows, 7);
    reading->last = store_number(rows, 8);
    reading->maker = store_text_copy(rows, 9);
    return reading;
}

/* Does the role of the row's maker still allow what the link does? */
static bool maker_may(StoreRows *rows)
{
    Role role;
    return role_parse(store_text(rows, 10), &role) && role_may(role, PERMISSION_PUBLISH);
}

Reading *reading_find(Store *store, const char *token, int64_t now, GError **error)
{
    char hash[HASH_HEX];
    if (strlen(token) != READING_TOKEN - 1) {
        gone(error);
        return NULL;
    }
    hash_token(token, hash);
    g_autoptr(StoreRows) rows = staff_reading_by_hash(store, hash, now, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    g_autoptr(Reading) reading = step == STORE_ROW && maker_may(rows) ? of_row(rows) : NULL;
    if (step == STORE_FAILED) {
        return NULL;
    }
    if (reading == NULL || !reading_good(reading, now)) {
        gone(error);
        return NULL;
    }
    return g_steal_pointer(&reading);
}

GPtrArray *reading_list(Store *store, int64_t story, unsigned most, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)reading_free);
    g_autoptr(StoreRows) rows = staff_reading_of_story(store, story, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(list, of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

/* ---- Changes -------------------------------------------------------------------------------- */

typedef struct {
    int64_t id, story, now, ends;
    ReadingActor by;
    const char *name, *hash;
} Change;

static bool audited(Store *store, const char *action, const Change *change, GError **error)
{
    g_autofree char *subject = g_strdup_printf("story %" PRId64, change->story);
    g_autofree char *detail = g_strdup_printf("link %" PRId64, change->id);
    return audit_add_by(store, change->by.person, change->by.token, action, subject, detail,
                        change->now, error);
}

static bool few_enough(Store *store, const Change *change, GError **error)
{
    g_autoptr(StoreRows) rows = staff_reading_open_count(store, change->story, change->now, error);
    return rows != NULL && store_rows_next(rows, error) == STORE_ROW &&
           (store_number(rows, 0) < READING_LINKS ||
            fail(error, KOLOKOL_ERROR_LIMIT,
                 "%u links to this story are good at the same time at most; end one",
                 READING_LINKS));
}

static bool make_body(Store *store, void *data, GError **error)
{
    Change *change = data;
    return staff_reading_forget(store, change->now - READING_KEPT_DAYS * CLOCK_DAY, error) &&
           few_enough(store, change, error) &&
           store_next_id(store, "staff_reading", &change->id, error) &&
           staff_reading_insert(store, change->id, change->hash, change->story, change->by.person,
                                change->name, change->now, change->ends, error) &&
           audited(store, "reading.make", change, error);
}

static bool name_good(const char *name)
{
    size_t length = strlen(name);
    if (length > READING_NAME || !g_utf8_validate(name, -1, NULL) ||
        name[strspn(name, " ")] == '\0') {
        return false;
    }
    for (const char *c = name; *c != '\0'; c = g_utf8_next_char(c)) {
        if (g_unichar_iscntrl(g_utf8_get_char(c))) {
            return false;
        }
    }
    return true;
}

bool reading_make(Store *store, int64_t story, const ReadingActor *by, const char *name,
                  unsigned hours, int64_t now, char token[READING_TOKEN], GError **error)
{
    char hash[HASH_HEX];
    if (!name_good(name)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "say for whom the link is: 1 to %u bytes of UTF-8 in one line", READING_NAME);
    }
    if (hours == 0 || hours > READING_HOURS_MOST) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a link is good for 1 hour to %u days",
                    READING_HOURS_MOST / 24u);
    }
    g_autofree char *fresh = random_id();
    hash_token(fresh, hash);
    Change change = {.story = story,
                     .by = *by,
                     .now = now,
                     .ends = now + hours * CLOCK_HOUR,
                     .name = name,
                     .hash = hash};
    if (!store_transact(store, make_body, &change, error)) {
        return false;
    }
    g_strlcpy(token, fresh, READING_TOKEN);
    return true;
}

static bool open_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    int64_t rows = 0;
    return staff_reading_opened_counted(store, change->id, change->now, READING_OPENINGS, &rows,
                                        error) &&
           (rows > 0 || gone(error)) && audited(store, "reading.open", change, error);
}

bool reading_open(Store *store, const Reading *reading, int64_t now, GError **error)
{
    Change change = {.id = reading->id, .story = reading->story, .now = now};
    return store_transact(store, open_body, &change, error);
}

static bool end_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    int64_t rows = 0;
    return staff_reading_end_counted(store, change->story, change->id, change->now, &rows, error) &&
           (rows > 0 || fail(error, KOLOKOL_ERROR_NOT_FOUND,
                             "story %" PRId64 " has no link %" PRId64 " that is still good",
                             change->story, change->id)) &&
           audited(store, "reading.end", change, error);
}

bool reading_end(Store *store, int64_t story, int64_t id, const ReadingActor *by, int64_t now,
                 GError **error)
{
    Change change = {.id = id, .story = story, .by = *by, .now = now};
    return store_transact(store, end_body, &change, error);
}

bool reading_end_of_story(Store *store, int64_t story, int64_t now, GError **error)
{
    return staff_reading_end_of_story(store, story, now, error);
}

bool reading_end_of(Store *store, int64_t person, int64_t now, GError **error)
{
    return staff_reading_end_of(store, person, now, error);
}

bool reading_end_all(Store *store, int64_t now, GError **error)
{
    return staff_reading_end_all(store, now, error);
}

bool reading_rename_all(Store *store, ReadingRenamer rename, void *data, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    {
        g_autoptr(StoreRows) rows = staff_reading_names(store, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            int64_t id = store_number(rows, 0);
            char *name = rename(store_text(rows, 1), data);
            if (name != NULL) {
                g_array_append_val(ids, id);
                g_ptr_array_add(names, name);
            }
        }
        if (step != STORE_END) {
            return false;
        }
    }
    for (guint i = 0; i < ids->len; i++) {
        if (!staff_reading_rename(store, g_array_index(ids, int64_t, i), names->pdata[i], error)) {
            return false;
        }
    }
    return true;
}
