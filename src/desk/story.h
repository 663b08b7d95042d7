/*
 * A story: one text in one language, at one address, with a history of revisions.
 *
 * Visible: a story is visible at the moment T if and only if its state is scheduled or published
 * and `published` ≤ T. So a scheduled story appears by the clock alone; its state is set to
 * published later (story_state.h) without any page's change. The row holds everything that lists
 * and cards show; bodies are read only by story_text(). Stories in other languages that say the
 * same share `group`, at most one a language. `path` is its address in the edition (address.h),
 * held in the table of paths (redirect.h); it changes only by story_rename() and then leaves a
 * redirect. `version` grows by one with each change that a reader may see.
 * Section, topics and authors are slugs; their display names are records of their own (section.h,
 * topic.h, author.h), in the story's language.
 *
 * Errors of all functions here: NOT_FOUND (no story of that id), those of the store, CORRUPT (a row
 * that this program did not write).
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

typedef enum { STORY_KIND_STORY, STORY_KIND_LIVE, STORY_KIND_OPINION, STORY_KIND_PAGE } StoryKind;

typedef enum {
    STORY_DRAFT,
    STORY_IN_EDIT, /* handed to an editor */
    STORY_READY,
    STORY_SCHEDULED,
    STORY_PUBLISHED,
    STORY_WITHDRAWN, /* by the newsroom's own will; its address answers 410 */
    STORY_TAKEN_DOWN /* because somebody demanded it, with a reason; its address answers 410 */
} StoryState;

#define STORY_STATES 7u

typedef enum { STORY_MARKDOWN, STORY_HTML } StoryFormat;

#define STORY_UNDATED INT64_MIN /* `published` of a story without a date */

typedef struct {
    int64_t id, group;
    StoryKind kind;
    StoryState state;
    char *language;
    char *section;     /* slug, or NULL */
    char *slug;        /* asked for explicitly, or NULL: made from the headline at publication */
    char *path;        /* or NULL while it has none */
    char *external;    /* an importer's own id, unique, or NULL */
    int64_t published; /* the date shown; visible from then on; or STORY_UNDATED */
    int64_t day;       /* of published in the site's calendar, YYYYMMDD, or 0 */
    int64_t updated;   /* the update shown, or 0 */
    char *headline;
    char *standfirst; /* "" if none; so are all texts below */
    char **topics;    /* slugs in the given order; never NULL */
    char **authors;   /* slugs: "By …" */
    char **reporting; /* slugs: "Reporting by …" */
    bool withheld;    /* an author's name is withheld */
    char *agency;
    int64_t photo;                /* media id, or 0 */
    char *caption, *credit, *alt; /* instead of the photo's own (media.h) */
    int64_t revision;             /* number of the current one, from 1 */
    StoryFormat format;           /* of the current revision's body */
    int64_t version;
    int64_t created, changed;
    char *reason;    /* of a takedown */
    int64_t embargo; /* no reader sees it before (story_embargo.h), or 0 */
} Story;

/* The whole row. story_free() takes NULL. */
Story *story_read(Store *store, int64_t id, GError **error);
Story *story_by_path(Store *store, const char *path, GError **error); /* its present path only */
/* The same, or an old address of it: where a redirect leads to it. */
Story *story_by_address(Store *store, const char *path, GError **error);
Story *story_by_external(Store *store, const char *external, GError **error);
void story_free(Story *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Story, story_free)

Story *story_copy(const Story *story);

/* True if it is, or will be, visible: then from `published` on. */
bool story_goes_out(const Story *story);
bool story_visible(const Story *story, int64_t at);

/* The current revision's body (copied, ended by NUL). */
bool story_text(Store *store, int64_t id, char **body, StoryFormat *format, GError **error);

/* Finds a story by what a person or an importer writes: an importer's id, else a path, else a
 * number. */
bool story_find(Store *store, const char *name, int64_t *id, GError **error);

/* The next ids above `after` in growing order, at most `most`, of all stories in whatever state.
 * Ends a walk with an empty array. Elements int64_t. */
GArray *story_ids_after(Store *store, int64_t after, unsigned most, GError **error);

/* Stories for the staff, last changed first: language NULL for all, state -1 for all. Elements
 * Story. */
GPtrArray *story_recent(Store *store, const char *language, int state, unsigned most,
                        GError **error);

/* How many stories there are in each state, by StoryState. Reads all of an index: for
 * people. */
bool story_state_counts(Store *store, int64_t counts[STORY_STATES], GError **error);

/* The words of StoryKind, StoryState and StoryFormat as in a story's file: "story", "taken down",
 * "html" … */
const char *story_kind_name(StoryKind kind);
const char *story_state_name(StoryState state);
const char *story_format_name(StoryFormat format);
bool story_kind_parse(const char *text, StoryKind *kind);
bool story_state_parse(const char *text, StoryState *state);
bool story_format_parse(const char *text, StoryFormat *format);
