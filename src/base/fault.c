/* The fault seam of fault.h. */
#include "base/fault.h"

#include <errno.h>
#include <glib.h>

static struct {
    FaultKind kinds;
    uint64_t count, nth;
    bool persistent;
} plan;

bool fault_here(FaultKind kind)
{
    if (G_LIKELY((plan.kinds & kind) == 0)) {
        return false;
    }
    plan.count++;
    bool hit =
        plan.nth != 0 && (plan.count == plan.nth || (plan.persistent && plan.count > plan.nth));
    if (hit) {
        errno = kind == FAULT_SOCKET ? ECONNRESET : ENOSPC;
    }
    return hit;
}

void fault_plan(FaultKind kinds, uint64_t nth, bool persistent)
{
    plan.kinds = kinds;
    plan.count = 0;
    plan.nth = nth;
    plan.persistent = persistent;
}

uint64_t fault_end(void)
{
    plan.kinds = 0;
    return plan.count;
}
