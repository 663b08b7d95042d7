/*
 * The front: for each language slots from 1 on. A slot holds a story, or a section (its newest
 * story not shown yet), perhaps until a moment; an empty or ended slot, or one whose story is not
 * visible, takes the newest story of the language not shown yet. Stories held by slots are placed
 * first, so that no rule shows them twice. Input "front:LANG". Limit: FRONT_SLOTS. Errors:
 * NOT_FOUND (story, section), INVALID (slot number, a story in another language or of kind "page"),
 * the store's.
 */
#pragma once

#include "desk/story_card.h"

#define FRONT_SLOTS   60u
#define FRONT_SECONDS 2u /* slots below the lead that have a place of their own on the page */
#define FRONT_SHOWN   9u /* the lead, the seconds, and the latest, which the page orders by time */

typedef struct {
    unsigned slot;
    int64_t story; /* or 0 */
    char *section; /* slug, or NULL */
    int64_t until; /* or INT64_MAX */
} FrontSlot;

/* An input that the front read, for the press. */
typedef struct {
    char *input;
    bool list; /* then: */
    bool full; /* the window was full and ends at */
    int64_t published, id;
} FrontInput;

typedef enum { FRONT_HELD, FRONT_SECTION, FRONT_NEWEST } FrontOrigin;

typedef struct {
    unsigned slot;
    FrontOrigin origin;
    StoryCard *card;
} FrontPlace;

typedef struct {
    GPtrArray *places; /* of FrontPlace, by slot; slots that nothing is left for are missing */
    GPtrArray *inputs; /* of FrontInput: all that was read, "front:LANG" too */
    int64_t boundary;  /* the next moment at which a hold ends, or INT64_MAX */
} Front;

void front_free(Front *front);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Front, front_free)

/* The front as shown at as_of with `slots` slots. */
Front *front_read(Store *store, const char *language, int64_t as_of, unsigned slots,
                  GError **error);

/* What is set, by slot. Elements FrontSlot. */
GPtrArray *front_slots(Store *store, const char *language, GError **error);

/* Sets a slot to a story, or to a section, until a moment (INT64_MAX for good). A story held by
 * another slot of the language moves here. */
bool front_set_story(Store *store, const char *language, unsigned slot, int64_t story,
                     int64_t until, GError **error);
bool front_set_section(Store *store, const char *language, unsigned slot, const char *section,
                       int64_t until, GError **error);
bool front_clear(Store *store, const char *language, unsigned slot, GError **error);
