/*
 * Which of the press's inputs a changed story changes: a pure function of the facts before and
 * after (DESIGN 5).
 *
 *   story:ID      whenever anything that a reader may see changed
 *   text:…        the same, for the lists of full texts it is in
 *   list:…        if its card, its membership or its place changed; at the old place and the new
 *   sitemap:LANG/MONTH   as list:…, and if `updated` changed
 *   count:…       if membership, day or visibility changed
 *   card:ID       if its card or its visibility changed
 *   group:GID     if headline, path, language, group or visibility changed
 *   at:PATH       if it changed whether a story stands there that readers may not see; by one that
 *                 is not out, too
 *
 * A story that becomes visible later than now touches these at that moment instead
 * (press_touch_due), besides undoing its old place now. Moments less than STORY_TOUCH_MARGIN ahead
 * are touched both now and then, because the press may run by another machine's clock.
 */
#pragma once

#include "desk/story.h"

#define STORY_TOUCH_MARGIN INT64_C(300000000) /* five minutes */

/* What touches depend on. Borrows all texts. */
typedef struct {
    int64_t id, group;
    StoryKind kind;
    const char *language;
    bool out;          /* visible from `published` on */
    int64_t published; /* meaningful only if out; so is day */
    int64_t day;       /* YYYYMMDD */
    int64_t updated;
    int64_t version; /* differs if and only if anything visible does */
    const char *path, *headline, *standfirst, *section, *agency, *alt;
    const char *const *topics, *const *authors, *const *reporting;
    bool withheld;
    int64_t photo;
} StoryFacts;

StoryFacts story_facts(const Story *story);

/* The keys of the lists (story_list.h) that a story with these facts is in: "all/en",
 * "section/en/politics" …, each once; empty unless it is out. Elements char *. */
GPtrArray *story_facts_lists(const StoryFacts *facts);

/* One touch. */
typedef struct {
    char *input;
    bool placed; /* a list: (published, id) count */
    bool later;  /* at the moment `due`, else now */
    int64_t due;
    int64_t published, id;
} StoryTouch;

/* Before NULL: a new story. After NULL: a story that is no more. Elements StoryTouch, no two the
 * same. */
GPtrArray *story_touches(const StoryFacts *before, const StoryFacts *after, int64_t now);

/* Sends one touch to the press. Needs an open transaction. */
bool story_touch_send(Store *store, const StoryTouch *touch, GError **error);
