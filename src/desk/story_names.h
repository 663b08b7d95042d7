/*
 * Section, topics and authors of a story from the names that people write; for the files of this
 * folder.
 */
#pragma once

#include "desk/story_change.h"

/* Checks the names without writing. authors: "reporting: NAME", "withheld". Errors: INVALID, LIMIT.
 */
bool story_names_check(const char *section, const char *const *topics, const char *const *authors,
                       GError **error);

/* Sets the story's section (NULL or "" for none), creating what is unknown and noting it (notes, of
 * char *, may be NULL). */
bool story_names_section(StoryChange *change, const char *section, GPtrArray *notes,
                         GError **error);
bool story_names_topics(StoryChange *change, const char *const *topics, GPtrArray *notes,
                        GError **error);
bool story_names_authors(StoryChange *change, const char *const *authors, GPtrArray *notes,
                         GError **error);

/* What a given author's name says: the name itself, and whether it is "reporting: NAME"; whether it
 * stands for a name that is withheld. */
const char *story_names_author(const char *given, bool *reporting);
bool story_names_withheld(const char *given);

/* For comparing: names that a story cannot tell apart have the same keys, as ensuring finds a name
 * by its slug; each once, those of authors in the order in which a story has them. A name that is
 * refused is its own key. Caller frees. */
char **story_names_keys(const char *const *names, bool authors);
