/*
 * Stories in: one, or many in a row.
 *
 * The same external id (`id`) again changes the story only if what is given differs from what was
 * given before, so a second import changes nothing, not even what an editor has changed since. What
 * is given: a missing title, body, lead, agency, section, photo, topic or author is an empty one; a
 * missing date, slug, path, kind, status, translation_of or alias leaves what is there.
 *
 * Errors, one clear line each: INVALID, LIMIT (story_input_check), INVALID (translation target or
 * photo missing; a path that the edition uses itself), CONFLICT (path or slug held by another
 * thing; a second story of a language in a translation group; another language for the same id).
 * All of these come before any write, so that in a row of stories the rest goes in. Those of the
 * store end the call.
 */
#pragma once

#include "desk/story_input.h"

/* Stories whose status is not given, or is scheduled or published, become visible at their date
 * (now, if they have none; scheduled, if it is to come). Without it those states become "ready",
 * and no status is a draft. */
#define STORY_PUT_PUBLISH (1u << 0)
/* Check and report everything, and write nothing. */
#define STORY_PUT_DRY_RUN (1u << 1)
/* A person gives them one by one, and no archive: pictures of the text are asked for their words
 * (checklist.h). */
#define STORY_PUT_WRITTEN (1u << 2)

typedef struct {
    int64_t id;       /* 0 in a dry run of a new story */
    bool created;     /* else it was there: */
    bool changed;     /* and was changed, or not */
    GPtrArray *notes; /* char *: "section \"Rivers\" created"; may be NULL if there are none */
} StoryPut;

void story_put_clear(StoryPut *put);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryPut, story_put_clear)

/* One story, in one transaction (or the open one, which must be given up on an error of the store).
 */
bool story_put(Store *store, const DeskSite *site, const StoryInput *input, unsigned flags,
               int64_t now, StoryPut *put, GError **error);

/* A row of stories: remembers which sections, topics and authors there are. Borrows store and site.
 */
typedef struct DeskImport DeskImport;
DeskImport *desk_import_new(Store *store, const DeskSite *site, unsigned flags, int64_t now);
void desk_import_free(DeskImport *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DeskImport, desk_import_free)

/* Puts `count` stories, in transactions of some dozens. puts[i] and errors[i] tell of inputs[i]:
 * errors[i] is NULL if it went in; both arrays are zeroed by the caller and hold good as far as the
 * call came. False only for an error of the store; those before it may have gone in. */
bool desk_import_run(DeskImport *import, const StoryInput *const *inputs, unsigned count,
                     StoryPut *puts, GError **errors, GError **error);
