/*
 * Coded forms of pages: gzip at once where the batch is small, else in the background, brotli
 * always in the background (DESIGN 5, wave 3). They are no part of the edition's hashes; `verify`
 * unpacks and compares them.
 */
#pragma once

#include "edition/objects.h"
#include "press/page.h"
#include "store/store.h"

/* Makes the gzip form of an object with these bytes. */
bool press_code_gzip(ObjectStore *objects, const Hash *hash, const char *bytes, size_t length,
                     GError **error);

/* Makes coded forms that are missing, gzip before brotli, newest page first, at most `most` pages,
 * and notes what they weigh; *made gets their number, 0 when nothing is left. */
bool press_code_some(Store *store, ObjectStore *objects, const PressKind *const *kinds,
                     unsigned most, unsigned *made, GError **error);
