/*
 * The page of a story, from what is stored (kind "story") or from what it would be (draft_page.c):
 * one code for both, so that a preview is the page.
 */
#pragma once

#include "desk/draft.h"
#include "press/page.h"

/* `draft` is what `story` is of, or NULL: then the story is visible, and the rest is read. */
bool paper_render_story(PressPage *press, const Story *story, const StoryDraft *draft,
                        GError **error);
