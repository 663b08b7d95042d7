/*
 * The demo newspaper (site/demo), for `kolokol init --demo`: an invented bilingual paper with
 * sections, authors, pictures, a live story, a front, a breaking line, corrections, a campaign, a
 * newsletter, and four people who work there. What is not in the stories' files is in demo.json.
 *
 * Dates are relative: `date: today-2 09:30` in the newspaper's zone. If the newest of them is still
 * to come on this day, all are taken a day back.
 */
#pragma once

#include "main/first_pages.h"
#include "main/newsroom_desk.h"

/* The demo's name, languages and zone for kolokol.ini; values as newsroom_ini_text() takes them. */
bool demo_values(char *values[INI_KEYS], GError **error);

/* Puts all of it, in the languages that the site has. Needs an open transaction. */
bool demo_put(NewsroomDesk *desk, FILE *err, FirstPages *put, GError **error);

/* The moment of "today-2 09:30" seen from the day that begins at `today`; false if it is not of
 * that form. Pure. */
bool demo_date(const char *text, int64_t today, GTimeZone *zone, int64_t *moment);
