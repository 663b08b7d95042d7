/*
 * The paper: which pages the newspaper has, and what stands on them. Its recipes (press/page.h) are
 * rows in recipes.c; each page kind is rendered in the file that its subject names.
 *
 * A run (PaperRun) is what the pages of one process share: the site's settings, and for each
 * language the frame: masthead, menu, footer, the departments' blocks. The frame is read once, in
 * one snapshot, when the run begins, and its version is made of exactly what was read; so a page
 * can never be recorded with a newer version than it shows.
 */
#pragma once

#include "press/block.h"
#include "press/page.h"
#include "theme/theme.h"

/* Bump when code changes what pages say without any input differing. */
#define PAPER_VERSION "4"

#define PAPER_LIST 30u /* stories on front lists, section, topic and author pages (DESIGN 5) */
#define PAPER_FEED 20u /* items of a feed */
#define PAPER_FRAME_RECENT                                                                         \
    (90 * INT64_C(86400000000)) /* µs: how long a story carries the running campaign */

typedef struct {
    Theme *theme;                    /* looked at again when a run begins */
    const char *media_dir;           /* where media_file() names are relative to */
    const PressBlock *const *blocks; /* NULL-ended */
} PaperContext;

/* The recipes over a context, which is borrowed. */
PressRecipes paper_recipes(PaperContext *context);

/* Recipes of the one kind "draft" (draft_page.c), with the same frame and theme: for press_show()
 * only. */
PressRecipes paper_draft_recipes(PaperContext *context);
