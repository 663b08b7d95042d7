/*
 * Text editions: no pictures, no markup, a few kilobytes, beside each page that a reader can open.
 * text_page.c has the kinds for stories and fronts, shelf_text.c those for sections, topics and
 * authors with their archives, archive_text.c those for the archive by date, newsletter_text.c
 * those for newsletters; parts of live stories, the page with the form, mirrors, search and 404
 * have theirs beside the page. Only stubs have none.
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

/* Appends a heading after an empty line, or as the first line; `about` below it if not NULL or "".
 */
void paper_text_heading(const PaperPage *page, const char *heading, const char *about);

/* Hands the text to the press. */
bool paper_text_end(PaperPage *page, int64_t newness, GError **error);

/* Appends an entry of the live story at `from`, below a line of its own. */
bool paper_text_entry(PaperPage *page, const char *from, const LiveEntry *entry, GError **error);

/* Appends where the page is whose text this was: the paper and the address of a path. */
void paper_text_source(const PaperPage *page, const char *path);

/* Appends stories (StoryCard), each with its date and the address of its own text edition. */
void paper_text_cards(const PaperPage *page, const GPtrArray *cards);

/* Appends years, months or days (StoryCount), each with the address of its own text edition; `dir`
 * as for paper_fill_counts(). How many stories they have stands on the pages only: it changes with
 * each publish, and a publish has few files to write (DESIGN 7). */
void paper_text_dates(const PaperPage *page, const GArray *counts, const char *dir,
                      bool newest_first);

/* Appends a name and the address of what it names, the text edition at `path`. */
void paper_text_link(const PaperPage *page, const char *name, const char *path);
