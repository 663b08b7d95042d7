/*
 * What a power cut may have torn in the object store; the reasoning stands in objects.h.
 * edition/boot holds the id that the kernel gives to each start of the machine.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Was the store last synced in this boot of the machine? False if that cannot be known. */
bool boot_is_same(int edition_directory);

/* Writes this boot's id, durably: called after a sync. */
bool boot_mark(int edition_directory, GError **error);

/* Takes the mark away: a sync failed. Best effort. */
void boot_unmark(int edition_directory);

/* Removes objects and coded forms that are newer than the current edition and not what their name
 * says. Temporary files left by processes that stopped go too. */
bool boot_mend(int edition_directory, int objects_directory, GError **error);
