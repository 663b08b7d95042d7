/*
 * The office's own files: what lies in site/office (built into the program), each at an address
 * that holds its hash, so that a browser keeps it for ever and a new version is another address.
 */
#pragma once

#include "office/office.h"

/* "/o/HASH/office.css" for "office.css"; constant. A file that there is not is a fault of the
 * program. */
const char *office_asset(const char *name);

/* Whether there is such a file and it is not empty: the editor's script needs npm to be made. */
bool office_asset_there(const char *name);

/* The row that serves them. */
extern const OfficeRoute asset_routes[];
