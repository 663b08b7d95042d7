/*
 * Tickets: 128 random bits that a reader holds against an answer. Only their SHA-256 is stored
 * (the intake, forms_applied), and the answer is closed with a key from the ticket itself; so
 * neither database can show one person's answer to another, or to who reads the disk.
 */
#pragma once

#include "forms/form.h"
#include "seal/hash.h"

#define TICKET_TEXT (FORM_TICKET_HEX + 1)

void ticket_new(char ticket[TICKET_TEXT]);

/* Takes exactly FORM_TICKET_HEX lower-case hex digits. */
bool ticket_parse(const char *text, size_t length, char ticket[TICKET_TEXT]);

Hash ticket_hash(const char *ticket);

/* An answer under its ticket's key. */
GBytes *ticket_close(const char *ticket, const FormAnswer *answer);
FormAnswer *ticket_open(const char *ticket, GBytes *closed, GError **error);
