/*
 * The refusal of a form that gives back what was typed into it: who sends one after the session has
 * ended, or from a page of another session, would else lose the text.
 *
 * Shown, to be copied, are the texts of the form that a person may have typed, the longest first;
 * not what only the page itself puts into a form, nor numbers and ticks. Nothing is shown of a form
 * with a password or a code, of one that is open to everybody, of files, and of what another site
 * has sent. Nothing is stored or logged, and the answer is the same whether or not there is what
 * the path names. What a script sends is refused in one line, which it knows.
 */
#pragma once

#include "office/office.h"

/* Who asks is not signed in, or not all the way. */
HttpReply *typed_signed_out(OfficeVisit *visit);

/* The token of visit->fields is of another session. */
HttpReply *typed_stale(OfficeVisit *visit);

/* The form was made before a name was withheld, which it may have (OfficeOptions.withheld). */
HttpReply *typed_before(OfficeVisit *visit);
