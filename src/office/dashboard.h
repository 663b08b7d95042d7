/*
 * The first page after signing in (docs/dashboard.md): parts that departments bring, each a `const`
 * row with the permission that it takes, in the order of the tables. So a reporter sees what is due
 * and what readers read, an administrator how the machine is; nobody sees an empty frame of
 * something that is not theirs.
 *
 * A part only looks, and it must be quick: a few short queries. One that fails says so in its
 * place, and the others stand.
 */
#pragma once

#include "office/office.h"
#include "text/html.h"

typedef struct OfficePart {
    const char *name;    /* unique: also the id of its section */
    const char *heading; /* id of a text */
    Permission permission;
    /* Writes what stands below the heading. */
    bool (*write)(OfficeVisit *visit, HtmlWriter *page, GError **error);
    const char *help;
} OfficePart;

extern const OfficeRoute dashboard_routes[];

/* Readers, the edition, the machine: what needs no department. */
extern const OfficePart readers_parts[];
extern const OfficePart machine_parts[];

/* The zone and the start of the day, at the newsroom's place, that `now` lies in. */
typedef struct {
    GTimeZone *zone;
    int64_t start, end; /* of the day */
} OfficeDay;

bool office_day(const OfficeVisit *visit, OfficeDay *day, GError **error);
void office_day_clear(OfficeDay *day);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OfficeDay, office_day_clear)
