/*
 * Does a page stand, as the database has it now, in the edition that readers get? For who changed
 * something and waits to see it: the office after publishing.
 *
 * Reading only. What was touched before the call counts; later touches may or may not.
 */
#pragma once

#include "store/store.h"

typedef enum {
    PRESS_WAITS,  /* touched or stale, or not in the current edition yet */
    PRESS_STANDS, /* the current edition has it, as it was made last */
    PRESS_FAILS,  /* it could not be rendered; `reason` */
} PressStanding;

/* Of the page "story:12", which `input` ("story:12") makes stale, in the current edition below
 * `edition_dir`. A page that does not exist never stands: it waits. *reason (NULL unless it fails)
 * is the caller's to free; may be NULL. Errors: of the database, CORRUPT or IO of the edition; that
 * there is none yet is none. */
bool press_standing(Store *store, const char *edition_dir, const char *input, const char *page,
                    PressStanding *standing, char **reason, GError **error);
