/*
 * Bylines: who wrote, who reported, and the agency, as one line in the page's language: "By Anna Li
 * and Ivan Petrov · Reporting by Jon Dee · TASR". The same line as text and with names that link to
 * their authors' pages, so that the two cannot say different things. Records the authors as inputs.
 */
#pragma once

#include "paper/page_base.h"

/* NULL if there is nobody to name. Caller frees. */
char *paper_byline_text(PressPage *press, const char *language, const StoryCard *card);

/* The names alone, for machines: a person each, else the agency; none for a withheld name.
 * NULL-ended; caller frees. */
char **paper_byline_names(PressPage *press, const StoryCard *card);

/* Sets `key` to the line as markup; nothing if there is nobody to name. */
void paper_fill_byline(PaperPage *page, Value *map, const char *key, const StoryCard *card);
