/*
 * An embargo: a promise to somebody outside that no reader sees the story before a moment. It is
 * not a schedule: a story under embargo may be a draft, ready, or scheduled for that moment or
 * later.
 *
 * It is kept at the one place through which every change goes (story_change.h): a change after
 * which the story would be visible before its embargo is refused, whoever asks. So `visible_from`
 * of a story is never before its embargo, and everything that readers get (pages, lists, feeds,
 * sitemaps, search, newsletters) asks for that. Lifting one is a change of its own.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"
#include "desk/story_change.h"

/* Sets it; 0 lifts it. Errors: INVALID (the moment has passed), CONFLICT (the story is out, or
 * scheduled for before), NOT_FOUND, the store's. */
bool story_set_embargo(Store *store, const DeskSite *site, int64_t id, int64_t until, int64_t now,
                       GError **error);

/* For story_change.c. CONFLICT names the moment. */
bool story_embargo_check(const StoryChange *change, GError **error);
