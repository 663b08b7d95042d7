/* An edition directory without the press: every node is made again at each press, bottom up, and
 * what an edition drops is journalled. */
#pragma once

#include "edition/edition.h"
#include "edition/objects.h"
#include "seal/signature.h"

typedef struct {
    char *directory;
    int descriptor;
    ObjectStore *objects;
    SecretKey secret;
    PublicKey public;
    char *key;        /* the public key file */
    GTree *pages;     /* path → Hash */
    GTree *uses;      /* "dir name" of hash-named files → uint64_t size */
    GHashTable *last; /* Hash: all that the last edition has */
    int64_t now;
} Fixture;

Fixture *fixture_new(void);
void fixture_free(Fixture *fixture);

/* A page, with its gzip form. */
void fixture_page(Fixture *fixture, const char *path, const char *text);
void fixture_remove(Fixture *fixture, const char *path);

/* A hash-named file that pages of a directory use. Caller frees the name. */
char *fixture_object(Fixture *fixture, const char *dir, const char *extension, const char *bytes);

/* The root's entries of what is there now; objects of nodes are put. Caller frees. */
char *fixture_entries(Fixture *fixture);

/* Makes it the current edition; returns its number. The clock goes on by a second. */
uint64_t fixture_press(Fixture *fixture);

/* Is a hash among what the last edition has? (RetainUsed; data is the Fixture.) */
bool fixture_used(const Hash *hash, void *data, bool *used, GError **error);

/* Sweeps all that may go; returns how many were looked at. */
unsigned fixture_sweep(Fixture *fixture);

/* Every kept edition has all its files. */
void fixture_check_kept(Fixture *fixture);

/* Runs a shell line in a directory; true if it exits with 0. */
bool fixture_run(const char *directory, const char *line);

/* A fresh temporary directory, and its removal with all that is in it. */
char *folder_new(void);
void folder_free(char *path);
