/*
 * Whether readers have what was just done with a story: after publishing, correcting, saving what
 * is out, withdrawing, and entering into a live story, the office waits a moment until the press
 * has put it into force.
 */
#pragma once

#include "desk/story.h"
#include "office/office.h"
#include "text/html.h"

#define STORY_OUT_WAIT INT64_C(1000000) /* µs that an answer is put off for it */

extern const OfficeRoute story_out_office[];

/* 303 to the story's page after a POST that did its work; by way of the one that waits, if readers
 * are to notice. `done`: a word of story_view_page.c. */
HttpReply *story_out_redirect(OfficeVisit *visit, int64_t id, const char *done);

/* The same for an entry of a live story, to the list of entries. `done`: a word of live_view.c. */
HttpReply *story_out_redirect_entry(OfficeVisit *visit, int64_t id, int64_t entry,
                                    const char *done);

/* The page that waits for an entry, or NULL if readers are not to notice. Caller frees. */
char *story_out_entry(OfficeVisit *visit, const Story *story, int64_t entry, const char *done);

/* The box on the story's page, or (entry not 0) on its list of entries, that says where readers
 * find it, or that they do not yet; nothing unless one of the above led here. A list of entries has
 * the script out.js itself. */
bool story_out_write(HtmlWriter *page, OfficeVisit *visit, const Story *story, int64_t entry,
                     const char *address, GError **error);
