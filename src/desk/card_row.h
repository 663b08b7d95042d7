/*
 * Cards from the rows of a statement that selects a card's columns in the order of desk_card_by_id;
 * for the files of this folder.
 */
#pragma once

#include "desk/story_card.h"

/* Takes the rows, which may be NULL (then NULL). Elements StoryCard. */
GPtrArray *story_cards_of_rows(Store *store, StoreRows *taken, GError **error);
