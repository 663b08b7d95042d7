/*
 * What mail does with addresses besides judging them (text/mail_address.h): marks, and senders with
 * a name.
 */
#pragma once

#include "seal/secret.h"

#include <glib.h>
#include <stdbool.h>

/* Its mark: the keyed hash of the normalised address (all in lower case), 64 hex digits. What must
 * be known again but not read (suppression) has that. Caller frees. */
char *address_mark(const Secret *secret, const char *address);

/* "Name <local@domain>" or a bare address, as in `from:`: the parts. `name` is "" without one.
 * INVALID. Caller frees both. */
bool address_parse_named(const char *text, char **name, char **address, GError **error);
