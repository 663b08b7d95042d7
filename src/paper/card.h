/*
 * What of a story stands on several kinds of page: its card, bylines, pictures, links; and the
 * inputs that showing it reads (desk/story_card.h).
 */
#pragma once

#include "desk/media.h"
#include "paper/page_base.h"

/* Fills a map with a card: headline, standfirst, url, date, byline, photo, opinion. */
bool paper_fill_card(PaperPage *page, Value *map, const StoryCard *card, bool with_photo,
                     GError **error);

/* The same for all of `cards` from `first` on, at most `most`, as a list under `key`. */
bool paper_fill_cards(PaperPage *page, Value *map, const char *key, const GPtrArray *cards,
                      guint first, guint most, bool with_photo, GError **error);

/* "By A and B", "Reporting by C", the agency; NULL if there is nobody to name. Records the authors.
 * Caller frees. */
char *paper_byline_text(PressPage *press, const char *language, const StoryCard *card);

/* Sets `key` to {src, width, height, alt, caption, credit} and records the picture and its object.
 * `alt`, `caption` and `credit` go before the picture's own if not empty. Nothing is set if the
 * picture is missing. */
bool paper_fill_photo(PaperPage *page, Value *map, const char *key, int64_t media, const char *alt,
                      const char *caption, const char *credit, GError **error);

/* Puts a picture's file into the edition and records it; the path in the edition, NULL if the file
 * is missing. Caller frees. */
char *paper_use_media(PaperPage *page, const Media *media, GError **error);
