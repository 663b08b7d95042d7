/* Taking a pulse: process_pulse.h. */
#include "main/process_pulse.h"

#include "base/clock.h"
#include "base/error.h"

#include <stdio.h>

Pulse *process_pulse(const Newsroom *newsroom, const char *name, size_t room)
{
    g_autoptr(GError) reason = NULL;
    Pulse *pulse = pulse_take(newsroom->run_dir, name, room, clock_now(), &reason);
    /* a public box with nothing but a door has no run/, and no office that would look */
    if (pulse == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY) &&
        !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        fprintf(stderr, "kolokol: the office will not see that %s runs: %s\n", name,
                reason->message);
    }
    return pulse;
}
