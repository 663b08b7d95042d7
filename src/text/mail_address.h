/*
 * Mail addresses as people type them: local@domain of RFC 5321 without comments, quoted local parts
 * and literals, which no reader has. A domain in another script becomes its ASCII form (IDNA); a
 * local part must be ASCII, since not every server takes others (RFC 6531). The one place of these
 * rules: readers, payers, senders and the staff are judged by the same.
 */
#pragma once

#include <glib.h>

#define MAIL_ADDRESS_MAX 254u /* bytes; RFC 5321 4.5.3.1 */

/* The address as it goes into an envelope: blanks around it gone, the domain in lower-case ASCII,
 * the local part as it was. INVALID with one line for the person who typed it. Caller frees. */
char *mail_address_parse(const char *text, GError **error);
