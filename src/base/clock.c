/* The clock seam of clock.h. */
#include "base/clock.h"

#include <glib.h>
#include <time.h>

static ClockFunction replaced;
static void *replaced_data;

int64_t clock_now(void)
{
    return replaced != NULL ? replaced(replaced_data) : g_get_real_time();
}

int64_t clock_monotonic(void)
{
    return g_get_monotonic_time();
}

int64_t clock_cpu(void)
{
    struct timespec used = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return used.tv_sec * CLOCK_SECOND + used.tv_nsec / 1000;
}

void clock_replace(ClockFunction function, void *data)
{
    replaced = function;
    replaced_data = data;
}
