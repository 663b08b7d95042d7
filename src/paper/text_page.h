/*
 * Text editions: no pictures, no markup, a few kilobytes, beside each page of a story and each list
 * of the newest stories. text_page.c has the kinds for stories and fronts, shelf.c those for
 * sections, topics and authors, archive_text.c those for the archive by date; parts of live stories
 * and the page with the form have theirs beside the page. The archives of sections, topics and
 * authors have none: what is in them is in the archive by date, and files are what a press costs.
 */
#pragma once

#include "desk/live.h"
#include "paper/page_base.h"

/* "2026/11/23/fog.txt" of "2026/11/23/fog.html". Caller frees. */
char *paper_text_path(const char *path);

/* Begins a text at `path`: append to page->run->out. What it says of the site is the standing
 * frame's, which rarely changes. */
bool paper_text_begin(PaperPage *page, PressPage *press, const char *language, const char *path,
                      GError **error);

/* Appends an entry of a live story, below a line of its own. */
void paper_text_entry(PaperPage *page, const LiveEntry *entry);

/* Appends where the page is whose text this was: the paper and the address of a path. */
void paper_text_source(const PaperPage *page, const char *path);

/* Appends stories (StoryCard), each with its date and the address of its own text edition. */
void paper_text_cards(const PaperPage *page, const GPtrArray *cards);
