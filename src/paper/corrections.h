/*
 * The newest corrections of a language, as a list of dated texts that link to the stories they
 * correct: a few on the front, and PAPER_CORRECTIONS of them below the editors' own text on the
 * page PREFIXcorrections.html. Records "list:corrections/LANG" with its window, so that an older
 * one presses nothing.
 */
#pragma once

#include "desk/story.h"
#include "paper/page_base.h"

#define PAPER_CORRECTIONS 30u /* on their page */

/* Where the editors' page about corrections stands. Caller frees. */
char *paper_corrections_path(const PaperRun *run, const char *language);

/* Whether a story is that page. */
bool paper_is_corrections(const PaperRun *run, const Story *story);

/* Elements Correction, newest first, at most `most`; NULL on failure. Owned by the caller. */
GPtrArray *paper_read_corrections(PaperPage *page, unsigned most, GError **error);

/* Sets has_corrections and corrections (headline, text, url, dated) on the page's values. */
bool paper_fill_corrections(PaperPage *page, unsigned most, GError **error);
