/*
 * The one source of randomness: libsodium's, replaceable in tests so that ids and tokens can be
 * foreseen. Never use rand() or g_random_*.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef void (*RandomFunction)(void *bytes, size_t length, void *data);

/* Fills bytes. Cannot fail: getrandom(2) blocks until the kernel is seeded. */
void random_bytes(void *bytes, size_t length);

/* A number for a name that nobody sees, of a temporary file. Always the system's, so that it uses
 * up none of a test's numbers. */
uint64_t random_unseen(void);

/* A fresh identifier of 16 random bytes as 32 lower-case hex digits. Caller frees. */
char *random_id(void);

/* Replaces the source (tests); NULL restores the system's. */
void random_replace(RandomFunction function, void *data);
