/*
 * What is counted of readers (docs/decisions/0091-readers-as-totals.md): answered pages, by the
 * language and the kind of the page, and by hour (base/tally.h). Not which page, not who: nothing
 * of a request but the name of the file that answered it comes here.
 */
#pragma once

#include "base/tally.h"

#include <stdbool.h>

/* The cell of a name of the edition: "ru/story". `tongue` says that its first directory is that of
 * a language; "-" stands for the language that has none. False for what nobody reads as a page:
 * pictures, scripts, nodes. Kinds: front, story, list (section, topic, author, archive), page
 * (support, newsletters, search, about …), text (the same without pictures), feed. */
bool readers_cell(const char *name, bool tongue, char cell[TALLY_NAME]);

/* The length of a first directory that could be a language's: "ru", "pt-br"; 0 if it is none. */
size_t readers_tongue(const char *name);
