/*
 * What the rendering of one page came to: its path, hash, inputs. It travels from the process that
 * rendered to the one that keeps the books, so it can be written to bytes and read back.
 *
 * Inputs are kept as the first 8 bytes of the SHA-256 of their name: a collision would render a
 * page too many, never one too few. They are sorted by that number, without duplicates.
 */
#pragma once

#include "seal/hash.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t input;
    int64_t floor_published, floor_story; /* INT64_MIN, INT64_MIN: read whole */
} PressInput;

typedef struct {
    char *name;    /* "kind:key" */
    char *path;    /* NULL: there is no such page now */
    char *failure; /* not NULL: could not be rendered, for this reason; the rest is empty */
    char *globals; /* lines "input version", sorted */
    Hash hash;
    int64_t size, newness;
    int64_t boundary;     /* INT64_MAX: none */
    int64_t microseconds; /* of CPU, that rendering took */
    bool coded;           /* the gzip form exists */
    GArray *inputs;       /* PressInput */
    GArray *objects;      /* PressObject, sorted by name */
} PressRecord;

typedef struct {
    char *name;
    int64_t size;
} PressObject;

PressRecord *press_record_new(const char *name);
void press_record_free(PressRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PressRecord, press_record_free)

/* The number that stands for an input's name. */
int64_t press_input_number(const char *name);

/* Adds an input, or widens the window of one already there. Not sorted yet. */
void press_record_read(PressRecord *record, const char *input, int64_t floor_published,
                       int64_t floor_story);

/* Sorts and removes duplicates; called once, before use. */
void press_record_finish(PressRecord *record);

/* Appends the record's bytes to a buffer, and takes one from a cursor: NULL when the bytes are not
 * a record. */
void press_record_write(const PressRecord *record, GByteArray *bytes);
PressRecord *press_record_read_bytes(const uint8_t **cursor, const uint8_t *end);
