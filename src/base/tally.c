/* Counting and publishing: tally.h. Where the room lies is pulse.c. */
#include "base/tally.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"

#include <inttypes.h>
#include <string.h>

#define MAGIC UINT64_C(0x31796c6c61746b6b) /* "kktally1" as bytes */
#define MOST  INT64_C(1000000000000)       /* of one cell in one hour: more is nonsense */

typedef struct {
    int64_t hour; /* since 1970; 0: unused */
    uint64_t counts[TALLY_CELLS];
} Hour;

typedef struct {
    uint64_t magic;
    char source[24];
    char names[TALLY_CELLS][TALLY_NAME]; /* in use up to the first that is empty */
    Hour hours[TALLY_HOURS];
} Room;

struct Tally {
    Room *room; /* NULL: nobody reads */
    uint32_t waiting[TALLY_CELLS];
};

size_t tally_room(void)
{
    return sizeof(Room);
}

Tally *tally_new(void *room)
{
    Tally *tally = g_new0(Tally, 1);
    tally->room = room;
    if (room != NULL && tally->room->magic != MAGIC) {
        memset(room, 0, sizeof(Room));
        g_snprintf(tally->room->source, TALLY_SOURCE, "%016" PRIx64, random_unseen());
        tally->room->magic = MAGIC;
    }
    return tally;
}

void tally_free(Tally *tally)
{
    g_free(tally);
}

static bool name_good(const char *name)
{
    size_t length = strnlen(name, TALLY_NAME);
    return length > 0 && length < TALLY_NAME &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-/") == length;
}

int tally_cell(Tally *tally, const char *name)
{
    if (tally->room == NULL || !name_good(name)) {
        return -1;
    }
    for (unsigned i = 0; i < TALLY_CELLS; i++) {
        char *cell = tally->room->names[i];
        if (cell[0] == '\0') {
            g_strlcpy(cell, name, TALLY_NAME);
        }
        if (strncmp(cell, name, TALLY_NAME) == 0) {
            return (int)i;
        }
    }
    return -1;
}

void tally_count(Tally *tally, int cell)
{
    if (cell >= 0 && (unsigned)cell < TALLY_CELLS) {
        tally->waiting[cell]++;
    }
}

/* The hour's place, emptied if an older one had it. */
static Hour *place_of(Room *room, int64_t hour)
{
    Hour *place = &room->hours[(uint64_t)hour % TALLY_HOURS];
    if (place->hour != hour) {
        __atomic_store_n(&place->hour, 0, __ATOMIC_SEQ_CST);
        memset(place->counts, 0, sizeof place->counts);
        __atomic_store_n(&place->hour, hour, __ATOMIC_SEQ_CST);
    }
    return place;
}

void tally_publish(Tally *tally, int64_t now)
{
    Hour *place = NULL;
    if (tally->room == NULL || now < CLOCK_HOUR) {
        return;
    }
    for (unsigned i = 0; i < TALLY_CELLS; i++) {
        uint32_t whole = tally->waiting[i] - tally->waiting[i] % TALLY_STEP;
        if (whole > 0) {
            place = place != NULL ? place : place_of(tally->room, now / CLOCK_HOUR);
            __atomic_store_n(&place->counts[i], place->counts[i] + whole, __ATOMIC_RELAXED);
            tally->waiting[i] -= whole;
        }
    }
}

/* ---- Reading -------------------------------------------------------------------------------- */

static bool source_good(const char *source)
{
    return strnlen(source, TALLY_SOURCE) == TALLY_SOURCE - 1 &&
           strspn(source, "0123456789abcdef") == TALLY_SOURCE - 1;
}

static bool read_hour(const Room *room, const Hour *hour, TallyTaker take, void *data,
                      GError **error)
{
    for (unsigned i = 0; i < TALLY_CELLS && room->names[i][0] != '\0'; i++) {
        TallyCount count = {room->source, room->names[i], hour->hour * CLOCK_HOUR,
                            (int64_t)MIN(hour->counts[i], (uint64_t)MOST)};
        if (!name_good(room->names[i])) {
            return fail(error, KOLOKOL_ERROR_INVALID, "a cell of the totals has no good name");
        }
        if (count.count > 0 && !take(&count, data, error)) {
            return false;
        }
    }
    return true;
}

bool tally_read(GBytes *bytes, int64_t now, TallyTaker take, void *data, GError **error)
{
    if (g_bytes_get_size(bytes) != sizeof(Room)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "these are no totals: %zu bytes",
                    g_bytes_get_size(bytes));
    }
    g_autofree Room *room = g_memdup2(g_bytes_get_data(bytes, NULL), sizeof(Room));
    if (room->magic == 0) {
        return true; /* nobody has counted yet */
    }
    if (room->magic != MAGIC || !source_good(room->source)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "these are no totals");
    }
    for (unsigned i = 0; i < TALLY_HOURS; i++) {
        const Hour *hour = &room->hours[i];
        if (hour->hour < 0 || hour->hour > now / CLOCK_HOUR + 1) {
            return fail(error, KOLOKOL_ERROR_INVALID, "the totals name an hour that is to come");
        }
        if (hour->hour > 0 && !read_hour(room, hour, take, data, error)) {
            return false;
        }
    }
    return true;
}
