/* The fault seam of fault.h. */
#include "base/fault.h"

#include <errno.h>
#include <glib.h>
#include <signal.h>

static struct {
    FaultKind kinds;
    uint64_t count, nth;
    bool persistent, deadly;
    FaultMeanwhile *meanwhile;
    void *data;
} plan;

bool fault_here(FaultKind kind)
{
    if (G_LIKELY((plan.kinds & kind) == 0)) {
        return false;
    }
    plan.count++;
    bool hit =
        plan.nth != 0 && (plan.count == plan.nth || (plan.persistent && plan.count > plan.nth));
    if (hit && plan.deadly) {
        raise(SIGKILL);
    }
    if (hit && plan.meanwhile != NULL) {
        plan.meanwhile(plan.data);
        return false;
    }
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
    plan.deadly = false;
    plan.meanwhile = NULL;
}

void fault_plan_kill(FaultKind kinds, uint64_t nth)
{
    fault_plan(kinds, nth, false);
    plan.deadly = true;
}

void fault_plan_meanwhile(FaultKind kinds, uint64_t nth, FaultMeanwhile *meanwhile, void *data)
{
    fault_plan(kinds, nth, false);
    plan.meanwhile = meanwhile;
    plan.data = data;
}

uint64_t fault_end(void)
{
    plan.kinds = 0;
    return plan.count;
}
