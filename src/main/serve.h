/*
 * The supervisor (DESIGN 3): starts the doors and the workers as processes of their own, starts one
 * again when it ends (after a wait that grows from 0.1 s to 30 s while it keeps ending), and ends
 * them all when it is told to. A child dies with the supervisor, whatever kills that.
 */
#pragma once

#include "main/newsroom.h"
#include "main/office_links.h"

#include <stdio.h>

#define SERVE_TOUR "tour.html" /* the first language's Tour */

/* Runs until SIGTERM or SIGINT. `program` is the path of this executable. Prints the addresses to
 * `out`, and under SSH the `ssh -L` line that makes them reachable. `forms_urls` is the setting: if
 * it names a door of this machine and the door had to take another port, it says what to set. The
 * office's links are printed when it has opened. `tour`: the paper has a Tour (demo.h). */
bool serve_run(const Newsroom *newsroom, const char *forms_urls, const OfficeLinks *links,
               bool tour, const char *program, FILE *out, GError **error);
