/* Sanitizers and valgrind make calls of their own (memory that can be executed, files of the
 * machine), which a sandbox refuses; and valgrind knows no Landlock. Tests that confine a process
 * ask this first. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static inline bool instrumented(void)
{
    const char *preload = g_getenv("LD_PRELOAD");
#if defined(__SANITIZE_ADDRESS__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return true;
#endif
#endif
    return preload != NULL && strstr(preload, "vgpreload") != NULL;
}
