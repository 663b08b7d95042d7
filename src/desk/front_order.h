/*
 * Arranging a front by hand: what an editor does to the slots of front.h, for several editors at
 * once.
 *
 * A slot is set or it is not; one whose hold has ended counts as not set. Moving goes by the list
 * of slots, set or not: what is taken out of one place goes in at another, and what lies between
 * moves up or down by one. All functions need an open transaction, so that what was seen
 * (front_expect()), the change and its line in the audit log are one. Errors: those of front.h.
 */
#pragma once

#include "desk/front.h"

#define FRONT_VERSION 17u /* bytes of a version with its end */

/* Names what is set for a front: differs whenever that differs. */
bool front_version(Store *store, const char *language, char version[FRONT_VERSION], GError **error);

/* CONFLICT if the front is not what it was under this version. */
bool front_expect(Store *store, const char *language, const char *version, GError **error);

/* Moves what slot `from` holds to slot `to`. A slot that is not set shows a story by rule: that one
 * is `story`, and is held from now on. INVALID: nothing to move, or no such slot. */
bool front_move(Store *store, const char *language, unsigned from, int64_t story, unsigned to,
                int64_t now, GError **error);

/* Sets a slot to a story; what was set there goes one down, and so on as far as slots are set one
 * below the other. */
bool front_insert(Store *store, const char *language, unsigned slot, int64_t story, int64_t until,
                  int64_t now, GError **error);
