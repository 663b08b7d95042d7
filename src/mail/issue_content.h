/*
 * What an issue says: the stories of a week, the first one as its lead, the others by section in
 * the order in which the sections first appear. Kept as JSON in the issue's row from the moment it
 * is composed, so that preview, letter and the page in the archive say the same.
 */
#pragma once

#include "text/value.h"

#include <glib.h>
#include <stdbool.h>

#define ISSUE_STORIES 30u /* at most */

typedef struct IssueContent IssueContent;

/* Of the cards (desk/story_list.h), newest first; at most ISSUE_STORIES. NULL without any. */
IssueContent *issue_content_of_cards(const GPtrArray *cards, const char *language);

char *issue_content_write(const IssueContent *content);

/* CORRUPT. */
IssueContent *issue_content_read(const char *text, GError **error);
void issue_content_free(IssueContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IssueContent, issue_content_free)

const char *issue_content_lead(const IssueContent *content); /* the lead's headline */

/* The subject of a letter: the lead's headline, cut. Caller frees. */
char *issue_content_subject(const IssueContent *content);

/* Stories at one of the paths (char *) say only `gone`, and lead to `path`, or the front if that is
 * NULL. False if none stood there, or if all say so already. */
bool issue_content_forget(IssueContent *content, const GPtrArray *paths, const char *path,
                          const char *gone);

/* Names (char *) are replaced in headlines, standfirsts, bylines and names of sections
 * (text/replace.h); a path that has one becomes that of the front. False if there were none. */
bool issue_content_replace(IssueContent *content, const GPtrArray *names, const char *instead);

/* Sets lead {headline, standfirst, byline, url} and sections [{name, stories [the same]}]. Before
 * each path stands `root`: "https://paper.example/" or "../../". */
void issue_content_fill(const IssueContent *content, Value *map, const char *root);
