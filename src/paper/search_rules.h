/*
 * How a reader's script finds the stem of a word without a stemmer: a short table of endings,
 * learned from the words of the paper and what libstemmer made of them. "-ings: less 4, plus
 * nothing". The longest ending that fits counts. It is right for nine words in ten; the others are
 * written down one by one (aliases, search_build.h), so no word of the paper is stemmed wrong.
 * A language without stemmer has no rules.
 */
#pragma once

#include "paper/search_code.h"

#define SEARCH_RULES_MOST 200u
#define SEARCH_ENDING     5u /* letters of an ending, at most */

typedef struct SearchRules SearchRules;

/* Learned from pairs of form and stem, in whatever order. `pairs` is form, stem, form, stem …,
 * borrowed. */
SearchRules *search_rules_learn(const GPtrArray *pairs);
SearchRules *search_rules_read(SearchReader *reader);
void search_rules_write(const SearchRules *rules, GByteArray *out);
void search_rules_free(SearchRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SearchRules, search_rules_free)

/* What the table makes of a form. Caller frees. */
char *search_rules_apply(const SearchRules *rules, const char *form);
