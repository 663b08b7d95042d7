/*
 * A small newsroom's edition directory for tests of the stand: pages are put and removed, and each
 * press writes real objects with their gzip forms, real nodes (split by the rule), and a signed
 * edition. Made in a temporary directory, removed with the fixture.
 */
#pragma once

#include "edition/objects.h"
#include "seal/signature.h"

typedef struct {
    char *directory; /* the edition directory */
    int descriptor;
    ObjectStore *objects;
    SecretKey secret;
    GTree *pages; /* path → Hash */
    int64_t now;
    uint64_t number; /* of the last edition */
} Fixture;

Fixture *fixture_new(void);
void fixture_free(Fixture *fixture);

/* The same in a directory that stays (benches). */
Fixture *fixture_new_at(const char *directory);
void fixture_leave(Fixture *fixture);

/* Puts a page, with a gzip form; it is in the edition after the next press. */
void fixture_put(Fixture *fixture, const char *path, const char *text);
/* The same without a coded form. */
void fixture_put_plain(Fixture *fixture, const char *path, const void *bytes, size_t length);
void fixture_remove(Fixture *fixture, const char *path);

/* Stores bytes as a hash-named file: "o/ab/<sha256>.ext". Caller frees. */
char *fixture_object(Fixture *fixture, const char *extension, const void *bytes, size_t length);

/* Adds a brotli form to a page already put; the bytes need not be brotli. */
void fixture_brotli(Fixture *fixture, const char *path, const char *bytes);

void fixture_press(Fixture *fixture);
