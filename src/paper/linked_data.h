/*
 * JSON-LD (schema.org) of a story and of the newspaper: from the record that feeds and cards are
 * made of (machine_record.h). The newspaper is the publisher, with the address of its corrections
 * page if it has one ("corrections.html" beside the front page). Escaped so that it may stand
 * inside a script element (text/json.h).
 */
#pragma once

#include "paper/machine_record.h"

#define LINKED_ENTRIES 10u /* of a live story, the newest */

bool linked_data_story(PaperPage *page, const MachineRecord *record, GString *json, GError **error);
bool linked_data_front(PaperPage *page, GString *json, GError **error);
