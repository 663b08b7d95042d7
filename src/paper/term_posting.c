/* Rows of paper_posting: term_posting.h. */
#include "paper/term_posting.h"

#include "base/error.h"
#include "paper_sql.h"

#include <inttypes.h>
#include <string.h>

typedef struct {
    int64_t part;
    size_t length;
    uint8_t bytes[POSTING_PART * POSTING_BYTES];
} Part;

static Posting posting_at(const uint8_t *at)
{
    uint64_t published = 0;
    uint32_t story = 0;
    uint16_t weight = 0;
    memcpy(&published, at, sizeof published);
    memcpy(&story, at + sizeof published, sizeof story);
    memcpy(&weight, at + sizeof published + sizeof story, sizeof weight);
    return (Posting){.story = (int64_t)GUINT32_FROM_LE(story),
                     .published = (int64_t)GUINT64_FROM_LE(published),
                     .weight = GUINT16_FROM_LE(weight)};
}

static void posting_write(const Posting *posting, uint8_t *at)
{
    uint64_t published = GUINT64_TO_LE((uint64_t)posting->published);
    uint32_t story = GUINT32_TO_LE((uint32_t)posting->story);
    uint16_t weight = GUINT16_TO_LE(posting->weight);
    memcpy(at, &published, sizeof published);
    memcpy(at + sizeof published, &story, sizeof story);
    memcpy(at + sizeof published + sizeof story, &weight, sizeof weight);
}

static bool length_ok(size_t length, GError **error)
{
    return (length % POSTING_BYTES == 0 && length <= sizeof((Part *)0)->bytes) ||
           fail(error, KOLOKOL_ERROR_CORRUPT, "a term's stories have a length of %zu", length);
}

static bool read_part(StoreRows *rows, Part *part, GError **error)
{
    const void *bytes = store_bytes(rows, 1, &part->length);
    if (!length_ok(part->length, error)) {
        return false;
    }
    part->part = store_number(rows, 0);
    if (part->length > 0) {
        memcpy(part->bytes, bytes, part->length);
    }
    return true;
}

static bool add_one(Store *store, int64_t index, uint64_t term, const Posting *posting,
                    GError **error)
{
    Part last = {0};
    {
        g_autoptr(StoreRows) rows = paper_posting_last(store, index, (int64_t)term, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        if (step == STORE_FAILED || (step == STORE_ROW && !read_part(rows, &last, error))) {
            return false;
        }
    }
    if (last.length == sizeof last.bytes) {
        last.part++;
        last.length = 0;
    }
    posting_write(posting, last.bytes + last.length);
    return paper_posting_put(store, index, (int64_t)term, last.part, last.bytes,
                             last.length + POSTING_BYTES, error);
}

bool postings_add(Store *store, int64_t index, const TermVector *vector, GError **error)
{
    if (vector->story > (int64_t)UINT32_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "story %" PRId64 " is one too many for the index",
                    vector->story);
    }
    for (unsigned i = 0; i < vector->count; i++) {
        Posting posting = {vector->story, vector->published, vector->terms[i].weight};
        if (!add_one(store, index, vector->terms[i].term, &posting, error)) {
            return false;
        }
    }
    return true;
}

/* Finds the part that has the story and takes it out there; *found is false if none has. */
static bool find_and_cut(StoreRows *rows, int64_t story, Part *part, bool *found, GError **error)
{
    StoreStep step = STORE_FAILED;
    *found = false;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        if (!read_part(rows, part, error)) {
            return false;
        }
        for (size_t at = 0; at < part->length; at += POSTING_BYTES) {
            if (posting_at(part->bytes + at).story == story) {
                part->length -= POSTING_BYTES;
                memmove(part->bytes + at, part->bytes + at + POSTING_BYTES, part->length - at);
                *found = true;
                return true;
            }
        }
    }
    return step == STORE_END;
}

static bool remove_one(Store *store, int64_t index, uint64_t term, int64_t story, GError **error)
{
    Part part = {0};
    bool found = false;
    {
        g_autoptr(StoreRows) rows = paper_posting_parts(store, index, (int64_t)term, error);
        if (!find_and_cut(rows, story, &part, &found, error)) {
            return false;
        }
    }
    if (!found) {
        return true;
    }
    return part.length == 0 ? paper_posting_delete(store, index, (int64_t)term, part.part, error)
                            : paper_posting_put(store, index, (int64_t)term, part.part, part.bytes,
                                                part.length, error);
}

bool postings_remove(Store *store, int64_t index, const TermVector *vector, GError **error)
{
    for (unsigned i = 0; i < vector->count; i++) {
        if (!remove_one(store, index, vector->terms[i].term, vector->story, error)) {
            return false;
        }
    }
    return true;
}

bool postings_each(Store *store, int64_t index, uint64_t term, PostingTaker take, void *data,
                   GError **error)
{
    g_autoptr(StoreRows) rows = paper_posting_parts(store, index, (int64_t)term, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        size_t length = 0;
        const uint8_t *bytes = store_bytes(rows, 1, &length);
        if (!length_ok(length, error)) {
            return false;
        }
        for (size_t at = 0; at < length; at += POSTING_BYTES) {
            Posting posting = posting_at(bytes + at);
            take(&posting, data);
        }
    }
    return step == STORE_END;
}
