/*
 * The press, seen by those who write what it reads (DESIGN 5).
 *
 * A page is a pure function of the database, the theme, the picture variants and the as-of time.
 * Whatever it reads has a name, an *input*: "story:12", "list:section/en/politics". Who changes
 * something in the database touches, in the same transaction, the inputs that changed; the press
 * then renders exactly the pages that had read them (it recorded that) and those that the touch
 * calls into being, compares bytes, and writes what differs. There is no other way to make a page
 * stale, and no query feeds a page without naming its input.
 *
 * Three classes of input:
 *   plain    "story:12", "section:en/politics", "topic:…", "media:7", "group:4": read whole.
 *   list     "list:section/en/politics": rows ordered by (published desc, id desc), of which a page
 * reads the newest n. A touch gives the position that changed; pages whose window ends above it are
 * not stale. global   templates, settings, frame: read by very many pages, so recorded once per
 * combination. Touched by name like the others. Names are UTF-8 without NUL, at most 300 bytes;
 * parts are separated by '/' after the class.
 */
#pragma once

#include "store/store.h"

/* Touched by what changes the set of pages itself: the site's languages. */
#define PRESS_EVERYTHING "everything"

/* Says that an input changes with the transaction that is open (one is needed). Enqueues the press.
 */
bool press_touch(Store *store, const char *input, GError **error);

/* The same for a list, of which the row at (published, id) appears, changes or goes. Call it for
 * the old position and for the new. */
bool press_touch_at(Store *store, const char *list, int64_t published, int64_t id, GError **error);

/* The same at a moment to come: a scheduled story, the end of a campaign. Several may stand for one
 * input. The press turns those that are due into touches, also after a stop. `published` and `id`
 * as above, or 0, 0 for an input that is no list. */
bool press_touch_due(Store *store, int64_t due, const char *input, int64_t published, int64_t id,
                     GError **error);

/* Of an input whose name tells what nobody shall know any more: forgets that it was to be touched.
 * Needs an open transaction. */
bool press_touch_forget(Store *store, const char *input, GError **error);

/* The hashes (hex) of the pages, as they are in the edition, that read a plain input; at most
 * `most`, in order. Elements char *. */
GPtrArray *press_pages_of(Store *store, const char *input, unsigned most, GError **error);
