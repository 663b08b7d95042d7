/*
 * Tally: how often something happened, by cell and hour, counted by one process and read by others,
 * in the room of its pulse (pulse.h). Who counts adds to a number of its own memory, nothing else;
 * once in a while tally_publish() moves what was counted into the room.
 *
 * Nothing small leaves the process: what is published are whole steps of TALLY_STEP, the rest waits
 * for more to come, so that a lone reader at night is in no file, and totals over many hours are
 * less than one step a cell short. What waits is gone when the process ends.
 *
 * A cell is a short name, kept once given. Hours are counted from 1970 in UTC; the room has the
 * last TALLY_HOURS of them. Published numbers only grow within an hour, so whoever copies them
 * elsewhere may do so any number of times; `source`, a random name of this room, tells two counters
 * apart.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TALLY_STEP   5u
#define TALLY_CELLS  64u
#define TALLY_HOURS  32u
#define TALLY_NAME   24u /* bytes with its end: a-z, 0-9, '-', '/' */
#define TALLY_SOURCE 17u /* 16 hex digits and the end */

typedef struct Tally Tally;

/* The bytes of room it needs. */
size_t tally_room(void);

/* Counts into `room` (borrowed, of tally_room() bytes, 8-aligned; goes on with what is there), or
 * for nobody if that is NULL. Never NULL. */
Tally *tally_new(void *room);
void tally_free(Tally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tally, tally_free)

/* The number of a cell, which a name always keeps; -1 if there are TALLY_CELLS others, or it is no
 * name. */
int tally_cell(Tally *tally, const char *name);

/* One more; -1 is nothing. */
void tally_count(Tally *tally, int cell);

void tally_publish(Tally *tally, int64_t now);

/* Reads a room: each cell that has a number, hour by hour. INVALID if these are not such bytes, or
 * name a future after `now`: they come from a process that talks with everybody. */
typedef struct {
    const char *source, *name;
    int64_t hour; /* µs of its beginning */
    int64_t count;
} TallyCount;

typedef bool (*TallyTaker)(const TallyCount *count, void *data, GError **error);
bool tally_read(GBytes *room, int64_t now, TallyTaker take, void *data, GError **error);
