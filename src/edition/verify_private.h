/*
 * Private to verify*.c: what verification passes around. Like them it needs only libc and
 * libsodium.
 */
#pragma once

#include "edition/verify.h"

#include <sodium.h>

#define VERIFY_HASH  32u
#define VERIFY_HEX   64u
#define VERIFY_WHOLE (-1) /* the only "shard" of a directory that is not split */

typedef struct {
    unsigned char *bytes; /* NULL if nothing is held; ended by a NUL that is not counted */
    size_t length;
} VerifyBytes;

typedef struct {
    const char *name; /* in the node's bytes, not ended */
    size_t length;
    unsigned char hash[VERIFY_HASH];
} VerifyEntry;

typedef struct {
    VerifyEntry *all;
    size_t count;
} VerifyEntries;

/* Keys of 32 random-looking bytes, in a table with open places. */
typedef struct {
    unsigned char (*keys)[VERIFY_HASH];
    size_t room, count;
} VerifySeen;

/* The last names of what a directory has, to find what it should not have. */
typedef struct {
    char **all;
    size_t count, room;
} VerifyNames;

typedef struct {
    const VerifyRequest *request;
    VerifyReport *report;
    int top;     /* the directory with EDITION */
    int objects; /* objects/ of a newsroom; -1 for a plain tree */
    unsigned char key[32], key_number[8];
    VerifySeen seen;
} Verify;

typedef enum {
    VERIFY_WRONG,
    VERIFY_PAGE,
    VERIFY_DIRECTORY,
    VERIFY_SHARD,
    VERIFY_OBJECTS,
} VerifyKind;

/* verify_file.c */

/* Names the wrong file and is false. */
bool verify_wrong(Verify *verify, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Reads an ordinary file whole. 1 done, 0 absent, -1 wrong (then said). */
int verify_read(Verify *verify, int directory, const char *place, const char *name, size_t limit,
                VerifyBytes *bytes);
/* The file of a name: its hash and its coded forms are right, and it is counted. */
bool verify_load(Verify *verify, const char *name, const unsigned char hash[VERIFY_HASH],
                 size_t limit, uint64_t *counter, VerifyBytes *bytes);
void verify_forget(VerifyBytes *bytes);
bool verify_seen(const VerifySeen *seen, const unsigned char key[VERIFY_HASH]);
bool verify_saw(VerifySeen *seen, const unsigned char key[VERIFY_HASH]);

/* verify_line.c */

void verify_to_hex(const unsigned char hash[VERIFY_HASH], char hex[VERIFY_HEX + 1]);
/* 64 lower-case digits. */
bool verify_from_hex(const char *hex, unsigned char hash[VERIFY_HASH]);
/* Lines of "SHA256 (name) = hash" in growing order and nothing else. The caller frees `all`. */
bool verify_entries(Verify *verify, const char *node, const char *cursor, const char *end,
                    VerifyEntries *entries);
/* What a name may be in the MANIFEST of `dir`, or in that shard of it. */
VerifyKind verify_kind(const char *dir, int shard, const char *name);
/* 0 to 255 from two lower-case hex digits that end a string; -1 otherwise. */
int verify_shard(const char *digits);

/* verify_objects.c */
bool verify_objects(Verify *verify, const char *node, const unsigned char hash[VERIFY_HASH]);

/* verify_extra.c */

bool verify_names_add(VerifyNames *names, const char *name);
void verify_names_free(VerifyNames *names);
/* Counts what lies in a directory of a plain tree and is not named; sorts the names. */
void verify_extra(Verify *verify, const char *dir, VerifyNames *names);
void verify_extra_objects(Verify *verify);

/* verify_root.c */

/* Reads key, EDITION and EDITION.sig, checks the signature and the header, fills the report. *lines
 * is where the entries begin in `edition`, which the caller forgets. */
bool verify_root(Verify *verify, VerifyBytes *edition, const char **lines);
