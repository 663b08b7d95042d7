/*
 * Appearance: how long a change takes until readers have it. A command notes the edition before it
 * changes anything, and afterwards waits until the pages that it names differ in a newer one.
 *
 * If a worker of the press lane runs, it is left to do the work. If none does, the press is run
 * here: the news first, then, when appearance_finish() is called, the rest. A page is compared by
 * its hash in the signed edition; so "live" means that it can be had by every reader of this
 * machine's edition.
 */
#pragma once

#include "main/command.h"
#include "main/newsroom.h"

#include <stdint.h>

#define APPEARANCE_PATIENCE (10 * INT64_C(1000000)) /* µs, for a worker's press */

typedef enum {
    APPEARANCE_LATE, /* not yet after APPEARANCE_PATIENCE */
    APPEARANCE_LIVE,
    APPEARANCE_SAME, /* everything is pressed, and the page is as it was */
} AppearanceOutcome;

typedef struct {
    char *path; /* of the page; borrowed */
    AppearanceOutcome outcome;
    int64_t microseconds; /* since appearance_new(), if live */
} AppearancePage;

typedef struct Appearance Appearance;

/* Call it before the change. `newsroom` is borrowed. */
Appearance *appearance_new(const Newsroom *newsroom, GError **error);
void appearance_free(Appearance *appearance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Appearance, appearance_free)

/* Waits for `count` pages, and fills in outcome and time. Errors: those of the press. */
bool appearance_wait(Appearance *appearance, AppearancePage *pages, unsigned count, GError **error);

/* A page that is as it was may be one that cannot be made: says so, and why, of the page of that
 * name (press/run.h: "story:12"; `what`: "its page"), and the command has failed. */
bool appearance_tell_failure(Appearance *appearance, CommandContext *context, const char *name,
                             const char *what, GError **error);

/* What is left to press, if no worker does it. */
bool appearance_finish(Appearance *appearance, GError **error);
