/*
 * What of a story stands on several kinds of page: its card, links; and the inputs that
 * showing it reads (desk/story_card.h).
 */
#pragma once

#include "paper/picture.h"

/* Sets `key` to the story's section (name, url); nothing without one. Records its name as read. */
void paper_fill_section(PaperPage *page, Value *map, const char *key, const StoryCard *card);

/* Fills a map with a card: headline, standfirst, url, date, byline, photo, opinion. */
bool paper_fill_card(PaperPage *page, Value *map, const StoryCard *card, PaperPictureUse photo,
                     GError **error);

/* The same for all of `cards` from `first` on, at most `most`, as a list under `key`. */
bool paper_fill_cards(PaperPage *page, Value *map, const char *key, const GPtrArray *cards,
                      guint first, guint most, PaperPictureUse photo, GError **error);
