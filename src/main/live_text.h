/*
 * A live story as one text: the body, then its entries, each under a heading that begins with its
 * time:
 *
 *   ## 2026-11-23 20:40 Boxes arrive
 *   ## 20:40 Boxes arrive            (on the day of the story's date)
 *   ## 2026-11-23T20:40:00Z Boxes arrive
 *
 * So a live story can be written, imported and exported as a file. What stands before the first
 * such heading is the story's body. Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t time;
    char *headline; /* "" if none */
    char *body;
} LiveTextEntry;

typedef struct {
    char *body;
    GPtrArray *entries; /* of LiveTextEntry, in their order */
} LiveText;

/* `date` is the story's, in µs; times of day are on its day in the zone. A heading that does not
 * begin with a time is text like any other. */
void live_text_split(const char *text, int64_t date, GTimeZone *zone, LiveText *live);
void live_text_clear(LiveText *live);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LiveText, live_text_clear)

/* Appends an entry's heading and text. */
void live_text_append(GString *text, int64_t time, const char *headline, const char *body);
