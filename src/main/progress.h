/*
 * A progress bar on a terminal, for work that takes longer than a second (DESIGN 8). Elsewhere, and
 * before the second is over, it prints nothing.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct {
    FILE *out;
    const char *what; /* "stories" */
    uint64_t total;   /* 0: unknown */
    int64_t began, shown;
    bool terminal, visible;
} Progress;

/* `out` is stderr, or a test's; what is borrowed. */
void progress_begin(Progress *progress, FILE *out, const char *what, uint64_t total);

/* What is counted from here on; the second that nothing is shown goes on. */
void progress_next(Progress *progress, const char *what);

/* `done` of the total are done, which makes `count` things: "[####    ] 40 %  4012 stories". */
void progress_step(Progress *progress, uint64_t done, uint64_t count);

/* The step of work that says how many things it will be, as a caller's callback; data is the
 * Progress. */
void progress_part(unsigned done, unsigned total, void *data);

/* Takes the bar away, so that a line can be printed; the next step shows it again. */
void progress_hide(Progress *progress);
