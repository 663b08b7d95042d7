/*
 * Mail addresses as readers type them: local@domain of RFC 5321 without comments, quoted local
 * parts and literals, which no reader has. A domain in another script becomes its ASCII form
 * (IDNA); a local part must be ASCII, since not every server takes others (RFC 6531).
 */
#pragma once

#include "seal/secret.h"

#include <glib.h>
#include <stdbool.h>

#define ADDRESS_MAX 254u /* bytes; RFC 5321 4.5.3.1 */

/* The address as it goes into an envelope: blanks around it gone, the domain in lower-case ASCII.
 * INVALID with one line for the person who typed it. Caller frees. */
char *address_parse(const char *text, GError **error);

/* Its mark: the keyed hash of the normalised address (all in lower case), 64 hex digits. What must
 * be known again but not read (suppression) has that. Caller frees. */
char *address_mark(const Secret *secret, const char *address);

/* "Name <local@domain>" or a bare address, as in `from:`: the parts. `name` is "" without one.
 * INVALID. Caller frees both. */
bool address_parse_named(const char *text, char **name, char **address, GError **error);
