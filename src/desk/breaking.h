/*
 * The breaking line: one short text a language, with a story it may lead to and a moment at which
 * it may end. It stands on fronts only. Input "breaking:LANG"; of a linked story also "card:ID".
 * Errors: NOT_FOUND (no line, or none at as_of; the story), INVALID (empty, not UTF-8,
 * leads to a story under embargo), LIMIT (300
 * bytes), the store's.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

#define BREAKING_TEXT 300u

typedef struct {
    char *text;
    int64_t story; /* or 0 */
    int64_t until; /* or INT64_MAX: the moment after which the page differs */
    int64_t since;
} Breaking;

void breaking_free(Breaking *breaking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Breaking, breaking_free)

/* NOT_FOUND is the ordinary answer of a quiet day. */
Breaking *breaking_read(Store *store, const char *language, int64_t as_of, GError **error);
bool breaking_set(Store *store, const char *language, const char *text, int64_t story,
                  int64_t until, int64_t now, GError **error);
bool breaking_clear(Store *store, const char *language, GError **error);
