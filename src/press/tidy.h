/*
 * What the press does when nothing is stale, in small steps: coded forms of pages (code.h), and the
 * sweep of objects that no kept edition needs (edition/retain.h).
 */
#pragma once

#include "press/run.h"

/* Makes up to some dozen coded forms, else sweeps a little. *more tells whether there is more to
 * do. A sweep that finds the press at work leaves it for later. */
bool press_tidy(Press *press, bool *more, GError **error);
