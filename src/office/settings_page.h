/*
 * The settings of the newspaper (press/setting.h) as pages: all of them, in groups, checked by what
 * checks `kolokol settings`; and the languages of the paper, whose change is shown before it is
 * made. A form writes only what it changed, all or nothing. What is a machine's own is shown beside
 * them (OfficeOptions.machine) and stays in kolokol.ini.
 */
#pragma once

#include "office/office.h"

extern const OfficeRoute settings_routes[];

/* The name of a setting for people, and what it is, in a language; the row's own where it has no
 * text. Callers free. */
char *setting_label(const char *language, const char *name);
char *setting_explained(const char *language, const char *name, const char *help);
