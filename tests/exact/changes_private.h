/* What changes.c (stories), changes_live.c (live stories), changes_mail.c (newsletters) and
 * changes_paper.c (the paper around them) share. */
#pragma once

#include "desk/site.h"
#include "desk/story_input.h"
#include "exact/changes.h"

#define REDIRECTS     252u /* a directory of more than 256 entries is split */
#define CHANGES_WORDS 12

extern const char *const changes_words[CHANGES_WORDS];

/* One of an array's elements. */
#define PICK(changes, list) (list)[changes_pick(changes, G_N_ELEMENTS(list))]

void changes_say(Changes *changes, const char *format, ...) G_GNUC_PRINTF(2, 3);
bool changes_settle(Changes *changes, bool done, GError **error);
Store *changes_store_of(Changes *changes);
const DeskSite *changes_site_of(Changes *changes);
int64_t changes_some(Changes *changes, const GArray *ids);
int64_t changes_some_story(Changes *changes);
char *changes_language_of(Changes *changes);
void changes_set(StoryInput *input, const char *key, const char *value);
void changes_of_live(Changes *changes);
void changes_fill_live(Changes *changes);
void changes_of_languages(Changes *changes);
void changes_fill_campaigns(Changes *changes);
void changes_of_setting(Changes *changes);
void changes_of_theme(Changes *changes);
void changes_of_fonts(Changes *changes);
void changes_of_records(Changes *changes);
void changes_of_withheld(Changes *changes);
void changes_of_media(Changes *changes);
void changes_of_campaign(Changes *changes);
void changes_of_newsletter(Changes *changes);
void changes_fill_newsletter(Changes *changes);
void changes_add_redirect(Changes *changes, unsigned number);
void changes_of_redirects(Changes *changes);
