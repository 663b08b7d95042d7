/*
 * Text editions: no pictures, no markup, a few kilobytes, beside each page of a story and each list
 * of the newest stories. text_page.c has the kinds for stories and fronts, shelf.c those for
 * sections, topics and authors.
 */
#pragma once

#include "paper/page_base.h"

/* "2026/11/23/fog.txt" of "2026/11/23/fog.html". Caller frees. */
char *paper_text_path(const char *path);

/* Begins a text at `path`: append to page->run->out. What it says of the site is the standing
 * frame's, which rarely changes. */
bool paper_text_begin(PaperPage *page, PressPage *press, const char *language, const char *path,
                      GError **error);

/* Appends stories (StoryCard), each with its date and the address of its own text edition. */
void paper_text_cards(const PaperPage *page, const GPtrArray *cards);
