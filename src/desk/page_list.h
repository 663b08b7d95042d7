/*
 * The paper's own pages (stories of the kind "page": about, privacy …) in the order in which its
 * foot names them.
 *
 * Those that somebody has put at a place come first, in that order; the others behind them, as they
 * came out. A hidden page keeps its address and is only not named in the foot. The foot names the
 * first PAGE_MENU that readers may see. Inputs: "list:pages/LANG" (story_list.h) and "menu:LANG".
 * Errors: NOT_FOUND (no such page in the language), INVALID, those of the store.
 */
#pragma once

#include "desk/story_card.h"

#define PAGE_MENU 20u
#define PAGE_MOST 200u /* pages of a language that are ordered */

typedef struct {
    int64_t id;
    char *headline, *path; /* path NULL while it has none */
    StoryState state;
    int64_t changed;
    int64_t position; /* from 1; 0: nobody has put it anywhere */
    bool hidden;
} PageRow;

/* All but those taken down. Elements PageRow. */
GPtrArray *page_list(Store *store, const char *language, GError **error);

/* The foot, as readers may see it at as_of. Elements StoryCard. */
GPtrArray *page_menu(Store *store, const char *language, int64_t as_of, GError **error);

/* Moves it to a position from 1 among all of page_list(); those from there on go one further. */
bool page_move(Store *store, const char *language, int64_t id, int64_t position, GError **error);

/* Takes it out of the foot, or puts it back. */
bool page_hide(Store *store, const char *language, int64_t id, bool hidden, GError **error);
