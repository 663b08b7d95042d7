/*
 * Verification of a whole edition, for somebody who trusts nothing but the public key: signature,
 * header, every node, every page, every hash-named file, that each .gz and .br unpacks to the same
 * bytes, and that KEY.pub, where it lies in the tree, is that key. The first wrong file is named.
 *
 * verify.c needs only libc and libsodium and this header, so that it can be read and built alone.
 * It has its own parsers on purpose: it shares no code, and so no mistake, with what wrote the
 * edition. Sizes are ceilings of DESIGN 6, whatever the files say. Unpacking is a function that the
 * caller gives (coded.h has it), because zlib and brotli are not of that circle.
 *
 * Two forms: a plain tree as `edition export` lays it out (DIR/EDITION, DIR/2026/…), and a
 * newsroom's edition directory (DIR/current/EDITION, DIR/objects/ab/<sha256>).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VERIFY_NAME_MAX  512
#define VERIFY_HOST_MAX  254
#define VERIFY_TIME_MAX  24
#define VERIFY_NODE_MAX  (64u * 1024) /* the ceilings of base/limits.h */
#define VERIFY_PAGE_MAX  (2u * 1024 * 1024)
#define VERIFY_FILE_MAX  (32u * 1024 * 1024)
#define VERIFY_CODED_MAX (33u * 1024 * 1024)

typedef enum { VERIFY_GZIP, VERIFY_BROTLI } VerifyCoding;

/* Does the coded form unpack to exactly these bytes? */
typedef bool (*VerifyUnpack)(VerifyCoding coding, const void *coded, size_t coded_length,
                             const void *plain, size_t plain_length);

typedef struct {
    const char *directory;
    const char *key;     /* the text of a public key file, or its base64 line */
    VerifyUnpack unpack; /* NULL: coded forms are not looked at */
    void (*progress)(uint64_t files, void *data); /* now and then; may be NULL */
    void *data;
} VerifyRequest;

typedef struct {
    char host[VERIFY_HOST_MAX];
    uint64_t epoch, number;
    char time[VERIFY_TIME_MAX], expires[VERIFY_TIME_MAX]; /* RFC 3339, UTC */
    uint64_t pages, nodes, objects, coded;                /* checked */
    uint64_t extra;                      /* files in a plain tree that the edition does not name */
    char first_extra[VERIFY_NAME_MAX];   /* one of them */
    char wrong[VERIFY_NAME_MAX];         /* the first wrong file; "" if all is right */
    char message[VERIFY_NAME_MAX + 200]; /* one line: that file and what is wrong with it */
} VerifyReport;

/* True if everything is right. Extra files and an edition past `expires` are no fault: the caller
 * decides and says so. */
bool edition_verify(const VerifyRequest *request, VerifyReport *report);
