/*
 * What the unit tests of the press share: pages entered into the books without being rendered, rows
 * counted, an edition folder with keys.
 */
#pragma once

#include "edition/objects.h"
#include "press/books.h"

/* A record of a page with these bytes; a path NULL is a page that is no more. Two names of inputs,
 * either may be NULL. Caller frees. */
PressRecord *fixture_record(const char *name, const char *path, const char *text, const char *input,
                            const char *other);

/* Enters it (and frees it), and asserts that it went well. */
PressTally fixture_enter(Store *store, PressRecord *record);

/* The rows are counted and freed. */
unsigned fixture_count(StoreRows *rows);

/* Does the query answer with a row? The rows are freed. */
bool fixture_any(StoreRows *rows);

/* A temporary folder with keys/ and an edition/ whose objects are open. */
typedef struct {
    char *folder, *keys, *edition;
    int directory; /* edition/, open */
    ObjectStore *objects;
} Fixture;

void fixture_begin(Fixture *fixture);
void fixture_end(Fixture *fixture);
