/*
 * The one-time links that a newsroom prints when its office opens (staff/link.h): for the first
 * administrator while there is none, and for each person of the demo while the newspaper's address
 * is one of this machine.
 */
#pragma once

#include "main/newsroom.h"

#include <stdio.h>

typedef struct OfficeLinks OfficeLinks;

/* Makes fresh ones; earlier ones of the same people end. */
OfficeLinks *office_links_make(const Newsroom *newsroom, Store *store, GError **error);
void office_links_free(OfficeLinks *links);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfficeLinks, office_links_free)

/* A line each, "reporter:  http://office.localhost:8082/link/…". An office-url of this machine is
 * given the port at which the door is. */
void office_links_print(const OfficeLinks *links, int port, FILE *out);
