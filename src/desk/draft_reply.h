/*
 * A draft's page as an answer: the bytes that the press would write (press/show.h), under a policy
 * that runs no script, sends no form and says no referrer; what the page uses beside it; and where
 * its links lead. Relative addresses of the page work, because it stands at BASE/PATH with the path
 * that it would have in the edition: "/stories/12/draft/2026/11/29/ferry.html".
 *
 * Only what that one page uses can be had, so who may see the page may see its pictures and no
 * others.
 */
#pragma once

#include "office/office.h"
#include "press/show.h"

/* "draft:STORY/PERSON" as of now. NOT_FOUND also where this door makes no previews. */
bool draft_show(OfficeVisit *visit, int64_t story, int64_t person, PressShown *shown,
                GError **error);

/* 303 to the page itself below BASE. */
HttpReply *draft_to_page(OfficeVisit *visit, const char *base, const PressShown *shown);

/* What is asked for below BASE: the page, a hash-named file, or, for any other path, the newspaper
 * there. `path` is as in the request, with its escapes. `keep` is whether the browser may keep
 * hash-named files for a day. */
HttpReply *draft_reply(OfficeVisit *visit, const PressShown *shown, const char *path, bool keep);
