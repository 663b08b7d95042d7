/*
 * The one way by which a story's rows change; for the files of this folder.
 *
 * A change is a story before and after. story_change_check() completes it (calendar day, path) and
 * finds everything that stands in its way, without writing; story_change_write() writes the row, a
 * revision where the text differs, the lists, the counters, the paths, and gathers the touches. So
 * an order of checks first and writes then holds over a row of stories too. Nothing is written
 * where nothing differs.
 */
#pragma once

#include "desk/batch.h"
#include "desk/site.h"
#include "desk/story.h"

/* What stands in desk_path. */
typedef struct {
    bool held;
    int status;    /* 200, 301, 410 */
    int64_t story; /* or 0 */
    char *target;
    int64_t since, month;
    char *alike; /* story_path_free(): the path that is held, where only capitals are others */
} StoryPath;

void story_path_clear(StoryPath *path);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryPath, story_path_clear)

typedef struct {
    Store *store;
    const DeskSite *site;
    DeskBatch *batch;
    int64_t now;
    Story *before;      /* NULL for a new story */
    Story *after;       /* what it shall be; id 0 in a new one until it is written */
    const char *body;   /* NULL: as before */
    const char *editor; /* of the revision, if one is made */
    const void *given;  /* digest of an import, or NULL */
    size_t given_length;
    bool written; /* a person gives this one story: what an import may lack, it may not */
    bool revised; /* out: a revision was made */
} StoryChange;

/* Errors: CONFLICT (path, translation group), INVALID (no path can be made; story_photo.h), the
 * store's. */
bool story_change_check(StoryChange *change, GError **error);

/* Errors: those of the store. *changed (may be NULL) is false where nothing differed. */
bool story_change_write(StoryChange *change, bool *changed, GError **error);

/* Frees before and after. */
void story_change_clear(StoryChange *change);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryChange, story_change_clear)

/* Reads the story, lets `edit` change `after`, checks, writes and touches, in one transaction. One
 * that was taken down is CONFLICT, whatever the change: what must not exist does not come back. */
typedef bool (*StoryEdit)(StoryChange *change, void *data, GError **error);
bool story_change_run(Store *store, const DeskSite *site, int64_t id, int64_t now, StoryEdit edit,
                      void *data, GError **error);

/* Of one that was taken down too: for what brings back no word of it. */
bool story_change_run_any(Store *store, const DeskSite *site, int64_t id, int64_t now,
                          StoryEdit edit, void *data, GError **error);

/* CONFLICT for one that was taken down, with what to do instead. For whoever writes something of a
 * story, in its transaction. */
bool story_change_open(const Story *story, GError **error);

/* Gives the story a slug: moves it if its path is a default one (story_edit.h). Errors: INVALID. */
bool story_change_slug(StoryChange *change, const char *slug, GError **error);

/* Date and state in step: a story that is out is scheduled before its date and published after. */
void story_change_date(StoryChange *change, int64_t published);

/* story_path.c */

bool story_path_read(Store *store, const char *path, StoryPath *found, GError **error);

/* Sets CONFLICT with what holds the path, unless that is a story under embargo; false. */
bool story_path_conflict(Store *store, const char *path, const StoryPath *holder, GError **error);

/* *free: nobody holds the path, or this story does (present, old or tombstone), and no path that
 * differs in capital letters only is held, be it by this story: one would lie over the other where
 * names have no case (FAT, macOS). id 0 for a new story. */
bool story_path_free(Store *store, const char *path, int64_t id, bool *free, StoryPath *holder,
                     GError **error);

/* The path the story needs and has not: the default one, or the one set; CONFLICT if it is held. */
bool story_path_check(StoryChange *change, GError **error);

/* Moves the rows of desk_path after the story's and touches what stands at the story's old
 * addresses. */
bool story_path_write(StoryChange *change, GError **error);

/* Touches "path:PATH" and "status:MONTH", now and, if `later` is not 0, at that moment. */
void story_path_touch(DeskBatch *batch, const char *path, int64_t month, int64_t later);

/* YYYYMM of a moment, UTC. */
int64_t story_path_month(int64_t moment);
