/*
 * A story as search keeps it: its terms with how often each stands there, and its card, what a
 * result shows. Both packed (search_code.h). Pure.
 *
 * terms: the length's step (search_length_step), how many terms, and for each by its bytes: the
 * stem, its count (a word of the headline counts SEARCH_TITLE times; at most SEARCH_TF_MOST), how
 * many forms it has, the forms.
 * card: path, headline, date (seconds UTC), section's name, some words of the text.
 */
#pragma once

#include "desk/story_card.h"
#include "paper/search_code.h"
#include "text/stem.h"

#define SEARCH_CARD_MOST 370u /* bytes; SEARCH_CARDS of them fit a file */

/* *words is the text's length. Caller frees. */
GByteArray *search_doc_terms(Stemmer *stemmer, const StoryCard *card, const char *prose,
                             int64_t *words);
GByteArray *search_doc_card(const StoryCard *card, const char *prose);
