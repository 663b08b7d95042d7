/*
 * The press of a newsroom: its store, theme, pictures and blocks put together (press/run.h,
 * paper/paper.h). Used by the worker's lanes, by `kolokol press`, and by commands that publish
 * where no worker runs.
 */
#pragma once

#include "main/newsroom.h"
#include "press/run.h"
#include "theme/theme.h"

typedef struct NewsroomPress NewsroomPress;

/* Opens it; the schema is brought up to date. Problems of theme overrides are no failure:
 * theme_problems() tells. */
NewsroomPress *newsroom_press_open(const Newsroom *newsroom, GError **error);
void newsroom_press_free(NewsroomPress *press);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NewsroomPress, newsroom_press_free)

Press *newsroom_press_engine(NewsroomPress *press);
Store *newsroom_press_store(NewsroomPress *press);

/* Lines on overrides left aside, NULL-ended; owned by the press. */
const char *const *newsroom_press_problems(const NewsroomPress *press);

/* Opens, runs once, closes. */
bool newsroom_press(const Newsroom *newsroom, const PressRun *how, PressReport *report,
                    GError **error);

/* ---- For previews --------------------------------------------------------------------------- */

/* What the office renders drafts with: theme, pictures and blocks, no press, no keys. */
typedef struct NewsroomDrafts NewsroomDrafts;

NewsroomDrafts *newsroom_drafts_open(const Newsroom *newsroom, GError **error);
void newsroom_drafts_free(NewsroomDrafts *drafts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NewsroomDrafts, newsroom_drafts_free)

const PressRecipes *newsroom_drafts_recipes(const NewsroomDrafts *drafts);

/* To try a file of the theme on any page: the theme, the same that drafts are rendered with, and
 * recipes of all pages and of examples (OfficeOptions.trial). */
Theme *newsroom_drafts_theme(NewsroomDrafts *drafts);
const PressRecipes *newsroom_drafts_pages(const NewsroomDrafts *drafts);
