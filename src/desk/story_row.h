/*
 * How a story's lists of slugs stand in its row (desk_story.topics and .byline); for the files of
 * this folder.
 */
#pragma once

#include "desk/story.h"

/* "rivers north-sea" and its parts; "" is none. Caller frees. */
char **story_slugs_split(const char *joined);
char *story_slugs_join(char **slugs);

/* "anna-li +ivan-petrov -": by Anna Li and somebody whose name is withheld, reporting by Ivan
 * Petrov. */
void story_byline_split(const char *byline, char ***authors, char ***reporting, bool *withheld);
char *story_byline_join(const Story *story);

/* The first columns of all rows. Takes the rows, which may be NULL (then NULL). */
GArray *story_ids_of_rows(StoreRows *taken, GError **error);
