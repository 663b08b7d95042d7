/*
 * What the press does when nothing is stale, in small steps: coded forms of pages (code.h), and the
 * sweep of objects that no kept edition needs (edition/retain.h). And what it does after a
 * takedown.
 */
#pragma once

#include "press/run.h"

/* Everything that only older editions have is removed, and these are forgotten (edition_purge()).
 * First all is pressed that is stale. Both stop at the first failure; pages that cannot be rendered
 * are one (INVALID), for they are as they were. BUSY if somebody else presses. */
bool press_purge(Press *press, GError **error);

/* Makes up to some dozen coded forms, else sweeps a little. *more tells whether there is more to
 * do. A sweep that finds the press at work leaves it for later. */
bool press_tidy(Press *press, bool *more, GError **error);
