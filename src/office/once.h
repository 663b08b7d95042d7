/*
 * A form that does its thing once: a hidden word of its own, so that a button pressed twice is one
 * press. What was done with a word is remembered by who did it (desk/erasure.h, desk/story_once.h).
 */
#pragma once

#include "office/office.h"
#include "text/html.h"

#define OFFICE_ONCE 64u /* bytes of a word at most */

/* In a form: the word of the form that was sent, or a fresh one. */
void office_once(HtmlWriter *page, const OfficeVisit *visit);

/* That word as sent; NULL if it is no such word, which is the form's fault. */
const char *office_once_word(const OfficeVisit *visit);
