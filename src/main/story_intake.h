/*
 * Intake of stories: puts a stream of them into the store in batches (desk/import.h), each with the
 * place it came from, so that a refused one is reported as `FILE:LINE: reason` and the rest goes
 * in. Shared by `import markdown`, `import jsonl`, `story add` and the demo.
 *
 * Holds at most INTAKE_BATCH stories or INTAKE_BYTES of them at once, whichever comes first. A
 * story refused while it has a `translation_of` is tried once more at the end, because its
 * counterpart may come later in the stream (at most INTAKE_BYTES of such are kept).
 */
#pragma once

#include "desk/import.h"
#include "desk/story_file.h"
#include "main/newsroom_desk.h"

#include <stdio.h>

#define INTAKE_BATCH 200u
#define INTAKE_BYTES (6u * 1024 * 1024)

typedef struct {
    NewsroomDesk *desk;
    unsigned flags; /* of desk/import.h */
    int64_t now;
    FILE *err; /* where refusals and notes are written, a line each */
} StoryIntakeOptions;

typedef struct {
    uint64_t created, changed, unchanged, skipped;
    uint64_t topics, authors; /* created */
    GPtrArray *sections;      /* char *: names of those created */
    uint64_t nameless;        /* created without an id or a path by which they are known again */
    char *nameless_file;      /* where the first of them stands */
    unsigned nameless_line;
} StoryIntakeReport;

typedef struct StoryIntake StoryIntake;

/* Options are copied; desk and err borrowed. */
StoryIntake *story_intake_new(const StoryIntakeOptions *options, GError **error);
void story_intake_free(StoryIntake *intake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoryIntake, story_intake_free)

/* Where a story comes from. */
typedef struct {
    const char *file;            /* pictures are looked for in its directory */
    unsigned line;               /* of the story, from 1 */
    const StoryFileLines *lines; /* of its keys, or NULL */
} StoryOrigin;

/* Takes a story (and owns it). One whose id came before is refused: import_ids.h. False only for
 * errors that end the import: those of the store, and of the disk. */
bool story_intake_take(StoryIntake *intake, StoryInput *input, const StoryOrigin *origin,
                       GError **error);

/* Reports something that is no story; it counts as skipped. Line 0: the file itself is the fault.
 */
void story_intake_refuse(StoryIntake *intake, const char *file, unsigned line, const char *reason);

/* Says once for each key that it is left out. */
void story_intake_unknown(StoryIntake *intake, const char *file, unsigned line, char **keys);

/* Puts what is still held. */
bool story_intake_finish(StoryIntake *intake, GError **error);

const StoryIntakeReport *story_intake_report(const StoryIntake *intake);

/* The id of the story put last, 0 if it was refused or the run is dry. */
int64_t story_intake_last(const StoryIntake *intake);
