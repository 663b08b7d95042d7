/* Ids of an import: import_ids.h. A table with open places, twice as large whenever it is three
 * quarters full. What is said of an id that comes twice is story_intake.c's. */
#include "main/import_ids.h"

#include "seal/hash.h"

#include <glib.h>
#include <string.h>

#define FIRST_SIZE 1024u /* a power of two */

typedef struct {
    uint64_t hash; /* 0: nothing stands here */
    uint32_t file, line;
} Place;

struct ImportIds {
    Place *places;
    size_t size, count;
    char *file; /* the present one */
    uint32_t file_number;
};

ImportIds *import_ids_new(void)
{
    ImportIds *ids = g_new0(ImportIds, 1);
    ids->size = FIRST_SIZE;
    ids->places = g_new0(Place, ids->size);
    return ids;
}

void import_ids_free(ImportIds *ids)
{
    if (ids != NULL) {
        g_free(ids->places);
        g_free(ids->file);
        g_free(ids);
    }
}

static uint64_t short_hash(const char *id)
{
    Hash hash = hash_of(id, strlen(id));
    uint64_t number = 0;
    memcpy(&number, hash.bytes, sizeof number);
    return number == 0 ? 1 : number;
}

/* Where the hash stands, or would. */
static Place *find(Place *places, size_t size, uint64_t hash)
{
    size_t at = (size_t)hash & (size - 1);
    while (places[at].hash != 0 && places[at].hash != hash) {
        at = (at + 1) & (size - 1);
    }
    return &places[at];
}

static void grow(ImportIds *ids)
{
    size_t size = ids->size * 2;
    Place *places = g_new0(Place, size);
    for (size_t i = 0; i < ids->size; i++) {
        if (ids->places[i].hash != 0) {
            *find(places, size, ids->places[i].hash) = ids->places[i];
        }
    }
    g_free(ids->places);
    ids->places = places;
    ids->size = size;
}

bool import_ids_add(ImportIds *ids, const char *id, const char *file, unsigned *line)
{
    uint64_t hash = short_hash(id);
    if (g_strcmp0(ids->file, file) != 0) {
        g_free(ids->file);
        ids->file = g_strdup(file);
        ids->file_number++;
    }
    Place *place = find(ids->places, ids->size, hash);
    if (place->hash != 0) {
        *line = place->file == ids->file_number ? place->line : 0;
        return false;
    }
    if (ids->count >= IMPORT_IDS_MOST) {
        return true;
    }
    *place = (Place){hash, ids->file_number, *line};
    if (++ids->count * 4 > ids->size * 3) {
        grow(ids);
    }
    return true;
}
