/*
 * Rendering many pages on all cores: processes made for one batch, each with its own store, that
 * render their share and send the records back. They hold no key, so a page that kills its renderer
 * costs that page only: it is recorded as failed and the rest is rendered again without it.
 */
#pragma once

#include "press/books.h"
#include "press/render.h"

/* Opens the store that a process of the pool reads from. */
typedef Store *(*PressStoreOpener)(void *data, GError **error);

/* Takes finished records (the array is cleared afterwards); false stops the batch. */
typedef bool (*PressRecordTaker)(GPtrArray *records, void *data, GError **error);

/* Renders the pages named, in `processes` processes or, if that is 1 or the batch is small, in this
 * one by `renderer`. */
bool press_pool_render(PressRenderer *renderer, unsigned processes, PressStoreOpener open,
                       void *open_data, const GPtrArray *names, PressRecordTaker take,
                       void *take_data, GError **error);
